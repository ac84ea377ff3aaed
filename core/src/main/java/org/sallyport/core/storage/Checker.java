package org.sallyport.core.storage;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads pieces from disk and compares them with their hashes, on all piece threads, a piece at a time each, so that
 * running downloads keep their turn. What is missing or short counts as not verified.
 */
public final class Checker {
    private static final Logger LOG = LoggerFactory.getLogger(Checker.class);
    private static final int SCRATCH = 1 << 20;

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
                new Walk(threads.forPiece(i)).next();
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

    private final class Walk implements Runnable {
        private final Executor thread;
        private final MessageDigest digest = Digests.sha1().get();
        private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH);

        Walk(Executor thread) {
            this.thread = thread;
        }

        @Override
        public void run() {
            int turn = next.getAndIncrement();
            if (cancelled || turn >= pieces.length) {
                finish();
                return;
            }
            digest.reset();
            try {
                if (storage.verify(pieces[turn], digest, scratch)) {
                    good.put(pieces[turn], true);
                }
            } catch (StorageException e) {
                // not there or not readable: not verified
            } catch (RuntimeException e) {
                LOG.error("checking piece {} failed", pieces[turn], e);
            }
            done.incrementAndGet();
            next();
        }

        void next() {
            try {
                thread.execute(this);
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
