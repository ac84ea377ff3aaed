package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.persist.SavedTraffic;

class DataUseTest {
    private static final LocalDate LAST_OF_MAY = LocalDate.parse("2026-05-31");

    private static DataUse use(String... days) {
        return new DataUse(List.of(days).stream().map(day -> day.split("=")).map(day ->
                new SavedTraffic(LocalDate.parse(day[0]), Long.parseLong(day[1]), 1)).toList());
    }

    @Test
    void bytesAddUpByDayAndMonth() {
        DataUse use = use("2026-05-01=100", "2026-05-30=10", "2026-04-30=1000");

        assertThat(use.add(LAST_OF_MAY, 5, 2)).containsExactly(new SavedTraffic(LAST_OF_MAY, 5, 2));
        assertThat(use.add(LAST_OF_MAY, 1, 1)).containsExactly(new SavedTraffic(LAST_OF_MAY, 6, 3));
        assertThat(use.add(LAST_OF_MAY, 0, 0)).isEmpty();

        assertThat(use.day(LAST_OF_MAY)).isEqualTo(9);
        assertThat(use.month(LAST_OF_MAY)).isEqualTo(9 + 101 + 11);
        assertThat(use.day(LAST_OF_MAY.plusDays(1))).isZero();
        assertThat(use.month(LAST_OF_MAY.plusDays(1))).isZero();
    }

    /** What was counted before the clock was put back to {@code today}. */
    @ParameterizedTest
    @CsvSource({
        "2026-06-01, 2026-06-01, 100", "2026-06-01, 2026-05-31, 100", "2026-06-02, 2026-05-31, 100", "2026-06-03, 2026-05-31, 0",
        "2031-01-01, 2026-05-31, 0", "2026-05-30, 2026-05-31, 0"})
    void clockThatIsPutBackALittleGivesNothingBack(LocalDate counted, LocalDate today, long used) {
        DataUse use = use();
        use.add(counted, 60, 40);

        assertThat(use.day(today)).isEqualTo(used);
        assertThat(use.month(today)).isEqualTo(counted.isBefore(today) ? 100 : used);
    }
}
