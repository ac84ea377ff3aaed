package org.sallyport.core.storage;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;

/** The hash of one piece while its segments arrive. Confined to that piece's thread. */
final class PieceHash {
    private final int segments;
    private final BitSet stored = new BitSet();
    private int next;
    /** Empty until the first segment is hashed: only then is known whether it has company. */
    private Optional<RunningHash> running = Optional.empty();

    interface Reread {
        ByteBuffer segment(int index) throws StorageException;
    }

    PieceHash(int segments) {
        this.segments = segments;
    }

    /** A segment is on disk. Whether it is its turn to be hashed, from memory; otherwise it is read again when it is. */
    boolean stored(int segment) {
        stored.set(segment);
        return segment == next;
    }

    /** Whether {@code hasher} can take the next segment. */
    boolean mayGoOnWith(PieceHasher hasher) {
        return running.map(hasher::began).orElse(true);
    }

    /** What takes the next segment: begun by {@code hasher} if nothing was hashed yet. */
    RunningHash goOnWith(PieceHasher hasher) {
        running = Optional.of(running.orElseGet(hasher::begin));
        return running.get();
    }

    /** The segment whose turn it was is part of the hash; the following ones that came before it are read again. */
    void hashed(Reread reread) throws StorageException {
        next++;
        while (next < segments && stored.get(next)) {
            running.orElseThrow().update(reread.segment(next++));
        }
    }

    boolean whole() {
        return next == segments;
    }

    byte[] digest() {
        return running.orElseThrow().digest();
    }
}
