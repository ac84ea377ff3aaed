package org.sallyport.core.transport;

import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Counts what passes on the wire and holds it to the limits, for all torrents together and for each. Receiving is held up by not reading, so
 * that the other side's system slows it down; sending by keeping blocks back, never the small messages that keep a connection going, which
 * are counted all the same. Computers of the own network are neither counted nor limited unless that is asked for. Network thread only.
 */
public final class Limiter {
    private final LongSupplier nanos;
    private final Meter total;
    /** Of connections that belong to no torrent yet, or to none at all. */
    private final Meter rest;
    private final WaitingLine down;
    private final WaitingLine up;
    private final ScheduledExecutorService loop;
    private boolean alsoLocal;
    private long alarmAt = Long.MAX_VALUE;
    private Runnable alarm = () -> { };

    /** Limits nothing, to begin with. */
    public Limiter(NetworkLoop loop) {
        this(loop.executor(), System::nanoTime);
    }

    Limiter(ScheduledExecutorService loop, LongSupplier nanos) {
        this.loop = loop;
        this.nanos = nanos;
        this.total = new Meter(this);
        this.rest = new Meter(this);
        this.down = new WaitingLine(loop, nanos, total.down);
        this.up = new WaitingLine(loop, nanos, total.up);
    }

    /** A meter for one torrent, without limits of its own to begin with. */
    public Meter meter() {
        return new Meter(this);
    }

    /** Everything together, connections of the own network only as {@link #countLocal} says. */
    public Meter total() {
        return total;
    }

    /** Whether limits and counts are for the own network, too; in force at once. */
    public void countLocal(boolean value) {
        if (alsoLocal != value) {
            alsoLocal = value;
            review();
        }
    }

    /** Runs {@code then} once, soon after so many bytes in both directions together have passed; replaces what was to run before. */
    public void alarm(long bytes, Runnable then) {
        alarmAt = bytes;
        alarm = then;
    }

    /** For what is received by other ways than a peer's connection, such as from a web seed. @param local the other side is in the own network */
    public Intake intake(Meter own, boolean local) {
        return new Intake(this, own, local);
    }

    Meter rest() {
        return rest;
    }

    long now() {
        return nanos.getAsLong();
    }

    boolean counts(boolean local) {
        return alsoLocal || !local;
    }

    WaitingLine down() {
        return down;
    }

    WaitingLine up() {
        return up;
    }

    void received(long bytes, Meter own) {
        long now = total.down.limited() || own.down.limited() ? now() : 0; // a clock for each read is worth something
        total.down.take(bytes, now);
        own.down.take(bytes, now);
        ring();
    }

    void sent(long bytes, Meter own) {
        long now = total.up.limited() || own.up.limited() ? now() : 0;
        total.up.take(bytes, now);
        own.up.take(bytes, now);
        ring();
    }

    private void ring() {
        if (total.received() + total.sent() >= alarmAt) {
            alarmAt = Long.MAX_VALUE;
            loop.execute(alarm);
        }
    }

    /** The limits have changed: those that wait may have to no longer. */
    void review() {
        down.serve();
        up.serve();
    }

    /** One way of receiving that asks before it reads. Network thread only. */
    public static final class Intake implements WaitingLine.Waiter, AutoCloseable {
        private final Limiter limiter;
        private final Meter own;
        private final boolean local;
        private LongConsumer then = bytes -> { };
        private boolean waiting;

        Intake(Limiter limiter, Meter own, boolean local) {
            this.limiter = limiter;
            this.own = own;
            this.local = local;
        }

        /** Calls back once, at once or later, with how many bytes may be read until this is asked again. One question at a time. */
        public void ask(LongConsumer granted) {
            if (waiting) {
                throw new IllegalStateException("asked already");
            }
            long bytes = limiter.down.atOnce(this);
            if (bytes > 0) {
                granted.accept(bytes);
            } else {
                then = granted;
                waiting = true;
                limiter.down.join(this);
            }
        }

        /** Tells what came. */
        public void received(long bytes) {
            if (limiter.counts(local)) {
                limiter.received(bytes, own);
            }
        }

        @Override
        public Budget own() {
            return own.down;
        }

        @Override
        public boolean limited() {
            return limiter.counts(local) && (limiter.total.down.limited() || own.down.limited());
        }

        @Override
        public long go(long bytes) {
            waiting = false;
            then.accept(bytes);
            return bytes;
        }

        /** Asks no more; an answer that is due does not come. */
        @Override
        public void close() {
            waiting = false;
            limiter.down.leave(this);
        }
    }
}
