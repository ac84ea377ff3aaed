package org.sallyport.app.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.app.wiring.Exit;

/** When something ends, as people write it. */
final class PointInTime {
    private static final Pattern LENGTH = Pattern.compile("(\\d{1,5})\\s*([smhdw])");
    private static final Map<String, Duration> UNITS = Map.of("s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1),
            "d", Duration.ofDays(1), "w", Duration.ofDays(7));

    private PointInTime() { }

    /** @param text a day (its end is meant), a time of a day here or with an offset, or a length of time from {@code now} on */
    static Instant parse(String text, ZonedDateTime now) throws CommandFailedException {
        String plain = text.strip();
        try {
            Matcher length = LENGTH.matcher(plain);
            if (length.matches()) {
                return now.toInstant().plus(UNITS.get(length.group(2)).multipliedBy(Long.parseLong(length.group(1))));
            }
            if (plain.length() == "2026-12-24".length()) {
                return LocalDate.parse(plain).plusDays(1).atStartOfDay(now.getZone()).toInstant();
            }
            return withOffset(plain, now);
        } catch (DateTimeException e) {
            throw new CommandFailedException(Exit.USAGE, "'" + text + "' is no time; write a day like 2026-12-24, a time like 2026-12-24T18:00, "
                    + "or how long, like 90m, 2h or 7d.", e);
        }
    }

    private static Instant withOffset(String text, ZonedDateTime now) {
        try {
            return ZonedDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return LocalDateTime.parse(text).atZone(now.getZone()).toInstant();
        }
    }
}
