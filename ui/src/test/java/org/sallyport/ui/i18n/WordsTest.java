package org.sallyport.ui.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({"-1, –", "0, 0 B", "999, 999 B", "1000, 1.0 KB", "999949, 999.9 KB", "999950, 1.0 MB", "4100000000, 4.1 GB",
            "81000000000000, 81.0 TB", "9223372036854775807, 9223.4 PB"})
    void sizes(long bytes, String words) {
        assertThat(Words.size(bytes)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0, –, 0 B/s", "3200000, 3.2 MB/s, 3.2 MB/s"})
    void rates(long rate, String words, String orZero) {
        assertThat(Words.rate(rate)).isEqualTo(words);
        assertThat(Words.rateOrZero(rate)).isEqualTo(orZero);
    }

    @ParameterizedTest
    @CsvSource({"0, 0%", "0.999999, 99%", "1, 100%", "1.5, 100%", "-1, 0%"})
    void onlyCompleteIsAHundredPercent(double share, String words) {
        assertThat(Words.percent(share)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"-1, –", "0, 0 s", "59, 59 s", "60, 1 min", "3599, 59 min", "7500, 2 h 05 min", "270000, 3 d 3 h", "8640000, –"})
    void durations(long seconds, String words) {
        assertThat(Words.duration(seconds)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"-1, –", "0, –", "1, 1 s", "9223372036854775807, –"})
    void whatHasArrivedHasNoTimeLeft(long seconds, String words) {
        assertThat(Words.timeLeft(seconds)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"16384, 16 KiB", "524288, 512 KiB", "1048576, 1 MiB", "16777216, 16 MiB"})
    void pieceLengths(long bytes, String words) {
        assertThat(Words.binarySize(bytes)).isEqualTo(words);
    }
}
