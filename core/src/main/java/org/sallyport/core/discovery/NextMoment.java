package org.sallyport.core.discovery;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One moment at which something is done next; setting another forgets the one before. Network loop only. */
final class NextMoment {
    private final ScheduledExecutorService loop;
    private @Nullable ScheduledFuture<?> planned;

    NextMoment(ScheduledExecutorService loop) {
        this.loop = loop;
    }

    /** @param delay at once if it is negative */
    void in(Duration delay, Runnable work) {
        forget();
        planned = loop.schedule(work, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
    }

    void forget() {
        if (planned != null) {
            planned.cancel(false);
            planned = null;
        }
    }
}
