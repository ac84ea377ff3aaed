package org.sallyport.core.storage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** A thread that writes and hashes its pieces, and what only it may touch. */
final class PieceThread {
    private final ExecutorService executor;
    private final HashLine line;
    private final List<ByteBuffer> scratch = new ArrayList<>();

    PieceThread(ExecutorService executor, HashChoice choice) {
        this.executor = executor;
        this.line = new HashLine(executor, choice);
    }

    ExecutorService executor() {
        return executor;
    }

    /** This thread only. */
    HashLine line() {
        return line;
    }

    /** Buffers for what is done without letting others have a turn; this thread only. Kept, as memory outside the heap seldom comes back. */
    List<ByteBuffer> scratch(int count, int bytes) {
        if (!scratch.isEmpty() && scratch.get(0).capacity() < bytes) {
            scratch.clear();
        }
        while (scratch.size() < count) {
            scratch.add(ByteBuffer.allocateDirect(bytes));
        }
        return scratch.subList(0, count);
    }
}
