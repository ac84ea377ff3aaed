package org.sallyport.app.interop;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

/** Waits on a condition with a deadline, asking ten times a second. */
final class Waiting {

    private Waiting() {
    }

    static void until(String what, Duration limit, Callable<Boolean> condition) {
        waiting(what, limit).until(condition);
    }

    static void untilAsserted(Duration limit, ThrowingRunnable assertion) {
        waiting("assertion", limit).untilAsserted(assertion);
    }

    private static ConditionFactory waiting(String what, Duration limit) {
        return Awaitility.await(what).pollInSameThread().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(100)).atMost(limit);
    }
}
