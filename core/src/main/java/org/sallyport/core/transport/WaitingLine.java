package org.sallyport.core.transport;

import java.util.ArrayDeque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Those that wait until the limits let them go on, in one direction. Every turn divides what there is among them, first come first served
 * where it is not enough for all. While nobody waits it costs nothing. Network thread only.
 */
final class WaitingLine {
    private static final long TURN_MILLIS = 50;

    /** One connection, or whatever else takes part. */
    interface Waiter {
        /** What its torrent may. */
        Budget own();

        /** Limits count for it now. */
        boolean limited();

        /** It is its turn. @param bytes how much may pass until it has to wait again @return of these, those that will be taken later than now */
        long go(long bytes);
    }

    private final ScheduledExecutorService loop;
    private final LongSupplier nanos;
    private final Budget total;
    private final ArrayDeque<Waiter> line = new ArrayDeque<>();
    private boolean planned;

    WaitingLine(ScheduledExecutorService loop, LongSupplier nanos, Budget total) {
        this.loop = loop;
        this.nanos = nanos;
        this.total = total;
    }

    /** What {@code waiter} may have at once, without waiting: only while nobody waits. 0 for nothing. */
    long atOnce(Waiter waiter) {
        if (!waiter.limited()) {
            return Budget.UNLIMITED;
        }
        if (!line.isEmpty()) {
            return 0;
        }
        long now = nanos.getAsLong();
        long left = Math.min(total.left(now), waiter.own().left(now));
        return left < Budget.LEAST ? 0 : left;
    }

    /** Waits for its turn; must not wait already. */
    void join(Waiter waiter) {
        line.add(waiter);
        total.joined();
        waiter.own().joined();
        plan();
    }

    /** Done also when it does not wait. */
    void leave(Waiter waiter) {
        if (line.remove(waiter)) {
            total.left();
            waiter.own().left();
        }
    }

    private void plan() {
        if (!planned) {
            planned = true;
            loop.schedule(this::turn, TURN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void turn() {
        planned = false;
        serve();
    }

    /** Gives each its part; those for whom nothing is left stay in line. */
    void serve() {
        long now = nanos.getAsLong();
        total.divide(now);
        line.forEach(waiter -> waiter.own().divide(now));
        for (int i = line.size(); i > 0 && !line.isEmpty(); i--) {
            Waiter first = line.poll();
            Budget own = first.own();
            long portion = first.limited() ? Math.min(total.portion(now), own.portion(now)) : Budget.UNLIMITED;
            if (portion < Budget.LEAST) {
                line.add(first);
                continue;
            }
            total.left();
            own.left();
            long promised = first.go(portion);
            if (portion != Budget.UNLIMITED) {
                total.promise(promised);
                own.promise(promised);
            }
        }
        if (!line.isEmpty()) {
            plan();
        }
    }
}
