package org.sallyport.core.testkit;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The network thread is the test's own: what others hand over runs when the test says so, and not before. */
public final class LoopQueue implements Executor {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Runs what was and will be handed over until the condition holds. */
    public void runUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            next(deadline).run();
        }
    }

    /** Waits until something was handed over, and leaves it there. */
    public void awaitTask() {
        Runnable first = next(System.nanoTime() + DEADLINE.toNanos());
        tasks.add(first);
    }

    private Runnable next(long deadline) {
        try {
            Runnable task = tasks.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (task == null) {
                throw new AssertionError("nothing happened for " + DEADLINE);
            }
            return task;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
