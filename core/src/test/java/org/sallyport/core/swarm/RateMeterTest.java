package org.sallyport.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateMeterTest {
    private static final long HALF = 500_000_000L;

    private final RateMeter meter = new RateMeter();
    private long now = Long.MAX_VALUE - 2 * HALF;

    @Test
    void knowsNoRateBeforeTheSecondSample() {
        meter.add(1000);
        assertThat(meter.rate()).isZero();
        sample(0);
        assertThat(meter.rate()).isZero();

        sample(500);

        assertThat(meter.rate()).isEqualTo(1000);
        assertThat(meter.total()).isEqualTo(1500);
    }

    @Test
    void whatCameAfterTheLastSampleIsNotInTheRateYet() {
        sample(0);
        sample(500);
        meter.add(1_000_000);

        assertThat(meter.rate()).isEqualTo(1000);
    }

    @Test
    void isTheMeanOfTheSamplesKeptAndForgetsOlderOnes() {
        sample(0);
        sample(9_000_000);
        for (int i = 0; i < 5; i++) {
            sample(500);
        }

        assertThat(meter.rate()).isEqualTo(1000);
    }

    @Test
    void fallsToZeroWhenNothingComes() {
        sample(100_000);
        for (int i = 0; i < 6; i++) {
            sample(0);
        }

        assertThat(meter.rate()).isZero();
        assertThat(meter.total()).isEqualTo(100_000);
    }

    @Test
    void twoSamplesAtTheSameMomentAreNoRate() {
        meter.sample(now);
        meter.add(5);
        meter.sample(now);

        assertThat(meter.rate()).isZero();
    }

    private void sample(long bytes) {
        meter.add(bytes);
        meter.sample(now);
        now += HALF;
    }
}
