package org.sallyport.app.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes, rates and times as people write and read them. Read: {@code 500k}, {@code 2M}, {@code 1.5GiB} count in 1024s, {@code 500kB}
 * and {@code 2MB} in 1000s. Written: decimal units, as file managers show them.
 */
final class Amounts {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?)\\s*([a-z]*)");
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("", 1L), Map.entry("b", 1L),
            Map.entry("k", 1L << 10), Map.entry("kib", 1L << 10), Map.entry("kb", 1_000L),
            Map.entry("m", 1L << 20), Map.entry("mib", 1L << 20), Map.entry("mb", 1_000_000L),
            Map.entry("g", 1L << 30), Map.entry("gib", 1L << 30), Map.entry("gb", 1_000_000_000L),
            Map.entry("t", 1L << 40), Map.entry("tib", 1L << 40), Map.entry("tb", 1_000_000_000_000L));
    private static final String[] SHOWN = {"B", "KB", "MB", "GB", "TB", "PB", "EB"};

    private Amounts() { }

    /** @return bytes, 0..2^62 @throws IllegalArgumentException with a sentence if the text is not a size */
    static long parseSize(String text) {
        Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        Long unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("'" + text + "' is not a size; write it like 700, 500k, 2M or 1.5GiB.");
        }
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
        if (bytes.compareTo(BigDecimal.valueOf(1L << 62)) > 0) {
            throw new IllegalArgumentException("'" + text + "' is larger than any disk.");
        }
        return bytes.longValue();
    }

    /** Bytes per second, with or without {@code /s}; 0 is no limit. */
    static long parseRate(String text) {
        String amount = text.strip().toLowerCase(Locale.ROOT);
        try {
            return parseSize(amount.endsWith("/s") ? amount.substring(0, amount.length() - 2) : amount);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not a rate; write it like 500k or 2M (bytes per second).", e);
        }
    }

    /** Three digits at least from KB on, such as {@code 640 B}, {@code 1.53 MB}, {@code 212 GB}. */
    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double amount = bytes;
        int unit = 0;
        while (amount >= 999.5 && unit < SHOWN.length - 1) {
            amount /= 1000;
            unit++;
        }
        int decimals = amount < 9.995 ? 2 : amount < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", amount, SHOWN[unit]);
    }

    static String rate(long bytesPerSecond) {
        return size(bytesPerSecond) + "/s";
    }

    /** Such as {@code 48 s}, {@code 5 min 3 s}, {@code 2 h 10 min}, {@code 3 d 4 h}. */
    static String duration(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
        }
        return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
    }

    /** Rounded down, so that 100 % is only shown for all. */
    static int percent(double progress) {
        return (int) Math.floor(progress * 100);
    }
}
