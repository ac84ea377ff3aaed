package org.sallyport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeekTextTest {
    private static final String FREE = "r".repeat(48);
    private static final String WORK = "r".repeat(16) + "s".repeat(20) + "r".repeat(12);

    @Test
    void daysAreNamedInMoreThanOneWay() {
        assertThat(WeekText.with(List.of(), "mon-fri", "08:00-18:00", "slow")).containsExactly(WORK, WORK, WORK, WORK, WORK, FREE, FREE);
        assertThat(WeekText.with(List.of(), "sat,MON", "8:00-18:00", "Slow")).containsExactly(WORK, FREE, FREE, FREE, FREE, WORK, FREE);
        assertThat(WeekText.with(List.of(), "sat-mon", "08:00-18:00", "slow")).containsExactly(WORK, FREE, FREE, FREE, FREE, WORK, WORK);
        assertThat(WeekText.with(List.of(), "daily", "00:00-24:00", "stop")).hasSize(7).containsOnly("x".repeat(48));
    }

    @Test
    void nightsGoOnIntoTheNextDayAndSundayIntoMonday() {
        assertThat(WeekText.with(List.of(), "sun", "22:30-01:00", "stop")).containsExactly("xx" + "r".repeat(46), FREE, FREE, FREE, FREE, FREE,
                "r".repeat(45) + "xxx");
    }

    @Test
    void anEntryTakesThePlaceOfWhatWasThere() {
        List<String> stopped = WeekText.with(List.of(), "daily", "00:00-00:00", "stop");

        List<String> week = WeekText.with(stopped, "tue", "12:00-12:30", "run");

        assertThat(week.get(1)).isEqualTo("x".repeat(24) + "r" + "x".repeat(23));
        assertThat(week.get(0)).isEqualTo("x".repeat(48));
    }

    @ParameterizedTest
    @CsvSource({"moon, 08:00-09:00, run", "mon-tue-wed, 08:00-09:00, run", "'', 08:00-09:00, run", "'mon,', 08:00-09:00, run", "mon, 8-9, run",
        "mon, 08:15-09:00, run", "mon, 24:00-25:00, run", "mon, 08:00-24:30, run", "mon, 08:00, run", "mon, 08:00-09:00, fast"})
    void anythingElseIsRefusedInASentence(String days, String span, String mode) {
        assertThatThrownBy(() -> WeekText.with(List.of(), days, span, mode)).isInstanceOf(IllegalArgumentException.class).hasMessageEndingWith(".");
    }

    @Test
    void theWeekIsShownByDay() {
        assertThat(WeekText.lines(WeekText.with(List.of(), "mon", "08:30-18:00", "slow"))).hasSize(7)
                .startsWith("mon  00:00 run, 08:30 slow, 18:00 run", "tue  00:00 run");
    }
}
