package org.sallyport.core.wire;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Map;
import org.sallyport.core.model.Bytes;

/** What to call a peer: names it sent, made safe to show and log. */
public final class PeerNames {
    private static final int MAX_LENGTH = 64;
    private static final Map<String, String> AZUREUS = Map.of(
            "TR", "Transmission", "qB", "qBittorrent", "lt", "rTorrent", "LT", "libtorrent", "A2", "aria2",
            "SP", "Sallyport", "UT", "µTorrent", "DE", "Deluge", "BI", "BiglyBT", "AZ", "Vuze");

    private PeerNames() { }

    /** Keeps letters, digits, punctuation and single spaces; everything else, bidi controls and loose accents included, becomes {@code ?}. */
    public static String printable(String raw) {
        // cut first, so that normalising cannot be made expensive
        String start = raw.substring(0, Math.min(raw.length(), 4 * MAX_LENGTH));
        StringBuilder safe = new StringBuilder();
        int shown = 0;
        for (int c : Normalizer.normalize(start, Normalizer.Form.NFC).codePoints().toArray()) {
            boolean space = Character.getType(c) == Character.SPACE_SEPARATOR;
            boolean repeated = space && (safe.isEmpty() || safe.charAt(safe.length() - 1) == ' ');
            if (!repeated && shown++ < MAX_LENGTH) {
                safe.appendCodePoint(space ? ' ' : isVisible(c) ? c : '?');
            }
        }
        return safe.toString().strip();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    // without a letter to stand on they pile up, over the lines of others
                    Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> false;
            default -> true;
        };
    }

    /** Reads the Azureus style {@code -XX1234-}; others are {@code unknown}. */
    public static String fromPeerId(Bytes peerId) {
        String id = new String(peerId.toArray(), StandardCharsets.ISO_8859_1);
        if (id.length() == 20 && id.charAt(0) == '-' && id.charAt(7) == '-') {
            String name = AZUREUS.getOrDefault(id.substring(1, 3), printable(id.substring(1, 3)));
            StringBuilder version = new StringBuilder();
            for (char c : id.substring(3, 6).toCharArray()) {
                int digit = Character.digit(c, 36);
                version.append(version.length() == 0 ? " " : ".").append(digit < 0 ? "?" : digit);
            }
            return name + version;
        }
        return "unknown";
    }
}
