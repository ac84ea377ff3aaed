package org.sallyport.core.metainfo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.sallyport.core.model.Bytes;

/**
 * Binds trackers, web servers and nodes to a signature: the SHA-256 of a bencoded dictionary that has exactly those of the keys
 * {@code announce}, {@code announce-list}, {@code httpseeds}, {@code nodes}, {@code url-list} that the .torrent has, with the very bytes
 * of their values. BEP 35 signs only {@code info}, so without it a stranger could put in other trackers.
 */
final class SourceDigest {
    /** In the order of bencoding. */
    static final List<String> KEYS = List.of("announce", "announce-list", "httpseeds", "nodes", "url-list");

    private SourceDigest() { }

    /** @param source the bytes {@code torrent} was read from */
    static Bytes of(BencodeDict torrent, byte[] source) {
        MessageDigest digest = sha256();
        digest.update((byte) 'd');
        for (String key : KEYS) {
            if (torrent.has(key)) {
                digest.update((key.length() + ":" + key).getBytes(StandardCharsets.US_ASCII));
                digest.update(source, torrent.rawStart(key), torrent.rawEnd(key) - torrent.rawStart(key));
            }
        }
        digest.update((byte) 'e');
        return Bytes.copyOf(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
