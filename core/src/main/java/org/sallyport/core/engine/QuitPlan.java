package org.sallyport.core.engine;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sallyport.core.engine.QuitFacts.Standing;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.QuitMode;
import org.sallyport.core.model.QuitState;

/**
 * When the program ends by itself: what the mode waits for must be over, then nothing may change for a while, then a
 * countdown runs, and whatever changes during it begins all this anew. No clock of its own; network thread only.
 */
final class QuitPlan {
    private static final int MOST_NAMES = 100;
    private static final long SECOND = 1_000_000_000L;

    private final long stableNanos;
    private final long countdownNanos;
    private final Set<InfoHash> fetched = new HashSet<>();
    private QuitMode mode = QuitMode.OFF;
    /** A mode that stays in force over many downloads does nothing until there is one. */
    private boolean armed;
    private boolean met;
    private long since;
    private long looked;
    private Map<InfoHash, Standing> shape = Map.of();

    /** @param stableNanos  without a change before the countdown @param countdownNanos  how long it is */
    QuitPlan(long stableNanos, long countdownNanos) {
        this.stableNanos = stableNanos;
        this.countdownNanos = countdownNanos;
    }

    QuitMode mode() {
        return mode;
    }

    /** The user asks for it now: it holds for what is on the list already. */
    void choose(QuitMode wanted) {
        mode = wanted;
        armed = wanted.kind() != QuitMode.Kind.OFF;
        met = false;
    }

    /** A standing wish: it holds from the next download on. */
    void expect(QuitMode wanted) {
        choose(wanted);
        armed = false;
    }

    /** Not this time. A mode for all downloads holds again from the next one on; the others were for once. */
    void keepOpen() {
        boolean again = mode.kind() == QuitMode.Kind.ALL_DONE || mode.kind() == QuitMode.Kind.SHARED;
        expect(again ? mode : QuitMode.OFF);
    }

    /** Looks at everything. The state is QUITTING from the moment the countdown is over; the caller acts on it. */
    QuitState look(List<QuitFacts> torrents, long now, Instant time) {
        torrents.stream().filter(QuitFacts::fetching).forEach(torrent -> fetched.add(torrent.hash()));
        if (mode.kind() == QuitMode.Kind.OFF) {
            return QuitState.NONE;
        }
        armed |= torrents.stream().anyMatch(this::arms);
        boolean metNow = armed && isMet(torrents, time);
        Map<InfoHash, Standing> shapeNow = relevant(torrents);
        // a computer that slept: nobody has seen the countdown
        boolean unwatched = now - looked > stableNanos + countdownNanos;
        looked = now;
        if (metNow && (unwatched || !met || !shapeNow.equals(shape))) {
            since = now;
        }
        met = metNow;
        shape = shapeNow;
        if (!met) {
            return waiting(QuitSentences.waiting(mode, torrents, torrents.stream().filter(this::holdsUp).count(), armed));
        }
        long stable = mode.kind() == QuitMode.Kind.AT_TIME ? 0 : stableNanos; // the clock does not change its mind
        long left = stable + countdownNanos - (now - since);
        return now - since < stable ? waiting(QuitSentences.settling(mode)) : counting(torrents, left);
    }

    private QuitState waiting(String sentence) {
        return new QuitState(mode, QuitState.Kind.WAITING, -1, List.of(), List.of(), sentence, "");
    }

    private QuitState counting(List<QuitFacts> torrents, long left) {
        long seconds = Math.max(0, (left + SECOND - 1) / SECOND);
        List<String> finished = torrents.stream().filter(t -> t.standing() == Standing.DONE && fetched.contains(t.hash()))
                .map(QuitFacts::name).limit(MOST_NAMES).toList();
        List<QuitState.Unfinished> unfinished = torrents.stream().filter(t -> t.standing() != Standing.DONE)
                .map(t -> new QuitState.Unfinished(t.name(), t.reason())).limit(MOST_NAMES).toList();
        QuitState.Kind kind = left <= 0 ? QuitState.Kind.QUITTING : QuitState.Kind.COUNTDOWN;
        return new QuitState(mode, kind, seconds, finished, unfinished, QuitSentences.countdown(seconds, finished, unfinished), "");
    }

    private boolean isMet(List<QuitFacts> torrents, Instant time) {
        return torrents.stream().noneMatch(torrent -> holdsUp(torrent) || torrent.moving())
                && mode.time().map(at -> !time.isBefore(at)).orElse(true);
    }

    /** Files that are looked at after a start do not: a library that only shares would end a minute after each start. */
    private boolean arms(QuitFacts torrent) {
        return torrent.fetching() || torrent.standing() == Standing.DONE && holdsUp(torrent);
    }

    private boolean holdsUp(QuitFacts torrent) {
        boolean atWork = torrent.standing() == Standing.AT_WORK;
        return switch (mode.kind()) {
            case OFF, AT_TIME -> false;
            case ALL_DONE -> atWork;
            case ONE_DONE -> atWork && mode.torrent().filter(torrent.hash()::equals).isPresent();
            case SHARED -> atWork || torrent.standing() == Standing.DONE && !torrent.shared();
        };
    }

    /** What begins the wait anew when it changes. */
    private Map<InfoHash, Standing> relevant(List<QuitFacts> torrents) {
        Map<InfoHash, Standing> all = new HashMap<>();
        if (mode.kind() != QuitMode.Kind.AT_TIME) {
            // for one torrent, what becomes of the others does not matter, but a new one on the list does: somebody is there
            torrents.forEach(t -> all.put(t.hash(), mode.kind() == QuitMode.Kind.ONE_DONE ? Standing.DONE : t.standing()));
        }
        return all;
    }
}
