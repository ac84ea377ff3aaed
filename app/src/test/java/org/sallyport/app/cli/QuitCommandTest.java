package org.sallyport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.model.QuitMode;
import org.sallyport.core.model.QuitState;

class QuitCommandTest {
    @ParameterizedTest
    @CsvSource({
        "22:30, 2026-01-02T12:00+01:00[Europe/Zurich], 2026-01-02T22:30+01:00[Europe/Zurich]",
        "11:59, 2026-01-02T12:00+01:00[Europe/Zurich], 2026-01-03T11:59+01:00[Europe/Zurich]",
        "12:00, 2026-01-02T12:00+01:00[Europe/Zurich], 2026-01-03T12:00+01:00[Europe/Zurich]",
        "08:00, 2026-03-28T12:00+01:00[Europe/Zurich], 2026-03-29T08:00+02:00[Europe/Zurich]"})
    void aTimeIsTodayOrTomorrow(LocalTime time, ZonedDateTime now, ZonedDateTime expected) {
        assertThat(QuitCommand.next(time, now)).isEqualTo(expected);
    }

    @Test
    void scriptsReadTheCountdown() {
        QuitState state = new QuitState(QuitMode.ALL_DONE, QuitState.Kind.COUNTDOWN, 12, List.of("a"),
                List.of(new QuitState.Unfinished("b", "stopped")), "Sallyport quits in 12 s.", "");

        assertThat(Json.write(QuitCommand.shape(state)))
                .isEqualTo("{\"mode\":\"allDone\",\"state\":\"countdown\",\"hash\":null,\"at\":null,\"secondsLeft\":12,"
                + "\"finished\":[\"a\"],\"unfinished\":[{\"name\":\"b\",\"reason\":\"stopped\"}],\"sentence\":\"Sallyport quits in 12 s.\"}");
    }

    @Test
    void whatDoesNotApplyIsNull() {
        assertThat(QuitCommand.shape(QuitState.NONE)).containsEntry("mode", "off").containsEntry("secondsLeft", Json.NULL);
        QuitMode time = new QuitMode.AtTime(Instant.parse("2026-01-02T21:30:00Z"));
        QuitState state = new QuitState(time, QuitState.Kind.WAITING, -1, List.of(), List.of(), "Sallyport quits at 22:30.", "");
        assertThat(QuitCommand.shape(state)).containsEntry("mode", "atTime").containsEntry("at", "2026-01-02T21:30:00Z")
                .containsEntry("hash", Json.NULL);
    }
}
