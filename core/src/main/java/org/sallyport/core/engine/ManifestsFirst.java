package org.sallyport.core.engine;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.screening.Manifests;
import org.sallyport.core.swarm.PiecePriorities;

/**
 * Lists of hashes and signatures judge other files of their torrent, so they are fetched and looked at before those. A manifest that nobody has
 * keeps the others waiting for a time only. Network thread only.
 */
final class ManifestsFirst {
    /** They are small and asked for first: after that long nobody here has them. */
    static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final List<FileEntry> manifests;
    private final Predicate<FileEntry> missing;
    private final LongSupplier nanos;
    /** Those before it are not missing: there may be a hundred thousand. */
    private int looked;
    private OptionalLong waitsSince = OptionalLong.empty();
    private boolean waiting;

    /** @param missing wanted, and not whole @param nanos as {@link System#nanoTime} */
    ManifestsFirst(Metainfo metainfo, Predicate<FileEntry> missing, LongSupplier nanos) {
        this.manifests = metainfo.files().stream().filter(ManifestsFirst::isOne).toList();
        this.missing = missing;
        this.nanos = nanos;
    }

    static boolean isOne(FileEntry file) {
        return !file.pad() && Manifests.isRead(file);
    }

    /** What to fetch, and in which order. */
    static PiecePriorities priorities(Metainfo metainfo, TorrentOptions options) {
        return PiecePriorities.of(metainfo, options.priorities(), options.firstAndLast(),
                metainfo.files().stream().filter(ManifestsFirst::isOne).map(FileEntry::index).collect(Collectors.toUnmodifiableSet()));
    }

    /** Other files are whole or wanted than before. */
    void lookAgain() {
        looked = 0;
        waitsSince = OptionalLong.empty();
        waiting = false;
    }

    /** Another file is whole and would be next. @return whether it has to wait */
    boolean awaited() {
        while (looked < manifests.size() && !missing.test(manifests.get(looked))) {
            looked++;
        }
        if (waitsSince.isEmpty()) {
            waitsSince = OptionalLong.of(nanos.getAsLong());
        }
        waiting = looked < manifests.size() && nanos.getAsLong() - waitsSince.getAsLong() < PATIENCE_NANOS;
        return waiting;
    }

    /** Once, when something had to wait and has not to any more. */
    boolean waitIsOver() {
        return waiting && !awaited();
    }
}
