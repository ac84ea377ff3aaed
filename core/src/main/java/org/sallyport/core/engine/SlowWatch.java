package org.sallyport.core.engine;

import java.util.concurrent.TimeUnit;

/** Whether a torrent that runs has been slow for a minute, or fast again for one: it does not change to and fro. Network thread only. */
final class SlowWatch {
    private static final long MINUTE = TimeUnit.SECONDS.toNanos(60);

    private boolean slow;
    private long since;

    SlowWatch(long now) {
        since = now;
    }

    /** Once a second. @param active it exchanges @param rate payload bytes per second @param below what counts as slow; 0 for nothing */
    void look(boolean active, long rate, long below, long now) {
        boolean slowNow = rate < below;
        if (!active || below == 0) {
            slow = false;
            since = now;
        } else if (slowNow == slow) {
            since = now;
        } else if (now - since >= MINUTE) {
            slow = slowNow;
            since = now;
        }
    }

    boolean slow() {
        return slow;
    }
}
