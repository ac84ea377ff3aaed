package org.sallyport.core.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sallyport.core.model.ScannerState;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.persist.SavedVerdict;
import org.sallyport.core.persist.SavedVerdict.Fate;

/**
 * Which files of a torrent are worth looking at again: those that could not be scanned, at growing intervals, and what is held or unscanned
 * as soon as there are newer virus definitions. Network thread only.
 */
final class Rescans {
    private static final int MOST_DOUBLINGS = 5;

    private final Duration first;
    private final Map<Integer, Try> tries = new HashMap<>();
    private boolean ready;

    private record Try(int count, long dueNanos) { }

    /** @param first after so long for the first time */
    Rescans(Duration first) {
        this.first = first;
    }

    /** A file was looked at just now. */
    void looked(SavedVerdict row, long now) {
        if (row.retry()) {
            int count = Math.min(MOST_DOUBLINGS, Optional.ofNullable(tries.get(row.file())).map(Try::count).orElse(-1) + 1);
            tries.put(row.file(), new Try(count, now + (first.toNanos() << count)));
        } else {
            tries.remove(row.file());
        }
    }

    /** The first that is due. @param rows all of the torrent's */
    Optional<SavedVerdict> due(Iterable<SavedVerdict> rows, ScannerState scanner, long now) {
        boolean before = ready;
        ready = scanner.kind() == ScannerState.Kind.READY;
        if (!ready) {
            return Optional.empty(); // nothing would come of it
        }
        if (!before) {
            tries.clear();
        }
        for (SavedVerdict row : rows) {
            if (isOpen(row) && (isNews(row, scanner.definitionsAt()) || row.retry() && isTime(row.file(), now))) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    /** Something might come of another look. */
    private static boolean isOpen(SavedVerdict row) {
        return row.fate() == Fate.HELD || row.fate() == Fate.RELEASED && row.verdict().kind() == Verdict.Kind.NOT_SCANNED;
    }

    private static boolean isNews(SavedVerdict row, Instant definitions) {
        Instant used = row.engine().isEmpty() || row.definitions().equals(Instant.EPOCH) ? row.at() : row.definitions();
        return definitions.isAfter(used);
    }

    private boolean isTime(int file, long now) {
        Try last = tries.get(file);
        return last == null || now - last.dueNanos() >= 0;
    }
}
