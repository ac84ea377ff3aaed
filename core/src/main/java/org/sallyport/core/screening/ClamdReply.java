package org.sallyport.core.screening;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What clamd said. Nothing but exactly {@code stream: OK} is clean (clamd(8), "INSTREAM").
 *
 * @param text name of the malware, or the error in its words; made safe to show
 */
record ClamdReply(Kind kind, String text) {
    private static final int MAX_TEXT = 120;
    private static final String FOUND = " FOUND";
    /** With ExtendedDetectionInfo a name is followed by hash and size. */
    private static final Pattern EXTENDED = Pattern.compile("(.*)\\([0-9a-f]{32,128}:[0-9]+\\)");
    private static final Pattern VERSION = Pattern.compile("(ClamAV [0-9A-Za-z.+~_-]{1,40})(?:/([0-9]{1,10})/(.{1,40}))?");
    /** As ctime(3) writes it, in the local time of the daemon, which is ours: it is on this computer. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ENGLISH);

    /** ENCRYPTED, LIMITS: it did not look at all of it, and says so. TOO_LONG: more than it lets itself be sent. */
    enum Kind { CLEAN, FOUND, ENCRYPTED, LIMITS, TOO_LONG, ERROR }

    static ClamdReply parse(String reply) {
        if (reply.equals("stream: OK")) {
            return new ClamdReply(Kind.CLEAN, "");
        }
        if (reply.startsWith("INSTREAM size limit exceeded")) {
            return new ClamdReply(Kind.TOO_LONG, "");
        }
        int colon = reply.indexOf(": ");
        if (!reply.startsWith("stream") || !reply.endsWith(FOUND) || colon < 0 || colon + 2 > reply.length() - FOUND.length()) {
            return new ClamdReply(Kind.ERROR, plain(reply));
        }
        String name = reply.substring(colon + 2, reply.length() - FOUND.length());
        Matcher extended = EXTENDED.matcher(name);
        name = plain(extended.matches() ? extended.group(1) : name);
        if (name.startsWith("Heuristics.Limits.Exceeded")) {
            return new ClamdReply(Kind.LIMITS, name);
        }
        return new ClamdReply(name.startsWith("Heuristics.Encrypted") ? Kind.ENCRYPTED : Kind.FOUND, name);
    }

    /** @param definitionsAt the epoch if it does not say */
    record Version(String engine, String definitions, Instant definitionsAt) { }

    /** @throws ClamdException if that is not how clamd names itself */
    static Version version(String reply, ZoneId zone) throws ClamdException {
        Matcher matcher = VERSION.matcher(reply);
        if (!matcher.matches()) {
            throw new ClamdException("it does not name itself as ClamAV does");
        }
        if (matcher.group(2) == null) {
            return new Version(matcher.group(1), "", Instant.EPOCH);
        }
        return new Version(matcher.group(1), matcher.group(2), time(matcher.group(3), zone));
    }

    private static Instant time(String text, ZoneId zone) {
        try {
            return LocalDateTime.parse(text.strip().replaceAll(" +", " "), TIME).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH; // of unknown age, which is never called fresh
        }
    }

    private static String plain(String text) {
        String safe = text.replaceAll("[^\\x20-\\x7e]", "?").strip();
        return safe.length() <= MAX_TEXT ? safe : safe.substring(0, MAX_TEXT) + "…";
    }
}
