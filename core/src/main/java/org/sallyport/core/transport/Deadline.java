package org.sallyport.core.transport;

import java.util.concurrent.TimeUnit;

/** A moment by which something must have happened, however many stages take part. @param nanos on the scale of {@link System#nanoTime()} */
record Deadline(long nanos) {

    static Deadline in(long millis) {
        return new Deadline(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** Never negative. */
    long millisLeft() {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime()));
    }
}
