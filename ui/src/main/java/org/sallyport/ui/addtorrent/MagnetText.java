package org.sallyport.ui.addtorrent;

import java.nio.charset.StandardCharsets;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a magnet link (BEP 9) says of itself, to show at once. Nothing here is believed: whether the link is good, and what it stands for,
 * the engine says.
 *
 * @param name     empty when the link has none; likewise @param hash
 * @param trackers in the order of the link
 * @param selected files the link chooses (BEP 53 {@code so}); empty for all
 */
record MagnetText(String name, String hash, List<String> trackers, BitSet selected) {
    private static final String SCHEME = "magnet:?";
    private static final int MOST_CHARS = 64 << 10;
    private static final int MOST_LINKS = 20;
    private static final int MOST_NAME = 200;
    private static final int HIGHEST_FILE = 1_000_000;

    static boolean isLink(String text) {
        return text.length() <= MOST_CHARS && text.strip().toLowerCase(Locale.ROOT).startsWith(SCHEME);
    }

    /** One link a line; other lines are left out. */
    static List<String> linksIn(String text) {
        return text.lines().map(String::strip).filter(MagnetText::isLink).limit(MOST_LINKS).toList();
    }

    static MagnetText of(String link) {
        List<String> trackers = new ArrayList<>();
        BitSet selected = new BitSet();
        String name = "";
        String hash = "";
        for (String pair : link.strip().substring(SCHEME.length()).split("&")) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? "" : pair.substring(0, equals).toLowerCase(Locale.ROOT).replaceFirst("\\.[0-9]+$", "");
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            switch (key) {
                case "dn" -> name = shown(value);
                case "tr" -> trackers.add(shown(value));
                case "xt" -> hash = value.startsWith("urn:btih:") ? shown(value.substring("urn:btih:".length())) : hash;
                case "so" -> select(value, selected);
                default -> { }
            }
        }
        return new MagnetText(name, hash, List.copyOf(trackers), selected);
    }

    /** A plus sign is a plus sign: only in web forms does it stand for a space. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Without signs that turn the direction of writing or cannot be seen. */
    private static String shown(String text) {
        String clean = text.codePoints().filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
                .mapToObj(Character::toString).collect(Collectors.joining()).strip();
        return clean.length() <= MOST_NAME ? clean : clean.substring(0, MOST_NAME) + "…";
    }

    private static void select(String ranges, BitSet selected) {
        for (String range : Arrays.asList(ranges.split(","))) {
            if (range.matches("[0-9]{1,6}(-[0-9]{1,6})?")) {
                String[] ends = range.split("-");
                int from = Integer.parseInt(ends[0]);
                int to = Integer.parseInt(ends[ends.length - 1]);
                if (from <= to && to <= HIGHEST_FILE) {
                    selected.set(from, to + 1);
                }
            }
        }
    }
}
