package org.sallyport.core.engine;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does work that is asked for again and again, once for all who ask within a moment: next when it has rested, and otherwise soon. What takes
 * long is done more seldom, so that it never has more than a tenth of the network thread. Network thread only.
 */
final class Pace {
    private static final Logger LOG = LoggerFactory.getLogger(Pace.class);
    /** Of the time is for the others. */
    private static final int REST = 9;

    private final ScheduledExecutorService loop;
    private final long restNanos;
    private final Runnable work;
    private long restsUntil = System.nanoTime();
    private boolean planned;

    /** @param rest at least, between two times */
    Pace(ScheduledExecutorService loop, Duration rest, Runnable work) {
        this.loop = loop;
        this.restNanos = rest.toNanos();
        this.work = Rhythms.guarded(work);
    }

    void ask() {
        if (planned) {
            return;
        }
        try {
            loop.schedule(this::begin, Math.max(0, restsUntil - System.nanoTime()), TimeUnit.NANOSECONDS);
            planned = true;
        } catch (RejectedExecutionException e) {
            LOG.debug("the network thread is closing", e);
        }
    }

    private void begin() {
        planned = false;
        long begun = System.nanoTime();
        work.run();
        long now = System.nanoTime();
        restsUntil = now + Math.max(restNanos, REST * (now - begun));
    }
}
