package org.sallyport.core.engine;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.sallyport.core.model.BandwidthState.Mode;

/**
 * What the schedule says at a moment, by the clock on the wall: an hour that is left out in spring has no half hours, and one that comes
 * twice in autumn has its own twice. Pure.
 *
 * @param week seven rows of 48 half hours as the settings have them; empty for no schedule
 */
record WeekPlan(List<String> week) {
    private static final int DAYS = 7;
    private static final int HALF_HOURS = 48;
    private static final int MINUTES = 30;

    Mode at(ZonedDateTime time) {
        if (week.isEmpty()) {
            return Mode.RUN;
        }
        String day = week.get(time.getDayOfWeek().getValue() - 1);
        return switch (day.charAt(time.getHour() * 2 + time.getMinute() / MINUTES)) {
            case 's' -> Mode.SLOW;
            case 'x' -> Mode.STOP;
            default -> Mode.RUN;
        };
    }

    /** When it will first say something else than at {@code time}; empty when it never does. */
    Optional<ZonedDateTime> changes(ZonedDateTime time) {
        Mode now = at(time);
        // zones differ from each other, and summer from winter, by whole half hours at least where people live: Lord Howe has the smallest step
        ZonedDateTime next = time.withMinute(time.getMinute() / MINUTES * MINUTES).withSecond(0).withNano(0);
        for (int i = 0; i <= DAYS * HALF_HOURS + 2; i++) {
            next = next.plusMinutes(MINUTES);
            if (at(next) != now) {
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }
}
