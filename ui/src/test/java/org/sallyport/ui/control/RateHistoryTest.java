package org.sallyport.ui.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateHistoryTest {
    private final RateHistory rates = new RateHistory();

    @Test
    void theNewestSampleHasAgeZeroAndTheOldestAreForgotten() {
        for (int i = 1; i <= RateHistory.CAPACITY + 5; i++) {
            rates.add(i, 2L * i);
        }

        assertThat(rates.down(0)).isEqualTo(605);
        assertThat(rates.up(1)).isEqualTo(1208);
        assertThat(rates.down(RateHistory.CAPACITY - 1)).isEqualTo(6);
        assertThat(rates.highest()).isEqualTo(1210);
    }

    @Test
    void nothingMovedIsAllZero() {
        rates.add(0, 0);

        assertThat(rates.down(0)).isZero();
        assertThat(rates.highest()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "3, 5", "1001, 2000", "4900000, 5000000", "5000001, 10000000"})
    void theScaleIsARoundNumber(long rate, long top) {
        assertThat(SpeedGraph.roundUp(rate)).isEqualTo(top);
    }
}
