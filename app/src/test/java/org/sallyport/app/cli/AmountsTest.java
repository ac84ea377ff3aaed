package org.sallyport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0", "700, 700", "1k, 1024", "16K, 16384", "2M, 2097152", "1.5GiB, 1610612736", "500kB, 500000", "2 MB, 2000000", "1t, 1099511627776",
        "0.5k, 512", "10B, 10", "' 3m ', 3145728"})
    void sizesAreReadAsPeopleWriteThem(String text, long bytes) {
        assertThat(Amounts.parseSize(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "-1", "1x", "1 k b", "1e9", "1,5M", "0x10", "99999999999999999999", "9999999T", "1..2", "1k/s"})
    void whatIsNoSizeIsRefusedWithASentence(String text) {
        assertThatThrownBy(() -> Amounts.parseSize(text)).isInstanceOf(IllegalArgumentException.class).hasMessageEndingWith(".");
    }

    @ParameterizedTest
    @CsvSource({"500k, 512000", "2M/s, 2097152", "0, 0", "1MB/S, 1000000"})
    void ratesAreSizesPerSecond(String text, long bytes) {
        assertThat(Amounts.parseRate(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/s", "fast", "1k/m"})
    void whatIsNoRateIsRefusedWithASentence(String text) {
        assertThatThrownBy(() -> Amounts.parseRate(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is not a rate");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B", "999, 999 B", "1000, 1.00 KB", "1530000, 1.53 MB", "15300000, 15.3 MB", "212000000000, 212 GB", "999499, 999 KB", "999600, 1.00 MB",
        "9223372036854775807, 9.22 EB"})
    void sizesAreShownWithThreeDigits(long bytes, String text) {
        assertThat(Amounts.size(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "59, 59 s", "60, 1 min 0 s", "303, 5 min 3 s", "7800, 2 h 10 min", "273600, 3 d 4 h"})
    void timesAreShownInTheirTwoLargestUnits(long seconds, String text) {
        assertThat(Amounts.duration(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.999, 99", "1, 100"})
    void aHundredPercentMeansAll(double progress, int percent) {
        assertThat(Amounts.percent(progress)).isEqualTo(percent);
    }
}
