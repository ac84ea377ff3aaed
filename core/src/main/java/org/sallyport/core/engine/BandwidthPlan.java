package org.sallyport.core.engine;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import org.sallyport.core.model.BandwidthState.Mode;
import org.sallyport.core.settings.Settings.Bandwidth;
import org.sallyport.core.settings.Settings.Bandwidth.AtCap;
import org.sallyport.core.settings.Settings.Rates;

/**
 * What holds at one moment and why: the one place that decides. A cap that stops is stronger than anything, for what is beyond it may cost
 * money; then the user's switch for slow mode, a cap that slows down, the schedule, and what is usual. Pure.
 *
 * @param rates in force for everything together
 * @param until when the cause will be over by itself; empty when it is not known
 */
record BandwidthPlan(Mode mode, Cause cause, Rates rates, Optional<ZonedDateTime> until, ZonedDateTime now) {

    /** Which rule it was. */
    enum Cause { USUAL, SCHEDULE, DAY_CAP, MONTH_CAP, SWITCH }

    /** @param dayBytes used today, so far; @param monthBytes this month */
    static BandwidthPlan decide(Bandwidth chosen, ZonedDateTime now, long dayBytes, long monthBytes) {
        Optional<Cause> cap = cap(chosen, dayBytes, monthBytes);
        if (cap.isPresent() && chosen.atCap() == AtCap.STOP) {
            return capped(chosen, Mode.STOP, cap.get(), now);
        }
        if (chosen.slowNow()) {
            return new BandwidthPlan(Mode.SLOW, Cause.SWITCH, slower(chosen), Optional.empty(), now);
        }
        WeekPlan week = new WeekPlan(chosen.week());
        Mode mode = week.at(now);
        if (cap.isPresent() && chosen.atCap() == AtCap.SLOW && mode != Mode.STOP) {
            return capped(chosen, Mode.SLOW, cap.get(), now);
        }
        return switch (mode) {
            case RUN -> new BandwidthPlan(Mode.RUN, Cause.USUAL, chosen.usual(), Optional.empty(), now);
            case SLOW -> new BandwidthPlan(Mode.SLOW, Cause.SCHEDULE, slower(chosen), week.changes(now), now);
            case STOP -> new BandwidthPlan(Mode.STOP, Cause.SCHEDULE, chosen.usual(), week.changes(now), now);
        };
    }

    /** The cap that is reached; of two the one that lasts longer. */
    static Optional<Cause> cap(Bandwidth chosen, long dayBytes, long monthBytes) {
        if (chosen.monthCapBytes() > 0 && monthBytes >= chosen.monthCapBytes()) {
            return Optional.of(Cause.MONTH_CAP);
        }
        return chosen.dayCapBytes() > 0 && dayBytes >= chosen.dayCapBytes() ? Optional.of(Cause.DAY_CAP) : Optional.empty();
    }

    private static BandwidthPlan capped(Bandwidth chosen, Mode mode, Cause cap, ZonedDateTime now) {
        LocalDate today = now.toLocalDate();
        LocalDate over = cap == Cause.DAY_CAP ? today.plusDays(1) : today.with(TemporalAdjusters.firstDayOfNextMonth());
        return new BandwidthPlan(mode, cap, mode == Mode.SLOW ? slower(chosen) : chosen.usual(), Optional.of(over.atStartOfDay(now.getZone())), now);
    }

    /** Slow mode never lets more through than there is without it. */
    private static Rates slower(Bandwidth chosen) {
        return new Rates(lower(chosen.slow().down(), chosen.usual().down()), lower(chosen.slow().up(), chosen.usual().up()));
    }

    private static long lower(long one, long other) {
        return one == 0 ? other : other == 0 ? one : Math.min(one, other);
    }
}
