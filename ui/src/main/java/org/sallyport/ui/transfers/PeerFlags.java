package org.sallyport.ui.transfers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.sallyport.ui.i18n.Messages;

/** What the letters of the flags column mean. */
final class PeerFlags {
    private static final Map<Integer, String> MEANINGS = meanings();

    private PeerFlags() { }

    /** A line each: the letter, two spaces, its meaning. */
    private static Map<Integer, String> meanings() {
        Map<Integer, String> meanings = new LinkedHashMap<>();
        Messages.text("peers.flags.legend").lines().forEach(line -> meanings.put(line.codePointAt(0), line.substring(1).strip()));
        return meanings;
    }

    /** All letters there are, with their meanings. */
    static Map<Integer, String> all() {
        return MEANINGS;
    }

    /** What these letters say, a line each. */
    static String words(String flags) {
        return flags.codePoints().filter(MEANINGS::containsKey).mapToObj(letter -> Character.toString(letter) + "  " + MEANINGS.get(letter))
                .collect(Collectors.joining("\n"));
    }
}
