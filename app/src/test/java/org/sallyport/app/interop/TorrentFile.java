package org.sallyport.app.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * A v1 torrent on disk (BEP 3).
 *
 * @param infoHash 40 lower-case hex digits
 */
record TorrentFile(Path path, String infoHash, int pieceCount) {

    static TorrentFile write(Path path, String announce, String name, List<Path> files, Path root, int pieceLength) {
        try {
            byte[] pieces = hash(files, pieceLength);
            ByteArrayOutputStream info = new ByteArrayOutputStream();
            text(info, "d5:filesl");
            for (Path file : files) {
                text(info, "d6:lengthi" + Files.size(file) + "e4:pathl");
                root.relativize(file).forEach(part -> text(info, string(part.toString())));
                text(info, "ee");
            }
            text(info, "e4:name" + string(name) + "12:piece lengthi" + pieceLength + "e6:pieces" + pieces.length + ":");
            info.writeBytes(pieces);
            text(info, "e");

            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            text(whole, "d8:announce" + string(announce) + "4:info");
            info.writeTo(whole);
            text(whole, "e");
            Files.write(path, whole.toByteArray());
            return new TorrentFile(path, HexFormat.of().formatHex(sha1().digest(info.toByteArray())), pieces.length / 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One file, not a folder; without a tracker. */
    static TorrentFile single(Path path, Path file, int pieceLength) {
        try {
            byte[] pieces = hash(List.of(file), pieceLength);
            ByteArrayOutputStream info = new ByteArrayOutputStream();
            text(info, "d6:lengthi" + Files.size(file) + "e4:name" + string(file.getFileName().toString()) + "12:piece lengthi" + pieceLength
                    + "e6:pieces" + pieces.length + ":");
            info.writeBytes(pieces);
            text(info, "e");

            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            text(whole, "d4:info");
            info.writeTo(whole);
            text(whole, "e");
            Files.write(path, whole.toByteArray());
            return new TorrentFile(path, HexFormat.of().formatHex(sha1().digest(info.toByteArray())), pieces.length / 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The same with this web server, without a tracker, in a file of that folder.
     *
     * @param key {@code url-list} (BEP 19) or {@code httpseeds} (BEP 17)
     */
    TorrentFile onTheWeb(Path folder, String key, String url) {
        try {
            String bare = Files.readString(withoutTrackers(folder), StandardCharsets.ISO_8859_1);
            String list = string(key) + "l" + string(url) + "e";
            String info = bare.substring(1, bare.length() - 1);
            Path file = folder.resolve(infoHash + "-" + key + ".torrent");
            Files.writeString(file, "d" + (key.compareTo("info") < 0 ? list + info : info + list) + "e", StandardCharsets.ISO_8859_1);
            return new TorrentFile(file, infoHash, pieceCount);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A link to it that names these peers, {@code HOST:PORT}, and the tracker if it is to be asked. */
    String magnet(boolean tracked, String... peers) {
        StringBuilder link = new StringBuilder("magnet:?xt=urn:btih:" + infoHash + "&dn=Interop+content");
        if (tracked) {
            link.append("&tr=").append(URLEncoder.encode(OpenTracker.ANNOUNCE, StandardCharsets.UTF_8));
        }
        for (String peer : peers) {
            link.append("&x.pe=").append(peer);
        }
        return link.toString();
    }

    /** The same without its {@code announce}, in a file of that folder: what is left is {@code info}. */
    Path withoutTrackers(Path folder) {
        try {
            String whole = Files.readString(path, StandardCharsets.ISO_8859_1);
            Path file = folder.resolve(infoHash + "-trackerless.torrent");
            return Files.writeString(file, "d" + whole.substring(whole.indexOf("4:info")), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] hash(List<Path> files, int pieceLength) throws IOException {
        List<InputStream> streams = new ArrayList<>();
        for (Path file : files) {
            streams.add(Files.newInputStream(file));
        }
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        MessageDigest sha1 = sha1();
        try (InputStream all = new SequenceInputStream(Collections.enumeration(streams))) {
            for (byte[] piece = all.readNBytes(pieceLength); piece.length > 0; piece = all.readNBytes(pieceLength)) {
                hashes.writeBytes(sha1.digest(piece));
            }
        }
        return hashes.toByteArray();
    }

    private static String string(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length + ":" + text;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
