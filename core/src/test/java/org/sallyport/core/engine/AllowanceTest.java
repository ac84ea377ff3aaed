package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void someAtOnceThenSomeASecond() {
        Allowance allowance = new Allowance(2, 3, 100 * SECOND);

        assertThat(allowance.take(3, 100 * SECOND)).isTrue();
        assertThat(allowance.take(1, 100 * SECOND + SECOND / 4)).isFalse();
        assertThat(allowance.take(2, 101 * SECOND)).isTrue();
        assertThat(allowance.take(1, 101 * SECOND)).isFalse();
    }

    @Test
    void noMoreIsGatheredThanMayBeTakenAtOnce() {
        Allowance allowance = new Allowance(2, 3, 0);

        assertThat(allowance.take(4, 1000 * SECOND)).isFalse();
        assertThat(allowance.take(3, 1000 * SECOND)).isTrue();
        assertThat(allowance.take(1, 1000 * SECOND)).isFalse();
    }
}
