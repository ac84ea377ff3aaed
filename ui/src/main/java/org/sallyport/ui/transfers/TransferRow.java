package org.sallyport.ui.transfers;

import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.Why;
import org.sallyport.ui.control.RateHistory;
import org.sallyport.ui.control.UploadWords;

/** One line of the Downloads table: one property per changing column, all set in one go from a snapshot. FX thread. */
public final class TransferRow {
    /** Sorts after every known time. */
    static final long ETA_UNKNOWN = Long.MAX_VALUE;

    private TorrentSnapshot latest;
    private String searched = "";
    private boolean listed;
    private final RateHistory rates = new RateHistory();
    private final ReadOnlyObjectWrapper<Standing> standing;
    private final ReadOnlyDoubleWrapper progress;
    private final ReadOnlyLongWrapper downRate;
    private final ReadOnlyLongWrapper upRate;
    private final ReadOnlyLongWrapper eta;
    private final ReadOnlyIntegerWrapper peers;
    private final ReadOnlyDoubleWrapper ratio;
    private final ReadOnlyIntegerWrapper queue;
    private final ReadOnlyStringWrapper labels;
    private final ReadOnlyObjectWrapper<Title> title;
    private final ReadOnlyObjectWrapper<Safety> safety;
    private final ReadOnlyLongWrapper size;

    /** The state and its sentence; sorts by state. @param sharing what is unusual about who gets it; may be empty @param why it is not getting on */
    public record Standing(TorrentState state, String sentence, boolean troubled, String sharing, Why why) implements Comparable<Standing> {
        /** What matters most, in one line: what holds it up, else how it stands. */
        public String words() {
            boolean held = switch (state) {
                case QUEUED, METADATA, DOWNLOADING, SEEDING -> !troubled && !why.isFine();
                case CHECKING, RELEASING, PAUSED, FINISHED, TROUBLE -> false;
            };
            String first = held ? why.sentence() : sentence;
            return sharing.isEmpty() ? first : first + " · " + sharing;
        }

        /** Everything there is to say, a line each. */
        public String whole() {
            String reason = why.isFine() ? "" : "\n" + (words().startsWith(why.sentence()) ? "" : why.sentence() + "\n") + why.action();
            return words() + reason.stripTrailing();
        }

        @Override
        public int compareTo(Standing other) {
            int byState = state.compareTo(other.state);
            return byState != 0 ? byState : sentence.compareTo(other.sentence);
        }
    }

    /** Its name; sorts by it. @param origin who made it and where it came from, in one line */
    public record Title(String name, String origin) implements Comparable<Title> {
        private static final Comparator<Title> ORDER = Comparator.comparing(Title::name, String.CASE_INSENSITIVE_ORDER);

        /** Everything there is to say, a line each. */
        public String whole() {
            return name + "\n" + origin;
        }

        @Override
        public int compareTo(Title other) {
            return ORDER.compare(this, other);
        }
    }

    TransferRow(TorrentSnapshot first) {
        latest = first;
        searched = first.name().toLowerCase(Locale.ROOT);
        standing = new ReadOnlyObjectWrapper<>(standingOf(first));
        progress = new ReadOnlyDoubleWrapper(progressOf(first));
        downRate = new ReadOnlyLongWrapper(first.downRate());
        upRate = new ReadOnlyLongWrapper(first.upRate());
        eta = new ReadOnlyLongWrapper(etaOf(first));
        peers = new ReadOnlyIntegerWrapper(first.peers());
        ratio = new ReadOnlyDoubleWrapper(first.ratio());
        queue = new ReadOnlyIntegerWrapper(first.queuePosition());
        labels = new ReadOnlyStringWrapper(labelsOf(first));
        title = new ReadOnlyObjectWrapper<>(titleOf(first));
        safety = new ReadOnlyObjectWrapper<>(Safety.of(first));
        size = new ReadOnlyLongWrapper(sizeBytes());
        rates.add(first.downRate(), first.upRate());
    }

