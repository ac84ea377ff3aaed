package org.sallyport.ui.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.beans.value.ObservableValue;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.QuitMode;
import org.sallyport.core.model.QuitState;
import org.sallyport.ui.control.Notice;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.i18n.Messages;

/** When the program ends by itself, and the words for it. FX thread. */
final class QuitViewModel {
    private static final int MOST_NAMED = 5;
    private static final int MENU_CHARS = 40;
    private static final int HOURS_OFFERED = 12;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final EngineFeed feed;
    private final Supplier<Optional<InfoHash>> selected;
    private final Consumer<Notice> notices;
    private final ObservableValue<QuitState> state;

    /** @param selected the one torrent that is selected @param notices is told what was refused */
    QuitViewModel(EngineFeed feed, Supplier<Optional<InfoHash>> selected, Consumer<Notice> notices) {
        this.feed = feed;
        this.selected = selected;
        this.notices = notices;
        this.state = feed.snapshotProperty().map(snapshot -> snapshot.quit());
    }

    ObservableValue<QuitState> stateProperty() {
        return state;
    }

    QuitState state() {
        return feed.snapshot().quit();
    }

    /** @return completes on the FX thread, whatever became of it */
    CompletableFuture<Outcome<QuitMode>> choose(QuitMode mode) {
        return feed.commands().quitWhen(mode).thenApply(this::tell);
    }

    void keepOpen() {
        feed.commands().keepOpen().thenApply(this::tell);
    }

    private Outcome<QuitMode> tell(Outcome<QuitMode> outcome) {
        if (!outcome.isDone()) {
            notices.accept(Notice.of(outcome));
        }
        return outcome;
    }

    /** Waits for the one that is selected; empty when none is, or several are. */
    Optional<QuitMode> selectedDone() {
        return selected.get().map(QuitMode.OneDone::new);
    }

    String selectedText() {
        return selected.get().flatMap(feed.snapshot()::find).map(t -> Messages.text("quit.ONE_DONE.named", shortened(t.name())))
                .orElse(Messages.text("quit.ONE_DONE"));
    }

    private static String shortened(String name) {
        return name.length() <= MENU_CHARS ? name : name.substring(0, MENU_CHARS - 1).strip() + "…";
    }

    /** The next full hours. */
    static List<ZonedDateTime> times(ZonedDateTime now) {
        ZonedDateTime first = now.truncatedTo(ChronoUnit.HOURS).plusHours(1);
        // a countdown must fit in before it
        ZonedDateTime begin = Duration.between(now, first).toMinutes() < 1 ? first.plusHours(1) : first;
        List<ZonedDateTime> times = new ArrayList<>();
        for (int hour = 0; hour < HOURS_OFFERED; hour++) {
            times.add(begin.plusHours(hour));
        }
        return times;
    }

    String pillText() {
        QuitMode mode = state().mode();
        return switch (mode.kind()) {
            case OFF -> Messages.text("quit.pill.OFF");
            case ALL_DONE -> Messages.text("quit.pill.ALL_DONE");
            case ONE_DONE -> Messages.text("quit.pill.ONE_DONE");
            case SHARED -> Messages.text("quit.pill.SHARED");
            case AT_TIME -> Messages.text("quit.pill.AT_TIME", mode.time().map(QuitViewModel::clock).orElse(""));
        };
    }

    private static String clock(Instant at) {
        return clock(at.atZone(ZoneId.systemDefault()));
    }

    static String clock(ZonedDateTime at) {
        return CLOCK.format(at);
    }

    /** Empty when nothing was finished. */
    static String finishedText(QuitState state) {
        return list("quit.finished", state.finished());
    }

    static String unfinishedText(QuitState state) {
        return list("quit.unfinished", state.unfinished().stream()
                .map(u -> Messages.text("quit.unfinished.one", u.name(), u.reason().replaceFirst("\\.$", ""))).toList());
    }

    private static String list(String key, List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        Stream<String> more = names.size() > MOST_NAMED ? Stream.of(Messages.text("quit.more", Integer.toString(names.size() - MOST_NAMED)))
                : Stream.of();
        return Messages.text(key, String.join(", ", Stream.concat(names.stream().limit(MOST_NAMED), more).toList()));
    }
}
