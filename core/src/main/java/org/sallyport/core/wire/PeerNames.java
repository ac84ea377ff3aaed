package org.sallyport.core.wire;

import static java.util.Map.entry;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Map;
import org.sallyport.core.model.Bytes;

/** What to call a peer: names it sent, made safe to show and log. */
public final class PeerNames {
    private static final int MAX_LENGTH = 64;
    /** The two letters of BEP 20, and those that clients of today use besides. */
    private static final Map<String, String> AZUREUS = Map.ofEntries(
            entry("7T", "aTorrent"), entry("A2", "aria2"), entry("AB", "AnyEvent::BitTorrent"), entry("AG", "Ares"), entry("AR", "Arctic"),
            entry("AT", "Artemis"), entry("AV", "Avicora"), entry("AX", "BitPump"), entry("AZ", "Vuze"), entry("BB", "BitBuddy"),
            entry("BC", "BitComet"), entry("BF", "Bitflu"), entry("BG", "BTG"), entry("BI", "BiglyBT"), entry("BL", "BitCometLite"),
            entry("BP", "BitTorrent Pro"), entry("BR", "BitRocket"), entry("BS", "BTSlave"), entry("BT", "BitTorrent"), entry("BW", "BitWombat"),
            entry("CD", "Enhanced CTorrent"), entry("CT", "CTorrent"), entry("DE", "Deluge"), entry("DP", "Propagate"), entry("EB", "EBit"),
            entry("ES", "electric sheep"), entry("FC", "FileCroc"), entry("FD", "Free Download Manager"), entry("FL", "Folx"),
            entry("FT", "FoxTorrent"),
            entry("FW", "FrostWire"), entry("FX", "Freebox"), entry("GS", "GSTorrent"), entry("GT", "anacrolix/torrent"), entry("HL", "Halite"),
            entry("KG", "KGet"), entry("KT", "KTorrent"), entry("LC", "LeechCraft"), entry("LP", "Lphant"), entry("LT", "libtorrent"),
            entry("LW", "LimeWire"), entry("MG", "MediaGet"), entry("MO", "MonoTorrent"), entry("MP", "MooPolice"), entry("MR", "Miro"),
            entry("MT", "MoonlightTorrent"), entry("NX", "Net Transport"), entry("OT", "OmegaTorrent"), entry("PC", "CacheLogic"),
            entry("PD", "Pando"),
            entry("PI", "PicoTorrent"), entry("QD", "QQDownload"), entry("RT", "Retriever"), entry("SB", "Swiftbit"), entry("SD", "Thunder"),
            entry("SN", "ShareNET"), entry("SP", "BitSpirit"), entry("SS", "SwarmScope"), entry("ST", "SymTorrent"), entry("SY", "Sallyport"),
            entry("TL", "Tribler"),
            entry("TN", "TorrentDotNET"), entry("TR", "Transmission"), entry("TS", "Torrentstorm"), entry("TT", "TuoTu"), entry("TX", "Tixati"),
            entry("UL", "uLeecher!"), entry("UM", "µTorrent Mac"), entry("UT", "µTorrent"), entry("UW", "µTorrent Web"), entry("VG", "Vagaa"),
            entry("WD", "WebTorrent Desktop"), entry("WT", "BitLet"), entry("WW", "WebTorrent"), entry("WY", "FireTorrent"), entry("XL", "Xunlei"),
            entry("XT", "XanTorrent"), entry("XX", "Xtorrent"), entry("ZO", "Zona"), entry("ZT", "ZipTorrent"), entry("bt", "bt"),
            entry("hk", "hekate"), entry("hM", "hMule"), entry("ky", "KyTorrent"), entry("lt", "rTorrent"), entry("pb", "pbTorrent"),
            entry("qB", "qBittorrent"), entry("rs", "Rain"), entry("st", "SharkTorrent"), entry("wt", "WebTorrent"));

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
