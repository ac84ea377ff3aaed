package org.sallyport.core.engine;

import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * How files are looked at on their way out of quarantine.
 *
 * @param inspector   what stands in for screening, or screening itself
 * @param steps       hears how far each file is
 * @param again       how long until what could not be scanned is tried again, for the first time
 * @param askEvery    how often the antivirus program is asked how it is
 */
record ScreeningWays(UnaryOperator<Inspector> inspector, ReleaseStep.Listener steps, Duration again, Duration askEvery) {
    static final ScreeningWays USUAL = new ScreeningWays(UnaryOperator.identity(), ReleaseStep.Listener.NONE, Duration.ofMinutes(1),
            Duration.ofMinutes(1));
}
