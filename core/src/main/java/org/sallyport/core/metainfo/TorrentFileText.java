package org.sallyport.core.metainfo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sallyport.core.model.RefusedException;

/** A torrent written as a .torrent file with the trackers it has now. */
public final class TorrentFileText {
    private TorrentFileText() { }

    /**
     * The .torrent file as it was read, to the byte in its info dictionary, with these trackers (BEP 12) instead of its own. Signatures
     * that hold for its own only are left out.
     */
    public static byte[] file(Metainfo metainfo, List<List<String>> tiers) {
        byte[] read = metainfo.fileBytes();
        Map<String, byte[]> values = new HashMap<>();
        BencodeDict torrent = decoded(read);
        torrent.keys().forEach(key -> values.put(key, Arrays.copyOfRange(read, torrent.rawStart(key), torrent.rawEnd(key))));
        if (values.containsKey("signatures") && tiers.equals(metainfo.tiers())) {
            return read;
        }
        if (metainfo.signatures().all().stream().anyMatch(signature -> signature.extras().sources().length() > 0)) {
            values.remove("signatures"); // they were made for other trackers, and would count as broken
        }
        values.remove("announce");
        values.remove("announce-list");
        List<List<String>> used = tiers.stream().filter(tier -> !tier.isEmpty()).toList();
        if (!used.isEmpty()) {
            String first = used.get(0).get(0);
            values.put("announce", (first.getBytes(StandardCharsets.UTF_8).length + ":" + first).getBytes(StandardCharsets.UTF_8));
        }
        if (used.stream().mapToInt(List::size).sum() > 1) {
            values.put("announce-list", list(used));
        }
        return dict(values);
    }

    private static BencodeDict decoded(byte[] read) {
        try {
            return Bencode.decodeDict(read, BencodeLimits.TORRENT);
        } catch (RefusedException e) {
            throw new IllegalStateException("it was read before", e);
        }
    }

    private static byte[] dict(Map<String, byte[]> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write('d');
        // in ISO-8859-1 the order of characters is the order of bytes
        new TreeMap<>(values).forEach((key, value) -> {
            out.writeBytes((key.length() + ":" + key).getBytes(StandardCharsets.ISO_8859_1));
            out.writeBytes(value);
        });
        out.write('e');
        return out.toByteArray();
    }

    private static byte[] list(List<List<String>> tiers) {
        StringBuilder text = new StringBuilder("l");
        for (List<String> tier : tiers) {
            text.append('l');
            tier.forEach(url -> text.append(url.getBytes(StandardCharsets.UTF_8).length).append(':').append(url));
            text.append('e');
        }
        return text.append('e').toString().getBytes(StandardCharsets.UTF_8);
    }
}
