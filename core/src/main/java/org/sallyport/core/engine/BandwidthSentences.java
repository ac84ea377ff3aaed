package org.sallyport.core.engine;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.sallyport.core.engine.BandwidthPlan.Cause;
import org.sallyport.core.model.BandwidthState.Mode;
import org.sallyport.core.settings.Settings.Bandwidth;
import org.sallyport.core.settings.Settings.Rates;

/** What is said about limits, schedule and caps. */
final class BandwidthSentences {
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEEE HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);
    private static final Duration DAY = Duration.ofDays(1);

    private BandwidthSentences() { }

    /** What holds now and why; empty when nothing is limited. */
    static String state(BandwidthPlan plan, Bandwidth chosen) {
        return switch (plan.mode()) {
            case STOP -> "Stopped" + until(plan) + reason(plan, chosen) + ".";
            case SLOW -> plan.cause() == Cause.SWITCH ? "Slow mode is on" + rates(plan.rates(), ": at most ") + "."
                    : "Slow" + until(plan) + reason(plan, chosen) + rates(plan.rates(), ": at most ") + ".";
            case RUN -> plan.rates().equals(Rates.NONE) ? "" : "Limited to" + rates(plan.rates(), " ") + ".";
        };
    }

    /** For the event log, when it becomes so. */
    static String change(BandwidthPlan plan, Bandwidth chosen) {
        return switch (plan.mode()) {
            case STOP -> state(plan, chosen) + " All connections were closed, and it goes on by itself"
                    + (plan.cause() == Cause.SCHEDULE ? "." : "; to go on now, raise the cap in Settings or with 'sallyport limits'.");
            case SLOW -> state(plan, chosen);
            case RUN -> "It goes on: neither schedule nor data cap hold it back now.";
        };
    }

    static String capReached(BandwidthPlan.Cause cap, Bandwidth chosen) {
        return "This " + (cap == Cause.DAY_CAP ? "day's" : "month's") + " data cap of "
                + size(cap == Cause.DAY_CAP ? chosen.dayCapBytes() : chosen.monthCapBytes())
                + " is reached. Nothing was stopped, because you asked only to be told.";
    }

    private static String reason(BandwidthPlan plan, Bandwidth chosen) {
        return switch (plan.cause()) {
            case SCHEDULE -> " by your schedule";
            case DAY_CAP -> ", because today's data cap of " + size(chosen.dayCapBytes()) + " is reached";
            case MONTH_CAP -> ", because this month's data cap of " + size(chosen.monthCapBytes()) + " is reached";
            case SWITCH, USUAL -> "";
        };
    }

    private static String until(BandwidthPlan plan) {
        return plan.until().map(end -> " until " + time(plan.now(), end)).orElse("");
    }

    private static String time(ZonedDateTime now, ZonedDateTime end) {
        boolean midnight = end.toLocalTime().equals(LocalTime.MIDNIGHT);
        if (end.toLocalDate().equals(now.toLocalDate())) {
            return CLOCK.format(end);
        }
        if (midnight && end.toLocalDate().equals(now.toLocalDate().plusDays(1))) {
            return "midnight";
        }
        return Duration.between(now, end).compareTo(DAY.multipliedBy(6)) < 0 ? WEEKDAY.format(end) : DATE.format(end);
    }

    private static String rates(Rates rates, String before) {
        if (rates.equals(Rates.NONE)) {
            return "";
        }
        String down = rates.down() == 0 ? "" : size(rates.down()) + "/s down";
        String up = rates.up() == 0 ? "" : size(rates.up()) + "/s up";
        return before + down + (down.isEmpty() || up.isEmpty() ? "" : " and ") + up;
    }

    /** Three digits, in decimal units, as in the window. */
    static String size(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 999.5 && unit < UNITS.length - 1) {
            amount /= 1000;
            unit++;
        }
        int decimals = unit == 0 || amount >= 99.95 || amount == Math.rint(amount) ? 0 : amount < 9.995 ? 2 : 1;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", amount, UNITS[unit]);
    }

    /** What the mode is called in facts. */
    static String word(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
