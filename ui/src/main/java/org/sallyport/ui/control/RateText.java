package org.sallyport.ui.control;

import java.util.OptionalLong;

/** Limits of speed as people type them: whole KB a second, nothing for no limit. */
public final class RateText {
    /** As everywhere in the window: the numbers beside a download count in thousands, too. */
    private static final long KB = 1000;
    /** 10 GB a second. */
    private static final long MOST = 10_000_000 * KB;

    private RateText() { }

    /** @param bytesPerSecond 0 for no limit, which reads as an empty text */
    public static String of(long bytesPerSecond) {
        return bytesPerSecond <= 0 ? "" : Long.toString(Math.max(1, bytesPerSecond / KB));
    }

    /** Bytes per second, 0 for no limit; empty when the text is no such number. */
    public static OptionalLong parse(String text) {
        String number = text.strip();
        if (number.isEmpty()) {
            return OptionalLong.of(0);
        }
        if (!number.matches("[0-9]{1,9}")) {
            return OptionalLong.empty();
        }
        long bytes = Long.parseLong(number) * KB;
        return bytes > MOST ? OptionalLong.empty() : OptionalLong.of(bytes);
    }
}
