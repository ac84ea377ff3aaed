package org.sallyport.core.transport;

/**
 * Bytes that may pass in one direction: a bucket that fills at the rate and holds a fifth of a second of it. What cannot be divided, such as
 * a block, may overdraw it, and then nothing passes until that is made good, so the average holds. Network thread only.
 */
final class Budget {
    /** No turn is for less: a system call for a few bytes costs more than they are worth. */
    static final int LEAST = 256;
    static final long UNLIMITED = Long.MAX_VALUE;
    private static final int TURNS_PER_SECOND = 5;
    private static final double SECOND = 1e9;

    private long rate;
    private double bytes;
    private long filledAt;
    private long passed;
    private long promised;
    private long share;
    private int waiting;

    /** @param bytesPerSecond 0 for no limit; debts beyond a second of the new rate are forgotten, or a fast past would stop a slow present */
    void limit(long bytesPerSecond, long now) {
        fill(now);
        bytes = rate == 0 ? 0 : Math.max(-bytesPerSecond, Math.min(bytes, capacity(bytesPerSecond)));
        rate = bytesPerSecond;
        filledAt = now;
    }

    long rate() {
        return rate;
    }

    boolean limited() {
        return rate > 0;
    }

    /** Bytes that may pass now; negative while it is overdrawn. */
    long left(long now) {
        if (rate == 0) {
            return UNLIMITED;
        }
        fill(now);
        return (long) Math.floor(bytes);
    }

    void take(long count, long now) {
        passed += count;
        if (rate > 0) {
            fill(now);
            bytes -= count;
        }
    }

    /** All bytes that ever passed. */
    long passed() {
        return passed;
    }

    private void fill(long now) {
        if (rate > 0) {
            bytes = Math.min(capacity(rate), bytes + (now - filledAt) * (rate / SECOND));
        }
        filledAt = now;
    }

    private static long capacity(long rate) {
        return Math.max(LEAST, rate / TURNS_PER_SECOND);
    }

    /** One more waits for its turn. */
    void joined() {
        waiting++;
    }

    void left() {
        waiting--;
    }

    /** Divides what there is among those that wait now. */
    void divide(long now) {
        promised = 0;
        share = rate == 0 ? UNLIMITED : Math.max(LEAST, left(now) / Math.max(1, waiting));
    }

    /** What one that waits may have now; less than {@link #LEAST} is nothing. */
    long portion(long now) {
        return rate == 0 ? UNLIMITED : Math.min(share, left(now) - promised);
    }

    /** Part of what is left will be taken soon. */
    void promise(long count) {
        if (rate > 0) {
            promised += count;
        }
    }
}