    void update(TorrentSnapshot now) {
        rates.add(now.downRate(), now.upRate());
        if (now == latest) {
            return;
        }
        TorrentSnapshot before = latest;
        latest = now;
        if (!now.name().equals(before.name())) {
            searched = now.name().toLowerCase(Locale.ROOT);
        }
        // words are put together only where they change: there may be ten thousand rows
        if (!now.name().equals(before.name()) || !now.provenance().equals(before.provenance())) {
            title.set(titleOf(now));
        }
        if (!now.options().labels().equals(before.options().labels())) {
            labels.set(labelsOf(now));
        }
        standing.set(standingOf(now));
        progress.set(progressOf(now));
        downRate.set(now.downRate());
        upRate.set(now.upRate());
        eta.set(etaOf(now));
        peers.set(now.peers());
        ratio.set(now.ratio());
        queue.set(now.queuePosition());
        safety.set(Safety.of(now));
        size.set(sizeBytes());
    }

    /** A snapshot came in which no torrent is another. */
    void rest() {
        rates.add(latest.downRate(), latest.upRate());
    }

    /** @param wanted in lower case */
    boolean isNamed(String wanted) {
        return searched.contains(wanted);
    }

    /** Whether the table has it. */
    boolean listed() {
        return listed;
    }

    void listed(boolean now) {
        listed = now;
    }

    private static Title titleOf(TorrentSnapshot torrent) {
        String origin = torrent.provenance().line();
        return new Title(torrent.name(), origin.substring(0, 1).toUpperCase(Locale.ROOT) + origin.substring(1));
    }

    private static String labelsOf(TorrentSnapshot torrent) {
        return torrent.options().labels().stream().sorted().collect(Collectors.joining(", "));
    }

    private static Standing standingOf(TorrentSnapshot torrent) {
        boolean troubled = !torrent.trouble().isEmpty();
        return new Standing(torrent.state(), troubled ? torrent.trouble() : torrent.sentence(), troubled,
                UploadWords.standing(torrent.sharing()), torrent.why());
    }

    /** Nothing is wanted while nobody knows what there is, and nothing has arrived. */
    private static double progressOf(TorrentSnapshot torrent) {
        return torrent.state() == TorrentState.METADATA ? 0 : torrent.progress();
    }

    private long sizeBytes() {
        return latest.state() == TorrentState.METADATA && latest.sizeBytes() == 0 ? -1 : latest.sizeBytes();
    }

    private static long etaOf(TorrentSnapshot torrent) {
        return torrent.etaSeconds() < 0 ? ETA_UNKNOWN : torrent.etaSeconds();
    }

    public InfoHash hash() {
        return latest.hash();
    }

    public String name() {
        return latest.name();
    }

    public TorrentSnapshot latest() {
        return latest;
    }

    /** Rates of the last five minutes. */
    RateHistory rates() {
        return rates;
    }

    /** True while it can be paused: everything but paused, finished and stopped by trouble. */
    boolean isActive() {
        return switch (latest.state()) {
            case QUEUED, METADATA, CHECKING, DOWNLOADING, RELEASING, SEEDING -> true;
            case PAUSED, FINISHED, TROUBLE -> false;
        };
    }

    /** Its list of files was refused for names in it that a person may accept. */
    boolean asksAboutNames() {
        return latest.why().code().equals("names-ask");
    }

    /** It can go on without the files that have risky names. */
    boolean hasRiskyNames() {
        return asksAboutNames() || latest.why().code().equals("names-blocked");
    }

    public ReadOnlyObjectProperty<Standing> standingProperty() {
        return standing.getReadOnlyProperty();
    }

    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    public ReadOnlyLongProperty downRateProperty() {
        return downRate.getReadOnlyProperty();
    }

    public ReadOnlyLongProperty upRateProperty() {
        return upRate.getReadOnlyProperty();
    }

    public ReadOnlyLongProperty etaProperty() {
        return eta.getReadOnlyProperty();
    }

    public ReadOnlyIntegerProperty peersProperty() {
        return peers.getReadOnlyProperty();
    }

    public ReadOnlyDoubleProperty ratioProperty() {
        return ratio.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Title> titleProperty() {
        return title.getReadOnlyProperty();
    }

    /** What was found in its files. */
    public ReadOnlyObjectProperty<Safety> safetyProperty() {
        return safety.getReadOnlyProperty();
    }

    /** −1 while it is not known. */
    public ReadOnlyLongProperty sizeProperty() {
        return size.getReadOnlyProperty();
    }

    /** 1-based place in the queue. */
    public ReadOnlyIntegerProperty queueProperty() {
        return queue.getReadOnlyProperty();
    }

    /** In alphabetical order, with commas between. */
    public ReadOnlyStringProperty labelsProperty() {
        return labels.getReadOnlyProperty();
    }
}
