package org.sallyport.core.engine;

import java.util.concurrent.TimeUnit;
import org.sallyport.core.persist.SeedTime;

/** Counts how long a complete torrent is offered, and how long of that nobody has fetched anything. Network thread only. */
final class SeedClock {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** Between two ticks; more is a computer that slept, and offered nothing meanwhile. */
    private static final long LONGEST_STEP = 5 * SECOND;

    private long offeredNanos;
    private long idleNanos;
    private long lastTick;
    private boolean counting;
    private long lastUploaded;
    private SeedTime saved;

    SeedClock(SeedTime saved) {
        this.saved = saved;
        offeredNanos = saved.offeredSeconds() * SECOND;
        idleNanos = saved.idleSeconds() * SECOND;
    }

    /** About once a second. @param offered it is complete and runs @param uploadedBytes since it was added */
    void tick(long now, boolean offered, long uploadedBytes) {
        if (offered && counting) {
            long step = Math.min(LONGEST_STEP, Math.max(0, now - lastTick));
            offeredNanos += step;
            idleNanos = uploadedBytes == lastUploaded ? idleNanos + step : 0;
        }
        counting = offered;
        lastTick = now;
        lastUploaded = uploadedBytes;
    }

    SeedTime time() {
        return new SeedTime(offeredNanos / SECOND, idleNanos / SECOND);
    }

    /** The user starts it anew: that nobody has fetched anything for long counts no more. */
    void forgetIdle() {
        idleNanos = 0;
    }

    /** Whether it has changed since the last call. */
    boolean takeUnsaved() {
        boolean news = !time().equals(saved);
        saved = time();
        return news;
    }
}
