package org.sallyport.ui.transfers;

import java.time.Duration;
import java.time.Instant;
import org.sallyport.core.model.TrackerSnapshot;
import org.sallyport.core.model.WebSeedSnapshot;
import org.sallyport.ui.i18n.Messages;
import org.sallyport.ui.i18n.Words;

/**
 * A line of the trackers tab: a tracker, or a web server that has the files.
 *
 * @param tier 1-based, 0 for a web server @param secondsToNext until the next announce, −1 when none is planned
 */
record SourceLine(String url, int tier, String status, String message, long secondsToNext, String people) {

    static SourceLine of(TrackerSnapshot tracker, Instant now) {
        long next = tracker.nextAnnounce().equals(Instant.EPOCH) ? -1 : Math.max(0, Duration.between(now, tracker.nextAnnounce()).toSeconds());
        return new SourceLine(tracker.url(), tracker.tier() + 1, Messages.text("trackers.status." + tracker.status()), tracker.message(), next,
                count(tracker.seeds()) + " / " + count(tracker.leechers()));
    }

    static SourceLine of(WebSeedSnapshot server) {
        return new SourceLine(server.url(), 0, Messages.text("trackers.web." + server.status()), server.message(), -1, Words.rate(server.downRate()));
    }

    private static String count(int number) {
        return number < 0 ? Words.NONE : Integer.toString(number);
    }

    boolean isTracker() {
        return tier > 0;
    }

    /** What the tier column says. */
    String place() {
        return isTracker() ? Integer.toString(tier) : Messages.text("trackers.web");
    }
}
