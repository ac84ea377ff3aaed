package org.sallyport.core.metainfo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.sallyport.core.model.RefusedException;

/** Signs a new torrent, and states more under the signature than BEP 35 asks for: see {@link SignedExtras}. */
final class TorrentSealing {
    private static final int CHUNK = 256 << 10;

    private TorrentSealing() { }

    /** Puts {@code signatures} into a torrent that is complete otherwise. Reads all files again. */
    static void sign(Map<String, Object> torrent, AuthorSource source, List<Signing> signings, BooleanSupplier cancelled)
            throws RefusedException, IOException {
        if (signings.isEmpty()) {
            return;
        }
        byte[] hashes = fileHashes(source, cancelled);
        byte[] unsigned = Bencode.encode(torrent);
        BencodeDict read = Bencode.decodeDict(unsigned, BencodeLimits.TORRENT);
        byte[] sources = SourceDigest.of(read, unsigned).toArray();
        byte[] info = Arrays.copyOfRange(unsigned, read.rawStart("info"), read.rawEnd("info"));
        Map<String, Object> entries = new HashMap<>();
        for (Signing signing : signings) {
            entries.put(signing.id(), entry(signing, info, hashes, sources));
        }
        torrent.put("signatures", entries);
    }

    private static Map<String, Object> entry(Signing signing, byte[] info, byte[] hashes, byte[] sources) {
        Map<String, Object> own = new HashMap<>(Map.of("purpose", SignedExtras.PUBLISH, "sha256", hashes, "sources", sources));
        if (!signing.expires().equals(Instant.MAX)) {
            own.put("expires", signing.expires().getEpochSecond());
        }
        if (signing.ed25519Key().length() > 0) {
            own.put("x-ed25519", signing.ed25519Key());
        }
        byte[] encoded = Bencode.encode(own);
        byte[] signed = Arrays.copyOf(info, info.length + encoded.length);
        System.arraycopy(encoded, 0, signed, info.length, encoded.length);
        Map<String, Object> entry = new HashMap<>(Map.of("info", own, "signature", signing.key().sign(signed)));
        if (signing.certificate().length() > 0) {
            entry.put("certificate", signing.certificate());
        }
        return entry;
    }

    private static byte[] fileHashes(AuthorSource source, BooleanSupplier cancelled) throws IOException {
        List<byte[]> all = new ArrayList<>();
        byte[] chunk = new byte[CHUNK];
        for (AuthorSource.Item item : source.items()) {
            MessageDigest digest = SourceDigest.sha256();
            try (InputStream in = Files.newInputStream(item.file(), LinkOption.NOFOLLOW_LINKS)) {
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    PieceHashing.throwIfCancelled(cancelled);
                    digest.update(chunk, 0, read);
                }
            }
            all.add(digest.digest());
        }
        byte[] joined = new byte[all.size() * SignedExtras.HASH_BYTES];
        for (int i = 0; i < all.size(); i++) {
            System.arraycopy(all.get(i), 0, joined, i * SignedExtras.HASH_BYTES, SignedExtras.HASH_BYTES);
        }
        return joined;
    }
}
