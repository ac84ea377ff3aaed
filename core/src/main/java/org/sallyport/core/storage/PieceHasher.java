package org.sallyport.core.storage;

import java.nio.ByteBuffer;
import java.util.List;

/** A way to hash pieces that may bring several of them forward in one go. Not thread-safe: each piece thread has its own. */
interface PieceHasher {
    /** How many hashes go forward in one go; 1 where company gains nothing. */
    int width();

    /** From how many hashes on one go is faster than one after another, 1..{@link #width}. */
    int worthFrom();

    /** A hash of nothing yet, to be brought forward by this hasher or alone. */
    RunningHash begin();

    /** Whether that hash can be brought forward by {@link #update}. */
    boolean began(RunningHash hash);

    /**
     * Brings hashes forward, each by its own buffer.
     * @param hashes different ones that this hasher {@link #began}, 1..{@link #width}
     * @param data   one for each hash, with equally many bytes remaining; taken to their limits
     */
    void update(List<RunningHash> hashes, List<ByteBuffer> data);
}
