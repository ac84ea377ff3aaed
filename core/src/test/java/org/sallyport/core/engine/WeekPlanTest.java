package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.BandwidthState.Mode;

/** The week on the wall. 2026-06-01 is a Monday. */
class WeekPlanTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** @param day 0-based, Monday first @param from first half hour @param to the one after the last */
    static List<String> week(char usual, int day, int from, int to, char other) {
        List<String> week = new ArrayList<>(Collections.nCopies(7, String.valueOf(usual).repeat(48)));
        week.set(day, String.valueOf(usual).repeat(from) + String.valueOf(other).repeat(to - from) + String.valueOf(usual).repeat(48 - to));
        return week;
    }

    private static ZonedDateTime in(String zone, String time) {
        return LocalDateTime.parse(time).atZone(ZoneId.of(zone));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T07:59:59, RUN", "2026-06-01T08:00:00, SLOW", "2026-06-01T17:59:59.999, SLOW", "2026-06-01T18:00, RUN",
        "2026-06-02T08:00:00, RUN", "2026-05-31T23:59:59, RUN", "2026-06-08T08:00, SLOW"})
    void itHoldsByTheHalfHour(String time, Mode mode) {
        WeekPlan plan = new WeekPlan(week('r', 0, 16, 36, 's'));

        assertThat(plan.at(in("Europe/Berlin", time))).isEqualTo(mode);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T07:10, 2026-06-01T08:00", "2026-06-01T08:00, 2026-06-01T18:00", "2026-06-01T17:59:59, 2026-06-01T18:00",
        "2026-06-01T18:00, 2026-06-08T08:00", "2026-06-07T23:59, 2026-06-08T08:00"})
    void itTellsWhenItChanges(String time, String change) {
        WeekPlan plan = new WeekPlan(week('r', 0, 16, 36, 's'));

        assertThat(plan.changes(in("Europe/Berlin", time))).hasValue(in("Europe/Berlin", change));
    }

    @ParameterizedTest
    @CsvSource({"r, RUN", "s, SLOW", "x, STOP"})
    void aWeekOfOneKindNeverChanges(char letter, Mode mode) {
        WeekPlan plan = new WeekPlan(week(letter, 3, 0, 0, letter));
        ZonedDateTime now = in("Asia/Kathmandu", "2026-06-03T11:22:33");

        assertThat(plan.at(now)).isEqualTo(mode);
        assertThat(plan.changes(now)).isEmpty();
        assertThat(new WeekPlan(List.of()).at(now)).isEqualTo(Mode.RUN);
        assertThat(new WeekPlan(List.of()).changes(now)).isEmpty();
    }

    @Test
    void hourThatIsLeftOutInSpringHasNoHalfHours() {
        // on 29 March 2026, a Sunday, 02:00 is 03:00 in Berlin
        WeekPlan plan = new WeekPlan(week('r', 6, 4, 6, 'x'));
        ZonedDateTime before = in("Europe/Berlin", "2026-03-29T01:59");

        assertThat(plan.at(before)).isEqualTo(Mode.RUN);
        assertThat(plan.at(before.plusMinutes(1))).isEqualTo(Mode.RUN);
        assertThat(plan.changes(before)).hasValue(in("Europe/Berlin", "2026-04-05T02:00"));
        WeekPlan longer = new WeekPlan(week('r', 6, 4, 8, 'x'));
        assertThat(longer.changes(before)).hasValue(in("Europe/Berlin", "2026-03-29T03:00"));
        assertThat(longer.changes(in("Europe/Berlin", "2026-03-29T03:10"))).hasValue(in("Europe/Berlin", "2026-03-29T04:00"));
    }

    @Test
    void hourThatComesTwiceInAutumnHasItsHalfHoursTwice() {
        // on 25 October 2026, a Sunday, 03:00 is 02:00 in Berlin
        WeekPlan plan = new WeekPlan(week('r', 6, 4, 6, 'x'));
        ZonedDateTime first = LocalDateTime.parse("2026-10-25T02:30").atZone(BERLIN).withEarlierOffsetAtOverlap();
        ZonedDateTime second = first.withLaterOffsetAtOverlap();

        assertThat(plan.at(first)).isEqualTo(Mode.STOP);
        assertThat(plan.at(second)).isEqualTo(Mode.STOP);
        assertThat(plan.changes(first)).hasValue(in("Europe/Berlin", "2026-10-25T03:00"));
        assertThat(plan.changes(second)).hasValue(in("Europe/Berlin", "2026-10-25T03:00"));
    }

    @Test
    void zonesWithOtherQuartersOfAnHourWork() {
        WeekPlan plan = new WeekPlan(week('r', 0, 16, 17, 'x'));

        assertThat(plan.at(in("Asia/Kathmandu", "2026-06-01T08:29:59"))).isEqualTo(Mode.STOP);
        assertThat(plan.changes(in("Asia/Kathmandu", "2026-06-01T08:10"))).hasValue(in("Asia/Kathmandu", "2026-06-01T08:30"));
        assertThat(plan.at(in("Australia/Lord_Howe", "2026-06-01T08:00"))).isEqualTo(Mode.STOP);
    }
}
