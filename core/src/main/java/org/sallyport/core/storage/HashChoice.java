package org.sallyport.core.storage;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which way of hashing is the fastest on this computer: a digest at first, lanes once a trial in the background found them right and faster.
 * The trial begins when so much was hashed that its cost, up to a second of the processor's time, comes back; most runs of the program never
 * get there. Thread-safe.
 */
final class HashChoice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HashChoice.class);
    private static final long TRIAL_AFTER_BYTES = 256L << 20;
    /** MB/s that a digest reaches with them only. What lanes could still save in a GiB is less than what the trial costs. */
    private static final double SHA_INSTRUCTIONS = 900;
    private static final long TURN_MILLIS = 30;

    private final Supplier<PieceHasher> alone;
    private final LaneTrial trial;
    private final long trialAfter;
    private final ThreadFactory threads;
    private final AtomicLong hashed = new AtomicLong();
    private volatile Supplier<PieceHasher> together;
    private volatile Runnable stop = () -> { };

    HashChoice(ThreadFactory threads) {
        this(threads, new LaneTrial(Digests.sha1(), VectorModule::load, SHA_INSTRUCTIONS), TRIAL_AFTER_BYTES);
    }

    /** Chosen before. */
    HashChoice(ThreadFactory threads, Supplier<PieceHasher> together) {
        this(threads, new LaneTrial(Digests.sha1(), Optional::empty, 0), Long.MAX_VALUE);
        this.together = together;
    }

    HashChoice(ThreadFactory threads, LaneTrial trial, long trialAfter) {
        this.alone = () -> new DigestHasher(Digests.sha1());
        this.together = alone;
        this.trial = trial;
        this.trialAfter = trialAfter;
        this.threads = threads;
    }

    /** What hashes one piece the fastest; the same all the time. */
    Supplier<PieceHasher> alone() {
        return alone;
    }

    /** What hashes many pieces the fastest; another one after the trial. */
    Supplier<PieceHasher> together() {
        return together;
    }

    /** So much more was hashed. */
    void hashed(long bytes) {
        long before = hashed.getAndAdd(bytes);
        if (before < trialAfter && before + bytes >= trialAfter) {
            ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor(threads);
            stop = turns::shutdownNow;
            turns.scheduleWithFixedDelay(() -> turn(turns), 0, TURN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void turn(ScheduledExecutorService turns) {
        LaneTrial.Verdict verdict = LaneTrial.Verdict.REFUSED;
        try {
            verdict = trial.turn();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("the trial of lanes failed", e);
        }
        if (verdict == LaneTrial.Verdict.UNDECIDED) {
            return;
        }
        turns.shutdown();
        LOG.info("pieces are hashed {} ({})", verdict == LaneTrial.Verdict.FASTER ? "several at once" : "one at a time", trial);
        if (verdict == LaneTrial.Verdict.FASTER) {
            int worthFrom = trial.worthFrom();
            Sha1Lanes.Rounds rounds = trial.rounds();
            together = () -> new Sha1Lanes(rounds.another(), worthFrom);
        }
    }

    /** Ends a trial that is under way. */
    @Override
    public void close() {
        stop.run();
    }
}
