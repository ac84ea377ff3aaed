package org.sallyport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointInTimeTest {
    private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-03-28T12:00:00+01:00[Europe/Zurich]");

    @ParameterizedTest
    @CsvSource({
        "90s, 2026-03-28T11:01:30Z", "5m, 2026-03-28T11:05:00Z", "2h, 2026-03-28T13:00:00Z", "7d, 2026-04-04T11:00:00Z", "2w, 2026-04-11T11:00:00Z",
        "2026-03-29, 2026-03-29T22:00:00Z", "2026-03-29T18:00, 2026-03-29T16:00:00Z", "2026-03-29T18:00:30Z, 2026-03-29T18:00:30Z",
        "2026-03-29T18:00+05:00, 2026-03-29T13:00:00Z"})
    void isADayATimeOrALength(String text, Instant expected) throws Exception {
        assertThat(PointInTime.parse(text, NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2 years", "-2h", "24.12.2026", "2026-13-01", "2026-02-30", "18:00", "999999999d", "7"})
    void anythingElseIsUsage(String text) {
        assertThatThrownBy(() -> PointInTime.parse(text, NOW)).isInstanceOf(CommandFailedException.class).hasMessageContaining("is no time");
    }
}
