package org.sallyport.core.storage;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Direct buffers for the pieces being fetched, of all torrents together, within one budget. Thread-safe: taken on the
 * network thread, given back by disk threads.
 */
public final class SegmentPool {
    /** Pieces above this length are gathered in several segments. */
    public static final int MAX_SEGMENT = 1 << 20;

    private final long budget;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, ArrayDeque<ByteBuffer>> free = new HashMap<>();
    private long freeBytes;
    private long usedBytes;

    /** @param budget bytes in use and kept for use, together */
    public SegmentPool(long budget) {
        this.budget = budget;
    }

    /** A cleared buffer of exactly {@code size} bytes; empty when the budget is used up. */
    public Optional<ByteBuffer> take(int size) {
        lock.lock();
        try {
            // one segment is always given: a torrent must be able to move however small the budget
            if (usedBytes + size > budget && usedBytes > 0) {
                return Optional.empty();
            }
            usedBytes += size;
            ArrayDeque<ByteBuffer> fitting = free.get(size);
            ByteBuffer kept = fitting == null ? null : fitting.pollLast();
            if (kept != null) {
                freeBytes -= size;
                return Optional.of(kept.clear());
            }
            if (usedBytes + freeBytes > budget) {
                free.clear(); // sizes of other torrents; their memory goes back when they are collected
                freeBytes = 0;
            }
        } finally {
            lock.unlock();
        }
        return Optional.of(ByteBuffer.allocateDirect(size));
    }

    /** Gives a buffer back; it must not be touched any more. */
    public void give(ByteBuffer buffer) {
        lock.lock();
        try {
            int size = buffer.capacity();
            usedBytes -= size;
            freeBytes += size;
            free.computeIfAbsent(size, s -> new ArrayDeque<>()).addLast(buffer);
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that can still be handed out. */
    public long leftBytes() {
        return Math.max(0, budget - usedBytes());
    }

    /** Bytes handed out and not given back. */
    public long usedBytes() {
        lock.lock();
        try {
            return usedBytes;
        } finally {
            lock.unlock();
        }
    }
}
