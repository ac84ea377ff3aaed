package org.sallyport.core.discovery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a tracker is left alone after failures: 30 s doubling to 15 min, ±10 % so that clients do not come in step. */
final class BackOff {
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final double JITTER = 0.1;
    private static final int MAX_DOUBLINGS = 5;

    private BackOff() { }

    /** @param failures in a row, 1 or more */
    static Duration after(int failures, RandomGenerator random) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        Duration base = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return Duration.ofMillis((long) (base.toMillis() * random.nextDouble(1 - JITTER, 1 + JITTER)));
    }
}
