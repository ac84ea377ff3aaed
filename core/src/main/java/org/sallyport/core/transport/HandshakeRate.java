package org.sallyport.core.transport;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * So many a second and no more: TLS handshakes, of which each costs tens of milliseconds of a processor, or datagrams. A token bucket.
 * Network thread only.
 */
final class HandshakeRate {
    private final int perSecond;
    private final long nanosEach;
    private final LongSupplier nanoTime;
    private long filledAt;
    private int left;

    /** @param perSecond also the most that may come at once */
    HandshakeRate(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanosEach = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.nanoTime = nanoTime;
        this.filledAt = nanoTime.getAsLong();
        this.left = perSecond;
    }

    /** Whether one more may begin now; counts it if so. */
    boolean tryBegin() {
        long now = nanoTime.getAsLong();
        long earned = (now - filledAt) / nanosEach;
        if (earned >= perSecond - left) {
            left = perSecond;
            filledAt = now;
        } else {
            left += (int) earned;
            filledAt += earned * nanosEach; // what is not a whole one yet is kept
        }
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }
}
