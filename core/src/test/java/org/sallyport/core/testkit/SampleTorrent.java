package org.sallyport.core.testkit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.metainfo.MetainfoReader;
import org.sallyport.core.model.RefusedException;

/** A torrent and the content it was made from: random bytes, always the same; padding is zeros. */
public final class SampleTorrent {
    private final Metainfo metainfo;
    private final byte[] content;

    private SampleTorrent(Metainfo metainfo, byte[] content) {
        this.metainfo = metainfo;
        this.content = content;
    }

    /** One file of a folder torrent. @param path below the torrent's folder, with {@code /} between elements */
    public record Part(String path, int size, boolean pad) {
        public static Part file(String path, int size) {
            return new Part(path, size, false);
        }

        public static Part pad(int size) {
            return new Part(".pad/" + size, size, true);
        }
    }

    public static SampleTorrent single(String name, int pieceLength, int size) {
        byte[] content = random(size);
        return read(new HashMap<>(Map.of("name", name, "length", (long) size)), pieceLength, content);
    }

    public static SampleTorrent folder(String name, int pieceLength, Part... parts) {
        byte[] content = random(Arrays.stream(parts).mapToInt(Part::size).sum());
        List<Map<String, Object>> files = new ArrayList<>();
        int offset = 0;
        for (Part part : parts) {
            Map<String, Object> file = new HashMap<>(Map.of("length", (long) part.size(), "path", List.of(part.path().split("/"))));
            if (part.pad()) {
                file.put("attr", "p");
                Arrays.fill(content, offset, offset + part.size(), (byte) 0);
            }
            files.add(file);
            offset += part.size();
        }
        return read(new HashMap<>(Map.of("name", name, "files", files)), pieceLength, content);
    }

    /** The same content in a torrent whose peers are found by its tracker only (BEP 27). */
    public SampleTorrent asPrivate() {
        return read(new HashMap<>(Map.of("name", metainfo.name(), "length", (long) content.length, "private", 1L)), metainfo.pieceLength(), content);
    }

    private static byte[] random(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    private static SampleTorrent read(Map<String, Object> info, int pieceLength, byte[] content) {
        info.put("piece length", (long) pieceLength);
        info.put("pieces", hashes(content, pieceLength));
        try {
            return new SampleTorrent(MetainfoReader.read(Bencode.encode(Map.of("info", info))), content);
        } catch (RefusedException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] hashes(byte[] content, int pieceLength) {
        byte[] hashes = new byte[(content.length + pieceLength - 1) / pieceLength * 20];
        for (int piece = 0; piece * 20 < hashes.length; piece++) {
            byte[] bytes = Arrays.copyOfRange(content, piece * pieceLength, Math.min(content.length, (piece + 1) * pieceLength));
            System.arraycopy(sha1(bytes), 0, hashes, piece * 20, 20);
        }
        return hashes;
    }

    /** By the JDK's own provider, so that ours is checked by another. */
    public static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1", "SUN").digest(bytes);
        } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
            throw new IllegalStateException(e);
        }
    }

    public Metainfo metainfo() {
        return metainfo;
    }

    /** All files end to end, padding included; not a copy. */
    public byte[] content() {
        return content;
    }

    public byte[] piece(int piece) {
        int from = piece * metainfo.pieceLength();
        return Arrays.copyOfRange(content, from, from + metainfo.pieceBytes(piece));
    }

    public byte[] file(int index) {
        FileEntry file = metainfo.files().get(index);
        return Arrays.copyOfRange(content, (int) file.offset(), (int) (file.offset() + file.size()));
    }
}
