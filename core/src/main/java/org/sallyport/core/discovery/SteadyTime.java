package org.sallyport.core.discovery;

import java.time.Instant;
import java.time.InstantSource;

/** The time of day at its making plus what has passed since: setting the clock back does not silence a tracker for a day. */
final class SteadyTime implements InstantSource {
    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }
}
