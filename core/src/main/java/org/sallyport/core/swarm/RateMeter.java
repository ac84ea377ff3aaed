package org.sallyport.core.swarm;

/** Bytes per second over the last three seconds, from a total that only grows. Network thread only. */
public final class RateMeter {
    private static final int SAMPLES = 6;

    private final long[] totals = new long[SAMPLES];
    private final long[] nanos = new long[SAMPLES];
    private int filled;
    private int next;
    private long total;

    public void add(long bytes) {
        total += bytes;
    }

    public long total() {
        return total;
    }

    /** Takes a sample; called twice a second. */
    public void sample(long nowNanos) {
        totals[next] = total;
        nanos[next] = nowNanos;
        next = (next + 1) % SAMPLES;
        filled = Math.min(filled + 1, SAMPLES);
    }

    /** No samples are taken for a time; those before it say nothing about what comes after. */
    public void rest() {
        filled = 0;
        next = 0;
    }

    /** Bytes per second up to the last sample; 0 before the second one. */
    public long rate() {
        if (filled < 2) {
            return 0;
        }
        int last = (next + SAMPLES - 1) % SAMPLES;
        int first = filled < SAMPLES ? 0 : next;
        long elapsed = nanos[last] - nanos[first];
        return elapsed <= 0 ? 0 : (long) ((totals[last] - totals[first]) * 1e9 / elapsed);
    }
}
