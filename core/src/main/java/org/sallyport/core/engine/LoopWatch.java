package org.sallyport.core.engine;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sallyport.core.discovery.DaemonThreads;
import org.sallyport.core.model.Event.Severity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices when the network thread does not come round any more, or is gone, and says so: everything else would only look idle (I11). */
final class LoopWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopWatch.class);
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Executor loop;
    private final String threadName;
    private final long patience;
    private final Teller teller;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("sallyport-watchdog"));
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile long answered = System.nanoTime();
    private boolean told;

    /** Where its events go. */
    @FunctionalInterface
    interface Teller {
        void tell(Severity severity, String id, String sentence, Map<String, String> facts);
    }

    /** @param threadName how the loop's thread is called, to log where it stands @param patience after which it counts as stuck */
    LoopWatch(Executor loop, String threadName, Duration patience, Teller teller) {
        this.loop = loop;
        this.threadName = threadName;
        this.patience = patience.toNanos();
        this.teller = teller;
    }

    void begin() {
        answered = System.nanoTime();
        watch.scheduleWithFixedDelay(this::look, patience / 10, patience / 10, TimeUnit.NANOSECONDS);
    }

    private void look() {
        try {
            if (asked.compareAndSet(false, true)) {
                loop.execute(() -> {
                    answered = System.nanoTime();
                    asked.set(false);
                });
            }
            long silent = System.nanoTime() - answered;
            if (!told && silent > patience) {
                told = true;
                say("engine.stuck", "Nothing has been sent or received for " + TimeUnit.NANOSECONDS.toSeconds(silent)
                        + " seconds: a part of Sallyport is stuck. If this stays, close Sallyport and start it again; "
                        + "nothing that was verified is lost.");
                logWhere();
            } else if (told && silent < patience) {
                told = false;
                teller.tell(Severity.INFO, "engine.unstuck", "Sallyport sends and receives again.", Map.of());
            }
        } catch (RejectedExecutionException dead) {
            if (!told) {
                told = true;
                say("engine.dead", "The part of Sallyport that sends and receives has ended. Close Sallyport and start it again; "
                        + "nothing that was verified is lost.");
            }
        } catch (RuntimeException e) {
            LOG.error("the watchdog stumbled", e);
        }
    }

    private void say(String id, String sentence) {
        LOG.error(sentence);
        teller.tell(Severity.TROUBLE, id, sentence, Map.of());
    }

    private void logWhere() {
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            if (thread.getName().startsWith(threadName)) {
                StringBuilder where = new StringBuilder(thread.getName()).append(" stands at");
                for (StackTraceElement element : stack) {
                    where.append("\n\tat ").append(element);
                }
                LOG.error("{}", where);
            }
        });
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
