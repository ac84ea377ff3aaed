package org.sallyport.core.screening;

import java.time.Duration;

/**
 * How long clamd is waited for.
 *
 * @param answer for who it is, and for the harmless test file
 * @param idle   while nothing moves, neither to it nor from it
 * @param total  for one file
 */
record ClamdTimes(Duration connect, Duration answer, Duration idle, Duration total) {
    static final ClamdTimes USUAL = new ClamdTimes(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(120), Duration.ofMinutes(30));
}
