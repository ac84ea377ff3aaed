package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.engine.BandwidthPlan.Cause;
import org.sallyport.core.model.BandwidthState.Mode;
import org.sallyport.core.settings.Settings.Bandwidth;
import org.sallyport.core.settings.Settings.Bandwidth.AtCap;
import org.sallyport.core.settings.Settings.Rates;

class BandwidthPlanTest {
    private static final Rates USUAL = new Rates(500_000, 50_000);
    private static final Rates SLOW = new Rates(100_000, 0);
    /** A Monday. */
    private static final ZonedDateTime NOW = LocalDateTime.parse("2026-06-29T10:00").atZone(ZoneOffset.UTC);

    private static List<String> week(String letter) {
        return letter.isEmpty() ? List.of() : Collections.nCopies(7, letter.repeat(48));
    }

    private static Bandwidth chosen(boolean slowNow, String letter, AtCap atCap) {
        return Bandwidth.DEFAULT.withUsual(USUAL).withSlow(SLOW, slowNow).withWeek(week(letter)).withCaps(100, 1000, atCap);
    }

    /** What is used today and this month: 0 none of a cap, d the day's, m both. */
    @ParameterizedTest
    @CsvSource({
        "false, '', 0, STOP, RUN, USUAL", "false, r, 0, STOP, RUN, USUAL", "false, s, 0, STOP, SLOW, SCHEDULE", "false, x, 0, STOP, STOP, SCHEDULE",
        "true, '', 0, STOP, SLOW, SWITCH", "true, x, 0, STOP, SLOW, SWITCH", "true, s, 0, SLOW, SLOW, SWITCH",
        "false, '', d, STOP, STOP, DAY_CAP", "false, s, d, STOP, STOP, DAY_CAP", "true, s, d, STOP, STOP, DAY_CAP",
        "false, x, d, STOP, STOP, DAY_CAP",
        "false, '', m, STOP, STOP, MONTH_CAP", "true, x, m, STOP, STOP, MONTH_CAP",
        "false, '', d, SLOW, SLOW, DAY_CAP", "false, r, m, SLOW, SLOW, MONTH_CAP", "false, s, d, SLOW, SLOW, DAY_CAP",
        "true, r, d, SLOW, SLOW, SWITCH",
        "false, x, d, SLOW, STOP, SCHEDULE", "false, r, m, TELL, RUN, USUAL", "false, x, m, TELL, STOP, SCHEDULE"})
    void theStrongestCauseDecides(boolean slowNow, String letter, String used, AtCap atCap, Mode mode, Cause cause) {
        long day = used.equals("0") ? 99 : 100;
        long month = used.equals("m") ? 1000 : 999;

        BandwidthPlan plan = BandwidthPlan.decide(chosen(slowNow, letter, atCap), NOW, day, month);

        assertThat(plan.mode()).isEqualTo(mode);
        assertThat(plan.cause()).isEqualTo(cause);
        assertThat(plan.rates()).isEqualTo(mode == Mode.SLOW ? new Rates(100_000, 50_000) : USUAL);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0, 0, 0", "500, 0, 0, 7, 500, 7", "100, 100, 500, 500, 100, 100", "0, 9, 5, 0, 5, 9"})
    void slowModeLetsNoMoreThroughThanThereIsWithoutIt(long usualDown, long usualUp, long slowDown, long slowUp, long down, long up) {
        Bandwidth chosen = Bandwidth.DEFAULT.withUsual(new Rates(usualDown, usualUp)).withSlow(new Rates(slowDown, slowUp), true);

        assertThat(BandwidthPlan.decide(chosen, NOW, 0, 0).rates()).isEqualTo(new Rates(down, up));
    }

    private static String sentence(Bandwidth chosen, ZonedDateTime now, long day, long month) {
        return BandwidthSentences.state(BandwidthPlan.decide(chosen, now, day, month), chosen);
    }

    @Test
    void sentencesAreForPeople() {
        Bandwidth free = Bandwidth.DEFAULT;
        Bandwidth stop = free.withWeek(WeekPlanTest.week('r', 0, 16, 36, 'x'));
        Bandwidth slow = free.withSlow(SLOW, false).withWeek(WeekPlanTest.week('r', 0, 40, 48, 's'));
        Bandwidth capped = free.withCaps(50_000_000, 20_000_000_000L, AtCap.STOP);

        assertThat(sentence(free, NOW, 0, 0)).isEmpty();
        assertThat(sentence(free.withUsual(new Rates(500_000, 0)), NOW, 0, 0)).isEqualTo("Limited to 500 KB/s down.");
        assertThat(sentence(free.withUsual(new Rates(1 << 20, 20_480)), NOW, 0, 0)).isEqualTo("Limited to 1.05 MB/s down and 20.5 KB/s up.");
        assertThat(sentence(free.withSlow(SLOW, true), NOW, 0, 0)).isEqualTo("Slow mode is on: at most 100 KB/s down.");
        assertThat(sentence(free.withSlow(Rates.NONE, true), NOW, 0, 0)).isEqualTo("Slow mode is on.");
        assertThat(sentence(stop, NOW, 0, 0)).isEqualTo("Stopped until 18:00 by your schedule.");
        assertThat(sentence(slow, NOW.withHour(21), 0, 0)).isEqualTo("Slow until midnight by your schedule: at most 100 KB/s down.");
        assertThat(sentence(free.withWeek(WeekPlanTest.week('x', 2, 16, 36, 'r')), NOW, 0, 0))
                .isEqualTo("Stopped until Wednesday 08:00 by your schedule.");
        assertThat(sentence(free.withWeek(week("x")), NOW, 0, 0)).isEqualTo("Stopped by your schedule.");
        assertThat(sentence(capped, NOW, 50_000_000, 0)).isEqualTo("Stopped until midnight, because today's data cap of 50 MB is reached.");
        assertThat(sentence(capped, NOW.withDayOfMonth(3), 0, 20_000_000_000L))
                .isEqualTo("Stopped until 1 July, because this month's data cap of 20 GB is reached.");
    }
}
