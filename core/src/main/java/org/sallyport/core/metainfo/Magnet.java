package org.sallyport.core.metainfo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.RefusedException;

/**
 * What a magnet link says (BEP 9, 53). Nothing of it is proved but the hash; the list of files comes from peers.
 *
 * @param hash      of version 1
 * @param name      safe to show, at most 255 characters; empty when there is none
 * @param sizeBytes as claimed; 0 when not told
 * @param trackers  http, https or udp, at most 100; each is a tier of its own
 * @param webSeeds  http or https, at most 50
 * @param peers     at most 50
 * @param selected  0-based indexes of the files that are wanted; empty for all
 * @param notes     what was left out; whole sentences
 */
public record Magnet(
        InfoHash hash, String name, long sizeBytes, List<String> trackers, List<String> webSeeds, List<PeerAddress> peers,
        Set<Integer> selected, List<String> notes) {
    public static final int MAX_CHARS = 64 << 10;
    static final int MAX_TRACKERS = 100;
    static final int MAX_PEERS = 50;
    static final int MAX_NAME_CHARS = 255;

    public Magnet {
        trackers = List.copyOf(trackers);
        webSeeds = List.copyOf(webSeeds);
        peers = List.copyOf(peers);
        selected = Set.copyOf(selected);
        notes = List.copyOf(notes);
    }

    /** @throws RefusedException with a rule {@code magnet.…} */
    public static Magnet parse(String text) throws RefusedException {
        return MagnetReader.read(text);
    }

    /** Whether it means to be one, whatever it is worth. */
    public static boolean looksLikeOne(String text) {
        return text.strip().regionMatches(true, 0, MagnetReader.SCHEME, 0, MagnetReader.SCHEME.length());
    }

    /** The link for a torrent. @param tiers its present trackers */
    public static Magnet of(Metainfo metainfo, List<List<String>> tiers) {
        return new Magnet(metainfo.hash(), metainfo.name(), metainfo.preview().totalBytes(), tiers.stream().flatMap(List::stream)
                .limit(MAX_TRACKERS).toList(),
                metainfo.webSeeds().stream().filter(seed -> seed.kind() == WebSeed.Kind.FILES).map(WebSeed::url).toList(), List.of(),
                Set.of(), List.of());
    }

    /** The name, as a file or folder may be called until the right one is known. */
    public String safeName() {
        return PathRule.element(name.isEmpty() ? hash.hex() : name);
    }

    public List<List<String>> tiers() {
        return trackers.stream().map(List::of).toList();
    }

    /** The link as text that every client reads. */
    public String text() {
        StringBuilder text = new StringBuilder("magnet:?xt=urn:btih:").append(hash.hex());
        if (!name.isEmpty()) {
            text.append("&dn=").append(PercentText.encode(name));
        }
        if (sizeBytes > 0) {
            text.append("&xl=").append(sizeBytes);
        }
        trackers.forEach(url -> text.append("&tr=").append(PercentText.encode(url)));
        webSeeds.forEach(url -> text.append("&ws=").append(PercentText.encode(url)));
        peers.forEach(peer -> text.append("&x.pe=").append(peer)); // libtorrent does not decode these two
        if (!selected.isEmpty()) {
            text.append("&so=").append(ranges());
        }
        return text.toString();
    }

    private String ranges() {
        StringBuilder text = new StringBuilder();
        int first = -1;
        int last = -2;
        for (int index : new TreeSet<>(selected)) {
            if (index != last + 1) {
                range(text, first, last);
                first = index;
            }
            last = index;
        }
        range(text, first, last);
        return text.toString();
    }

    private static void range(StringBuilder text, int first, int last) {
        if (first >= 0) {
            text.append(text.isEmpty() ? "" : ",").append(first).append(last > first ? "-" + last : "");
        }
    }

    /**
     * The torrent that this link stands for.
     *
     * @param info its raw info dictionary, from a peer
     * @throws RefusedException {@code magnet.wrong-info} if it belongs to another hash, or as {@link MetainfoReader#read(byte[])}
     */
    public Metainfo with(byte[] info) throws RefusedException {
        Map<String, Object> torrent = new LinkedHashMap<>();
        torrent.put("info", Bencode.decodeDict(info, BencodeLimits.TORRENT));
        if (!trackers.isEmpty()) {
            torrent.put("announce", trackers.get(0));
            torrent.put("announce-list", tiers());
        }
        if (!webSeeds.isEmpty()) {
            torrent.put("url-list", webSeeds);
        }
        Metainfo metainfo = MetainfoReader.readOwned(Bencode.encode(torrent));
        if (!metainfo.hash().equals(hash)) {
            throw new RefusedException("magnet.wrong-info",
                    "What came for this link belongs to another torrent, so it was not used. Try again later.");
        }
        return metainfo;
    }
}
