package org.sallyport.core.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.FilePriority;

/** Whole files that wait to be looked at: what judges others, then the most wanted. Network thread only. */
final class DueFiles {
    private final Metainfo metainfo;
    private final TorrentLedger ledger;
    private final Predicate<FileEntry> settled;
    private final TreeSet<FileEntry> waiting;
    private final ManifestsFirst manifests;

    /** @param settled there is nothing to do with it any more */
    DueFiles(Metainfo metainfo, TorrentLedger ledger, Predicate<FileEntry> settled) {
        this.metainfo = metainfo;
        this.ledger = ledger;
        this.settled = settled;
        this.manifests = new ManifestsFirst(metainfo, this::isMissing, System::nanoTime);
        this.waiting = new TreeSet<>(Comparator.comparing(ManifestsFirst::isOne).thenComparing(this::priority).reversed()
                .thenComparing(FileEntry::index));
    }

    private FilePriority priority(FileEntry file) {
        return ledger.saved().options().priority(file.index());
    }

    private boolean isMissing(FileEntry file) {
        return priority(file) != FilePriority.SKIP && !ledger.progress().hasAllOf(file);
    }

    /** A piece is right now: files that it completes are due. */
    void verified(int piece) {
        long start = (long) piece * metainfo.pieceLength();
        long end = start + metainfo.pieceBytes(piece);
        List<FileEntry> files = metainfo.files();
        for (int i = lastBeginningAt(start); i < files.size() && files.get(i).offset() < end; i++) {
            consider(files.get(i));
        }
    }

    /** The first of the files that could hold the byte at {@code offset}; empty files lie where the next one does. */
    private int lastBeginningAt(long offset) {
        List<FileEntry> files = metainfo.files();
        int low = 0;
        int high = files.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (files.get(middle).offset() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Looks at all wanted files; who asks after each piece asks {@link #verified}. */
    void sweep() {
        manifests.lookAgain();
        waiting.clear(); // what was chosen may be another order now
        ledger.wantedFiles().forEach(this::consider);
    }

    private void consider(FileEntry file) {
        if (!file.pad() && priority(file) != FilePriority.SKIP && !settled.test(file) && ledger.progress().hasAllOf(file)) {
            waiting.add(file);
        }
    }

    /** The next that is still due, unless what judges it is yet to come. */
    Optional<FileEntry> take() {
        while (!waiting.isEmpty() && (settled.test(waiting.first()) || !ledger.progress().hasAllOf(waiting.first()))) {
            waiting.pollFirst();
        }
        return isEmpty() ? Optional.empty() : Optional.of(waiting.pollFirst());
    }

    /** Nothing can be looked at now. */
    boolean isEmpty() {
        return waiting.isEmpty() || !ManifestsFirst.isOne(waiting.first()) && manifests.awaited();
    }

    /** Once, when files waited for others in vain. */
    boolean waitIsOver() {
        return manifests.waitIsOver();
    }

    boolean holds(FileEntry file) {
        return waiting.contains(file);
    }
}
