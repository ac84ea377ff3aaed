package org.sallyport.app.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The weekly schedule as people write and read it: {@code mon-fri 08:00-18:00 slow}. Pure. */
final class WeekText {
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final int HALF_HOURS = 48;
    private static final Pattern SPAN = Pattern.compile("(\\d{1,2}):(00|30)-(\\d{1,2}):(00|30)");
    private static final List<String> MODES = List.of("run", "slow", "stop");
    private static final String LETTERS = "rsx";

    private WeekText() { }

    /**
     * The week with one more entry, which takes the place of what was there in its hours.
     *
     * @param week seven rows, or none @param days such as {@code mon-fri}, {@code sat,sun} or {@code daily}
     * @param span from the first half hour to the one that does not count any more; past midnight when the second is not later, into the next day
     * @throws IllegalArgumentException with a sentence if one of them is not understood
     */
    static List<String> with(List<String> week, String days, String span, String mode) {
        int letter = MODES.indexOf(mode.toLowerCase(Locale.ROOT));
        if (letter < 0) {
            throw new IllegalArgumentException("'" + mode + "' is no mode; it is one of run, slow and stop.");
        }
        Matcher matcher = SPAN.matcher(span);
        int from = matcher.matches() ? halfHour(matcher.group(1), matcher.group(2)) : HALF_HOURS;
        int to = matcher.matches() ? halfHour(matcher.group(3), matcher.group(4)) : 0;
        if (from >= HALF_HOURS || to > HALF_HOURS) {
            throw new IllegalArgumentException("'" + span + "' is no span of time; write it in half hours, like 08:00-18:30 or 22:00-06:00.");
        }
        List<StringBuilder> rows = new ArrayList<>();
        (week.isEmpty() ? Collections.nCopies(DAYS.size(), "r".repeat(HALF_HOURS)) : week).forEach(row -> rows.add(new StringBuilder(row)));
        int length = to > from ? to - from : to + HALF_HOURS - from;
        for (int day : days(days)) {
            for (int i = from; i < from + length; i++) {
                rows.get((day + i / HALF_HOURS) % DAYS.size()).setCharAt(i % HALF_HOURS, LETTERS.charAt(letter));
            }
        }
        return rows.stream().map(StringBuilder::toString).toList();
    }

    private static int halfHour(String hours, String minutes) {
        return Integer.parseInt(hours) * 2 + (minutes.equals("30") ? 1 : 0);
    }

    private static Set<Integer> days(String text) {
        Set<Integer> days = new TreeSet<>();
        if (text.equalsIgnoreCase("daily")) {
            for (int i = 0; i < DAYS.size(); i++) {
                days.add(i);
            }
            return days;
        }
        for (String part : text.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] ends = part.split("-", -1);
            int first = DAYS.indexOf(ends[0]);
            int last = DAYS.indexOf(ends[ends.length - 1]);
            if (first < 0 || last < 0 || ends.length > 2) {
                throw new IllegalArgumentException("'" + text + "' names no days; write them like mon-fri, sat,sun or daily.");
            }
            for (int day = first; day != last; day = (day + 1) % DAYS.size()) {
                days.add(day);
            }
            days.add(last);
        }
        return days;
    }

    /** One line a day: what holds from when, such as {@code mon  00:00 run, 08:00 slow, 18:00 run}. */
    static List<String> lines(List<String> week) {
        List<String> lines = new ArrayList<>();
        for (int day = 0; day < week.size(); day++) {
            StringBuilder line = new StringBuilder(DAYS.get(day)).append("  ");
            char before = 0;
            for (int i = 0; i < HALF_HOURS; i++) {
                char now = week.get(day).charAt(i);
                if (now != before) {
                    line.append(before == 0 ? "" : ", ").append(String.format(Locale.ROOT, "%02d:%02d ", i / 2, i % 2 * 30))
                            .append(MODES.get(LETTERS.indexOf(now)));
                    before = now;
                }
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
