package org.sallyport.ui.control;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.sallyport.ui.i18n.Messages;

/** A week of 48 half hours a day, Monday first, and how it reads. {@code r} runs, {@code s} is slow, {@code x} stops. */
public final class WeekText {
    public static final int DAYS = 7;
    public static final int HALF_HOURS = 48;
    public static final char RUN = 'r';
    public static final char SLOW = 's';
    public static final char STOP = 'x';

    private WeekText() { }

    /** A week that runs all the time. */
    public static List<String> running() {
        return Collections.nCopies(DAYS, Character.toString(RUN).repeat(HALF_HOURS));
    }

    /** Whether it has a sign for every half hour. */
    static boolean isWhole(List<String> week) {
        return week.size() == DAYS && week.stream().allMatch(day -> day.matches("[rsx]{48}"));
    }

    static String day(int day) {
        return DayOfWeek.of(day + 1).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    static String clock(int halfHour) {
        return String.format(Locale.ROOT, "%02d:%s", halfHour / 2, halfHour % 2 == 0 ? "00" : "30");
    }

    static String state(char sign) {
        return Messages.text("week." + (sign == SLOW ? "slow" : sign == STOP ? "stop" : "run"));
    }

    /** What is unusual, such as "Monday: slow 08:00–18:00"; days that read the same are told together. One line when all runs. */
    public static String summary(List<String> week) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < week.size();) {
            int to = from;
            while (to + 1 < week.size() && week.get(to + 1).equals(week.get(from))) {
                to++;
            }
            String said = spans(week.get(from));
            if (!said.isEmpty()) {
                lines.add(Messages.text("week.line", from == to ? day(from) : Messages.text("week.days", day(from), day(to)), said));
            }
            from = to + 1;
        }
        return lines.isEmpty() ? Messages.text("week.always") : String.join("\n", lines);
    }

    private static String spans(String day) {
        List<String> spans = new ArrayList<>();
        for (int from = 0; from < day.length();) {
            int to = from;
            while (to < day.length() && day.charAt(to) == day.charAt(from)) {
                to++;
            }
            if (day.charAt(from) != RUN) {
                spans.add(Messages.text("week.span", state(day.charAt(from)), clock(from), clock(to)));
            }
            from = to;
        }
        return String.join(", ", spans);
    }
}
