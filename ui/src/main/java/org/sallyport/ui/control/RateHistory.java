package org.sallyport.ui.control;

/**
 * Down and up rates of the last five minutes, two samples a second, oldest forgotten first. Takes memory only after
 * something has moved, because most torrents of a long list rest.
 */
public final class RateHistory {
    /** Five minutes at 2 Hz. */
    public static final int CAPACITY = 600;

    private long[] down = new long[0];
    private long[] up = new long[0];
    private int next;

    public void add(long downRate, long upRate) {
        if (down.length == 0) {
            if (downRate == 0 && upRate == 0) {
                return;
            }
            down = new long[CAPACITY];
            up = new long[CAPACITY];
        }
        down[next] = downRate;
        up[next] = upRate;
        next = (next + 1) % CAPACITY;
    }

    /** @param age 0 is the newest sample, {@code < CAPACITY}; bytes per second, 0 where nothing was kept */
    public long down(int age) {
        return at(down, age);
    }

    /** As {@link #down(int)}. */
    public long up(int age) {
        return at(up, age);
    }

    private long at(long[] samples, int age) {
        return samples.length == 0 ? 0 : samples[Math.floorMod(next - 1 - age, CAPACITY)];
    }

    /** The highest rate kept, in either direction. */
    public long highest() {
        long highest = 0;
        for (int i = 0; i < down.length; i++) {
            highest = Math.max(highest, Math.max(down[i], up[i]));
        }
        return highest;
    }
}
