package org.sallyport.core.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that may wait for a disk. A piece always goes to the same piece thread, so its segments are hashed in
 * order without a lock; reads for upload have threads of their own and never wait behind hashing.
 */
public final class DiskThreads implements AutoCloseable {
    private static final int READERS = 2;

    private final List<PieceThread> pieces = new ArrayList<>();
    private final ExecutorService readers;
    private final ExecutorService housekeeping;
    private final HashChoice choice;

    /** @param pieceThreads for writing and hashing, at least 1; the number of cores is right */
    public DiskThreads(int pieceThreads) {
        this(pieceThreads, new HashChoice(named("sallyport-trial")));
    }

    DiskThreads(int pieceThreads, HashChoice choice) {
        this.choice = choice;
        for (int i = 0; i < pieceThreads; i++) {
            pieces.add(new PieceThread(Executors.newSingleThreadExecutor(named("sallyport-piece-" + i)), choice));
        }
        readers = Executors.newFixedThreadPool(READERS, named("sallyport-read"));
        housekeeping = Executors.newSingleThreadExecutor(named("sallyport-files"));
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = Executors.defaultThreadFactory().newThread(work);
            thread.setName(name + "-" + count.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Done when everything queued for pieces until now is done. */
    public CompletableFuture<Void> piecesSettled() {
        return CompletableFuture.allOf(pieces.stream().map(thread -> CompletableFuture.runAsync(thread.line(), thread.executor()))
                .toArray(CompletableFuture[]::new));
    }

    ExecutorService forPiece(int piece) {
        return threadOf(piece).executor();
    }

    PieceThread threadOf(int piece) {
        return pieces.get(piece % pieces.size());
    }

    int pieceThreads() {
        return pieces.size();
    }

    ExecutorService readers() {
        return readers;
    }

    /** For what is rare and slow: sync, release, delete. */
    public ExecutorService housekeeping() {
        return housekeeping;
    }

    /** Lets what is queued end, at most 2 s. */
    @Override
    public void close() {
        choice.close();
        List<ExecutorService> all = new ArrayList<>(pieces.stream().map(PieceThread::executor).toList());
        all.add(readers);
        all.add(housekeeping);
        all.forEach(ExecutorService::shutdown);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        for (ExecutorService executor : all) {
            try {
                executor.awaitTermination(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
