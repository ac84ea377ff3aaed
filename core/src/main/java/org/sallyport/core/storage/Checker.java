package org.sallyport.core.storage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads pieces from disk and compares them with their hashes, on all piece threads, each as many pieces at once as it can hash together, and a
 * part of them in a turn, so that running downloads keep theirs. What is missing or short counts as not verified.
 */
public final class Checker {
    private static final Logger LOG = LoggerFactory.getLogger(Checker.class);
    /** Of one piece in a turn. Even a disk that has to move its head reads that fast. */
    private static final int MOST_SCRATCH = 1 << 20;
    private static final int LEAST_SCRATCH = 64 << 10;
    /** What all threads have to read into. */
    private static final int ALL_SCRATCH = 8 << 20;

    private final TorrentStorage storage;
    private final int[] pieces;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final ConcurrentHashMap<Integer, Boolean> good = new ConcurrentHashMap<>();
    private final CompletableFuture<BitSet> result = new CompletableFuture<>();
    private volatile boolean cancelled;

    /** @param which pieces to check; copied */
    public Checker(TorrentStorage storage, BitSet which) {
        this.storage = storage;
        this.pieces = which.stream().toArray();
    }

    /** Begins; the future gives the pieces that are right, on the network thread. Cancelled: those found until then. */
    public CompletableFuture<BitSet> start() {
        DiskThreads threads = storage.context().threads();
        running.set(threads.pieceThreads());
        threads.housekeeping().execute(() -> {
            storage.closeFiles();
            for (int i = 0; i < threads.pieceThreads(); i++) {
                new Walk(threads.threadOf(i)).next();
            }
        });
        return result;
    }

    /** Stops soon; any thread. */
    public void cancel() {
        cancelled = true;
    }

    public boolean cancelled() {
        return cancelled;
    }

    /** 0..1; any thread. */
    public double progress() {
        return pieces.length == 0 ? 1 : (double) done.get() / pieces.length;
    }

    /** A piece being read. */
    private record Reading(int piece, PieceHash hash) { }

    private final class Walk implements Runnable {
        private final PieceThread thread;
        /** Of equal length, and all read up to {@code at}. */
        private final List<Reading> batch = new ArrayList<>();
        private int at;

        Walk(PieceThread thread) {
            this.thread = thread;
        }

        @Override
        public void run() {
            if (cancelled || batch.isEmpty() && !take()) {
                finish();
                return;
            }
            try {
                step();
            } catch (RuntimeException e) {
                LOG.error("checking pieces {} failed", batch, e);
                done.addAndGet(batch.size());
                batch.clear();
            }
            next();
        }

        /** The next pieces that nobody has taken, as many as go together. */
        private boolean take() {
            int most = thread.line().together().width();
            int from = next.get();
            int to;
            do {
                from = next.get();
                to = from;
                while (to < pieces.length && to - from < most && bytes(to) == bytes(from)) {
                    to++;
                }
            } while (!next.compareAndSet(from, to));
            for (int turn = from; turn < to; turn++) {
                batch.add(new Reading(pieces[turn], new PieceHash(1)));
            }
            at = 0;
            return from < to;
        }

        private int bytes(int turn) {
            return storage.metainfo().pieceBytes(pieces[turn]);
        }

        private void step() {
            int bytes = storage.metainfo().pieceBytes(batch.get(0).piece());
            int part = Math.min(bytes - at, scratchBytes());
            List<ByteBuffer> scratch = thread.scratch(batch.size(), scratchBytes());
            int kept = 0;
            for (Reading reading : List.copyOf(batch)) {
                try {
                    storage.readBack(reading.piece(), at, scratch.get(kept).clear().limit(part));
                    scratch.get(kept++).flip();
                } catch (StorageException e) {
                    // not there or not readable: not verified
                    batch.remove(reading);
                    done.incrementAndGet();
                }
            }
            thread.line().hash(batch.stream().map(Reading::hash).toList(), scratch.subList(0, kept));
            at += part;
            if (at == bytes) {
                judge();
            }
        }

        private int scratchBytes() {
            int each = ALL_SCRATCH / storage.context().threads().pieceThreads() / thread.line().together().width();
            return Math.max(LEAST_SCRATCH, Math.min(MOST_SCRATCH, each));
        }

        private void judge() {
            for (Reading reading : batch) {
                if (storage.metainfo().matches(reading.piece(), reading.hash().digest())) {
                    good.put(reading.piece(), true);
                }
                done.incrementAndGet();
            }
            batch.clear();
        }

        void next() {
            try {
                thread.executor().execute(this);
            } catch (RejectedExecutionException e) {
                finish(); // the engine closes
            }
        }
    }

    private void finish() {
        if (running.decrementAndGet() == 0) {
            BitSet verified = new BitSet();
            good.keySet().forEach(verified::set);
            cancelled |= done.get() < pieces.length;
            try {
                storage.context().loop().execute(() -> result.complete(verified));
            } catch (RejectedExecutionException e) {
                result.cancel(false); // the engine closed; nobody waits any more
            }
        }
    }
}
