package org.sallyport.ui.i18n;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** Sizes, rates, shares and times as people read them. Decimal units (1 GB = 10⁹ bytes), one decimal, so that columns line up. */
public final class Words {
    /** What is not known, or nothing. */
    public static final String NONE = "–";

    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(Locale.ENGLISH).withZone(ZoneId.systemDefault());

    private Words() { }

    /** {@code Nov 21, 2026}, here. */
    public static String day(Instant moment) {
        return DAY.format(moment);
    }

    /** {@code 4.1 GB}; bytes below 1000 without decimals; "–" for a negative count, which means unknown. */
    public static String size(long bytes) {
        if (bytes < 0) {
            return NONE;
        }
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = 0;
        // 999.95 would be printed as 1000.0
        while (value >= 999.95 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** {@code 512 KiB}: piece lengths are powers of two and read oddly in decimal units. */
    public static String binarySize(long bytes) {
        return bytes >= 1 << 20 && bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : (bytes >> 10) + " KiB";
    }

    /** {@code 3.2 MB/s}; "–" when nothing moves. */
    public static String rate(long bytesPerSecond) {
        return bytesPerSecond <= 0 ? NONE : size(bytesPerSecond) + "/s";
    }

    /** {@code 3.2 MB/s}, {@code 0 B/s} when nothing moves. */
    public static String rateOrZero(long bytesPerSecond) {
        return size(Math.max(0, bytesPerSecond)) + "/s";
    }

    /** {@code 62%}, rounded down so that 100% means complete. @param share 0..1 */
    public static String percent(double share) {
        return (int) Math.floor(Math.max(0, Math.min(1, share)) * 100) + "%";
    }

    /** {@code 1.25}. */
    public static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** As {@link #duration}, but "–" also for 0: what has arrived has no time left. */
    public static String timeLeft(long seconds) {
        return seconds == 0 ? NONE : duration(seconds);
    }

    /** {@code 45 s}, {@code 12 min}, {@code 2 h 05 min}, {@code 3 d 4 h}; "–" when unknown (negative) or beyond 100 days. */
    public static String duration(long seconds) {
        if (seconds < 0 || seconds >= 100L * 86_400) {
            return NONE;
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        if (hours < 24) {
            return String.format(Locale.ROOT, "%d h %02d min", hours, minutes % 60);
        }
        return hours / 24 + " d " + hours % 24 + " h";
    }
}
