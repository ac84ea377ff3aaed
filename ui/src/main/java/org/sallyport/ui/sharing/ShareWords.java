package org.sallyport.ui.sharing;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.sallyport.core.model.ShareSnapshot;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;
import org.sallyport.ui.sharing.NewShareViewModel.Audience;

/** How shares read. */
final class ShareWords {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    private ShareWords() { }

    /** {@code 21 Nov, 13:05}; with the year instead of the time in another year; "Never" for {@link Instant#MAX}. */
    static String moment(Instant at, ZonedDateTime now) {
        if (at.equals(Instant.MAX)) {
            return Messages.text("sharing.never");
        }
        ZonedDateTime local = at.atZone(now.getZone());
        return (local.getYear() == now.getYear() ? DAY : YEAR).format(local);
    }

    static String moment(Instant at) {
        return moment(at, ZonedDateTime.now(ZoneId.systemDefault()));
    }

    static String audience(ShareSnapshot share) {
        if (share.audience() == ShareSnapshot.Audience.PUBLIC) {
            return Messages.text("sharing.audience.everybody");
        }
        return share.devices().isEmpty() ? Messages.text("sharing.audience.devices") : String.join(", ", share.devices());
    }

    /** Who has it now: nobody, some people, or why nobody can. */
    static String now(ShareSnapshot share) {
        if (!share.trouble().isEmpty()) {
            return share.trouble();
        }
        return people(share.peers(), "sharing.now");
    }

    /** "3 things, 12.4 GB. 2 people are getting something now." */
    static String sum(List<ShareSnapshot> shares) {
        String size = Words.size(shares.stream().mapToLong(ShareSnapshot::bytes).sum());
        String things = shares.size() == 1 ? Messages.text("sharing.sum.one", size)
                : Messages.text("sharing.sum.many", Integer.toString(shares.size()), size);
        return things + " " + people(shares.stream().mapToInt(ShareSnapshot::peers).sum(), "sharing.sum.people");
    }

    /** What has come of sharing something. @param expires {@link Instant#MAX} for never */
    static String done(Audience audience, Path what, Instant expires) {
        String until = expires.equals(Instant.MAX) ? Messages.text("sharing.new.done.always")
                : Messages.text("sharing.new.done.until", moment(expires));
        return Messages.text(switch (audience) {
            case ALL_DEVICES -> "sharing.new.done.devices";
            case SOME_DEVICES -> "sharing.new.done.some";
            case EVERYBODY -> "sharing.new.done.everybody";
        }, String.valueOf(what.getFileName())) + " " + until;
    }

    private static String people(int count, String key) {
        return count == 0 ? Messages.text(key + ".none") : count == 1 ? Messages.text(key + ".one")
                : Messages.text(key + ".many", Integer.toString(count));
    }
}
