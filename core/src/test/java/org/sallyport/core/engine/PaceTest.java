package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PaceTest {
    private final ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(1);
    private final AtomicInteger times = new AtomicInteger();

    @AfterEach
    void close() {
        loop.shutdownNow();
    }

    private <T> T onLoop(Callable<T> work) throws Exception {
        return loop.submit(work).get(30, TimeUnit.SECONDS);
    }

    @Test
    void whatIsAskedForAThousandTimesInAMomentIsDoneOnceAndPlannedOnce() throws Exception {
        Pace pace = new Pace(loop, Duration.ofHours(1), times::incrementAndGet);
        onLoop(() -> {
            pace.ask();
            return true;
        });
        assertThat(onLoop(times::get)).isEqualTo(1); // who asks first is heard next

        onLoop(() -> {
            for (int i = 0; i < 1000; i++) {
                pace.ask();
            }
            return true;
        });
        assertThat(onLoop(times::get)).isEqualTo(1);
        assertThat(loop.getQueue()).hasSize(1);
    }

    @Test
    void nothingThatIsAskedForIsForgotten() throws Exception {
        Pace pace = new Pace(loop, Duration.ZERO, () -> {
            if (times.incrementAndGet() % 2 == 1) {
                throw new IllegalStateException("it stumbles every other time");
            }
        });
        for (int i = 1; i <= 6; i++) {
            onLoop(() -> {
                pace.ask();
                return true;
            });
            await().untilAtomic(times, equalTo(i));
        }
    }
}
