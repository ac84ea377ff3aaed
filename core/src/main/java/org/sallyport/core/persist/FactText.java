package org.sallyport.core.persist;

import java.util.Map;
import java.util.TreeMap;

/** Facts of an event as one text column: a line {@code key=value} for each, sorted, so that it can be read with any SQLite tool. */
final class FactText {
    private FactText() { }

    static String write(Map<String, String> facts) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(facts).forEach((key, value) -> text.append(escape(key)).append('=').append(escape(value)).append('\n'));
        return text.toString();
    }

    /** @throws IllegalArgumentException if the text was not made by {@link #write} */
    static Map<String, String> read(String text) {
        Map<String, String> facts = new TreeMap<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int equals = text.indexOf('=', start);
            if (end < 0 || equals < 0 || equals > end) {
                throw new IllegalArgumentException("facts: no key and value at " + start);
            }
            facts.put(unescape(text.substring(start, equals)), unescape(text.substring(equals + 1, end)));
            start = end + 1;
        }
        return Map.copyOf(facts);
    }

    // a text column ends at a zero character for most tools, so it is escaped too
    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("=", "\\e").replace("\0", "\\0");
    }

    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            plain.append(c == '\\' ? unescaped(text, ++i) : c);
        }
        return plain.toString();
    }

    private static char unescaped(String text, int index) {
        char code = index < text.length() ? text.charAt(index) : ' ';
        return switch (code) {
            case '\\' -> '\\';
            case 'n' -> '\n';
            case 'e' -> '=';
            case '0' -> '\0';
            default -> throw new IllegalArgumentException("facts: escape " + code + " at " + index);
        };
    }
}
