package org.sallyport.core.metainfo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes .torrent bytes for tests, valid until a test bends them. */
final class Torrents {
    static final int PIECE = 16 << 10;

    private Torrents() { }

    /** An info dictionary of one file, to be changed at will. */
    static Map<String, Object> single(String name, long length) {
        return new HashMap<>(Map.of("name", name, "length", length, "piece length", PIECE, "pieces", hashes(length)));
    }

    /** An info dictionary of a folder; the hashes fit the lengths of the files, which {@link #file} makes. */
    static Map<String, Object> folder(String name, List<Map<String, Object>> files) {
        long total = files.stream().mapToLong(f -> ((Number) f.get("length")).longValue()).sum();
        return new HashMap<>(Map.of("name", name, "files", new ArrayList<>(files), "piece length", PIECE, "pieces", hashes(total)));
    }

    static Map<String, Object> file(long length, String... path) {
        return new HashMap<>(Map.of("length", length, "path", List.of(path)));
    }

    static byte[] hashes(long total) {
        byte[] hashes = new byte[(int) ((total + PIECE - 1) / PIECE) * 20];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = (byte) (i / 20);
        }
        return hashes;
    }

    static byte[] torrent(Map<String, Object> info) {
        return torrent(info, Map.of());
    }

    /** @param outer keys beside {@code info} */
    static byte[] torrent(Map<String, Object> info, Map<String, ?> outer) {
        Map<String, Object> torrent = new HashMap<>(outer);
        torrent.put("info", info);
        return Bencode.encode(torrent);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
