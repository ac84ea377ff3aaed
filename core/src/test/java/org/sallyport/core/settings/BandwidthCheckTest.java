package org.sallyport.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.settings.Settings.Bandwidth;
import org.sallyport.core.settings.Settings.Rates;

class BandwidthCheckTest {
    private static String ruleFor(Bandwidth bandwidth) {
        return SettingsCheck.check(Settings.DEFAULT.withBandwidth(bandwidth)).map(Refusal::rule).orElse("");
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "1000, ''", "10737418240, ''", "1, settings.rate-range", "999, settings.rate-range", "-1, settings.rate-range",
        "10737418241, settings.rate-range"})
    void ratesHaveTheirRange(long rate, String rule) {
        Bandwidth usual = Bandwidth.DEFAULT;

        assertThat(ruleFor(usual.withUsual(new Rates(rate, 0)))).isEqualTo(rule);
        assertThat(ruleFor(usual.withUsual(new Rates(0, rate)))).isEqualTo(rule);
        assertThat(ruleFor(usual.withSlow(new Rates(rate, 0), true))).isEqualTo(rule);
        assertThat(ruleFor(usual.withSlow(new Rates(0, rate), false))).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "1048576, ''", "1125899906842624, ''", "1048575, settings.cap-range", "-1, settings.cap-range",
            "1125899906842625, settings.cap-range"})
    void capsHaveTheirRange(long bytes, String rule) {
        assertThat(ruleFor(Bandwidth.DEFAULT.withCaps(bytes, 0, Bandwidth.AtCap.STOP))).isEqualTo(rule);
        assertThat(ruleFor(Bandwidth.DEFAULT.withCaps(0, bytes, Bandwidth.AtCap.TELL))).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({"7, r, 48, ''", "7, s, 48, ''", "7, x, 48, ''", "0, r, 48, ''", "7, y, 48, settings.schedule", "7, R, 48, settings.schedule",
        "7, r, 47, settings.schedule", "7, r, 49, settings.schedule", "6, r, 48, settings.schedule", "8, r, 48, settings.schedule"})
    void theWeekHasSevenRowsOfHalfHours(int days, String letter, int halfHours, String rule) {
        assertThat(ruleFor(Bandwidth.DEFAULT.withWeek(Collections.nCopies(days, letter.repeat(halfHours))))).isEqualTo(rule);
    }

    @Test
    void oneBadRowSpoilsTheWeek() {
        List<String> week = new ArrayList<>(Collections.nCopies(7, "r".repeat(48)));
        week.set(6, "r".repeat(47) + "\n");

        assertThat(ruleFor(Bandwidth.DEFAULT.withWeek(week))).isEqualTo("settings.schedule");
    }
}
