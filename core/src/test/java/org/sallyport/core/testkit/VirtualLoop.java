package org.sallyport.core.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A network loop whose time passes only when the test says so. Not thread-safe: the test's thread is the loop's thread.
 * Tasks handed over by {@code execute} run at the next {@link #run()} or {@link #advance(Duration)}.
 */
public final class VirtualLoop extends AbstractExecutorService implements ScheduledExecutorService, InstantSource {
    private static final Comparator<Task<?>> ORDER = Comparator.<Task<?>, Instant>comparing(t -> t.due).thenComparingLong(t -> t.number);

    private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>(ORDER);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long made;
    private boolean shut;

    @Override
    public Instant instant() {
        return now;
    }

    /** Runs everything that is due now, and what that hands over. */
    public void run() {
        advance(Duration.ZERO);
    }

    /** Lets {@code time} pass, running each task at its moment. */
    public void advance(Duration time) {
        Instant end = now.plus(time);
        while (!tasks.isEmpty() && !tasks.peek().due.isAfter(end)) {
            Task<?> task = tasks.poll();
            now = task.due.isAfter(now) ? task.due : now;
            task.run();
        }
        now = end;
    }

    @Override
    public void execute(Runnable task) {
        add(new Task<>(Executors.callable(task), now));
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return add(new Task<>(Executors.callable(task), now.plusNanos(unit.toNanos(delay))));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return add(new Task<>(task, now.plusNanos(unit.toNanos(delay))));
    }

    private <V> Task<V> add(Task<V> task) {
        tasks.add(task);
        return task;
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return scheduleWithFixedDelay(task, initialDelay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
        Task<Object> again = new Task<>(Executors.callable(task), now.plusNanos(unit.toNanos(initialDelay)));
        again.period = Duration.ofNanos(unit.toNanos(delay));
        return add(again);
    }

    @Override
    public void shutdown() {
        shut = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shut = true;
        List<Runnable> left = new ArrayList<>(tasks);
        tasks.clear();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return shut;
    }

    @Override
    public boolean isTerminated() {
        return shut;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shut;
    }

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final long number = made++;
        private Instant due;
        private Duration period = Duration.ZERO;

        Task(Callable<V> body, Instant due) {
            super(body);
            this.due = due;
        }

        @Override
        public void run() {
            if (period.isZero()) {
                super.run();
            } else if (runAndReset()) {
                due = now.plus(period);
                add(this);
            }
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            tasks.remove(this);
            return super.cancel(mayInterrupt);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(now, due));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
