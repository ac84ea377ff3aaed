package org.sallyport.core.metainfo;

/** Makes text from a stranger safe to show and to log: nothing that hides, reorders or starts a new line. */
public final class DisplayText {
    private DisplayText() { }

    /** One line, at most {@code max} characters. */
    public static String line(String raw, int max) {
        return clean(raw, max, false).strip();
    }

    /** As {@link #line}, but line feeds stay. */
    public static String lines(String raw, int max) {
        return clean(raw, max, true).strip();
    }

    private static String clean(String raw, int max, boolean keepLineFeeds) {
        StringBuilder clean = new StringBuilder(Math.min(raw.length(), max));
        int at = 0;
        while (at < raw.length()) {
            int c = raw.codePointAt(at);
            at += Character.charCount(c);
            if (clean.length() + Character.charCount(c) > max) {
                return clean.append('…').toString();
            }
            if (c == '\n' && keepLineFeeds) {
                clean.append('\n');
            } else {
                append(clean, c);
            }
        }
        return clean.toString();
    }

    private static void append(StringBuilder clean, int c) {
        switch (Character.getType(c)) {
            case Character.FORMAT -> { }
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> clean.append(' ');
            case Character.SURROGATE -> clean.append('\uFFFD');
            default -> clean.appendCodePoint(c);
        }
    }
}
