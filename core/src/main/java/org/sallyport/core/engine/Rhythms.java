package org.sallyport.core.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the engine does again and again on the network thread, until it closes. Any thread. */
final class Rhythms implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rhythms.class);

    private final ScheduledExecutorService loop;
    private final List<ScheduledFuture<?>> running = new CopyOnWriteArrayList<>();

    Rhythms(ScheduledExecutorService loop) {
        this.loop = loop;
    }

    /** A periodic task that throws is never run again; this one goes on. */
    static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("the engine's rhythm stumbled", e);
            }
        };
    }

    void every(Duration period, Runnable work) {
        add(loop.scheduleAtFixedRate(guarded(work), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** One that somebody else began. */
    void add(ScheduledFuture<?> rhythm) {
        running.add(rhythm);
    }

    /** Nothing begins any more; what is under way comes to its end. */
    @Override
    public void close() {
        running.forEach(rhythm -> rhythm.cancel(false));
    }
}
