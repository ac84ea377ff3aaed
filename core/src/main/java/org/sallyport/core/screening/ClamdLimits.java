package org.sallyport.core.screening;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Up to where clamd looks. Beyond these limits it says {@code OK} without having looked, unless it was told to alert; so they have to be known here.
 *
 * @param streamBytes  most that may be sent; beyond, it says so
 * @param fileBytes    files above this size, also in an archive, are passed over
 * @param scanBytes    of an archive and all that is in it; what comes after is passed over
 * @param scanTime     after which it stops looking
 * @param depth        of archives in archives
 * @param files        in an archive
 * @param alerts       it reports what it passed over ({@code AlertExceedsMax})
 * @param fromFile     they were read from its configuration
 */
record ClamdLimits(long streamBytes, long fileBytes, long scanBytes, Duration scanTime, int depth, int files, boolean alerts, boolean fromFile) {
    /** ClamAV's own limit whatever its configuration says (clamd.conf(5), MaxFileSize). */
    static final long HARD = (2L << 30) - 1;
    private static final long MIB = 1L << 20;
    /** The smallest defaults of any release: those before 0.105, and Debian's to this day. */
    static final ClamdLimits CONSERVATIVE = new ClamdLimits(25 * MIB, 25 * MIB, 100 * MIB, Duration.ofSeconds(120), 15, 10_000, false, false);
    private static final ClamdLimits SINCE_0_105 = new ClamdLimits(100 * MIB, 100 * MIB, 400 * MIB, Duration.ofSeconds(120), 17, 10_000, false,
            false);
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([kKmMgG]?)");
    private static final Pattern VERSION = Pattern.compile("ClamAV ([0-9]{1,4})\\.([0-9]{1,4}).*");

    /**
     * Of a configuration file.
     *
     * @param engine as it names itself, such as {@code ClamAV 1.4.3}: decides the limits that the file does not name
     */
    static ClamdLimits parse(List<String> configuration, String engine) {
        Map<String, String> options = options(configuration);
        ClamdLimits usual = isSince0105(engine) ? SINCE_0_105 : CONSERVATIVE;
        Duration time = number(options, "maxscantime").map(millis -> Duration.ofMillis(millis == 0 ? Integer.MAX_VALUE
                : millis)).orElse(usual.scanTime);
        return new ClamdLimits(size(options, "streammaxlength", usual.streamBytes), size(options, "maxfilesize", usual.fileBytes),
                size(options, "maxscansize", usual.scanBytes), time, count(options, "maxrecursion", usual.depth),
                count(options, "maxfiles", usual.files), isYes(options.getOrDefault("alertexceedsmax", "no")), true);
    }

    /** Option names in lower case; the last of several counts. */
    static Map<String, String> options(List<String> configuration) {
        Map<String, String> options = new HashMap<>();
        for (String line : configuration) {
            String[] parts = line.strip().split("\\s+", 2);
            if (parts.length == 2 && !parts[0].startsWith("#")) {
                options.put(parts[0].toLowerCase(Locale.ROOT), unquoted(parts[1].strip()));
            }
        }
        return options;
    }

    /** The largest file that is looked at as a whole. */
    long largestBytes() {
        return Math.min(Math.min(streamBytes, HARD), Math.min(fileBytes, scanBytes));
    }

    private static boolean isSince0105(String engine) {
        Matcher version = VERSION.matcher(engine);
        return version.matches() && (Integer.parseInt(version.group(1)) > 0 || Integer.parseInt(version.group(2)) >= 105);
    }

    private static boolean isYes(String value) {
        return List.of("yes", "true", "1").contains(value.toLowerCase(Locale.ROOT));
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"") ? value.substring(1, value.length() - 1) : value;
    }

    private static long size(Map<String, String> options, String name, long usual) {
        // 0 is "no limit" in ClamAV's language, and then its own limit holds
        return number(options, name).map(value -> value == 0 ? HARD : Math.min(value, HARD)).orElse(usual);
    }

    private static int count(Map<String, String> options, String name, int usual) {
        return number(options, name).map(value -> value == 0 ? Integer.MAX_VALUE : (int) Math.min(value, Integer.MAX_VALUE)).orElse(usual);
    }

    private static Optional<Long> number(Map<String, String> options, String name) {
        Matcher size = SIZE.matcher(options.getOrDefault(name, ""));
        if (!size.matches()) {
            return Optional.empty();
        }
        int shift = switch (size.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
        };
        return Optional.of(Long.parseLong(size.group(1)) << shift);
    }
}
