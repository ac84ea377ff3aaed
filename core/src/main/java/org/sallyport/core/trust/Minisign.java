package org.sallyport.core.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.sallyport.core.model.Bytes;

/**
 * A signature file of minisign: Ed25519 over the BLAKE2b-512 of a file, and a comment that is signed, too. The old form, over the file
 * itself, is not checked: the whole file would have to be in memory.
 *
 * @param publisherId in the publisher book: the key's number
 * @param signature   64 bytes; @param commentSignature 64 bytes, over the signature and the comment
 */
public record Minisign(String publisherId, Bytes signature, String comment, Bytes commentSignature) {
    /** Of a signature file; honest ones have less than a kilobyte. */
    public static final int MAX_BYTES = 16 << 10;
    private static final String UNTRUSTED = "untrusted comment:";
    private static final String TRUSTED = "trusted comment: ";
    private static final int HEAD = 10;
    private static final int SIGNATURE = 64;
    private static final int DIGEST_BITS = 512;
    private static final int CHUNK = 64 << 10;

    /** @param content from a stranger @throws TrustException if it is no signature file of the present form */
    public static Minisign read(byte[] content) throws TrustException {
        List<String> lines = new String(content, StandardCharsets.UTF_8).lines().limit(5).toList();
        if (content.length > MAX_BYTES || lines.size() < 4 || !lines.get(0).startsWith(UNTRUSTED) || !lines.get(2).startsWith(TRUSTED)) {
            throw new TrustException("this is no signature of minisign");
        }
        byte[] signature = PublisherFile.decoded(lines.get(1));
        byte[] global = PublisherFile.decoded(lines.get(3));
        if (signature.length != HEAD + SIGNATURE || signature[0] != 'E' || signature[1] != 'D' || global.length != SIGNATURE) {
            throw new TrustException("this signature of minisign has another form than the present one");
        }
        return new Minisign(PublisherFile.minisignId(Arrays.copyOfRange(signature, 2, HEAD)),
                Bytes.copyOf(Arrays.copyOfRange(signature, HEAD, HEAD + SIGNATURE)), lines.get(2).substring(TRUSTED.length()), Bytes.copyOf(global));
    }

    /** Whether the holder of {@code key} signed exactly these bytes. Reads them to their end. */
    public boolean holds(InputStream content, PublisherKey key) throws IOException {
        Blake2bDigest digest = new Blake2bDigest(DIGEST_BITS);
        byte[] chunk = new byte[CHUNK];
        for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
            digest.update(chunk, 0, read);
        }
        byte[] hash = new byte[DIGEST_BITS / 8];
        digest.doFinal(hash, 0);
        byte[] commented = Hashing.join(signature.toArray(), comment.getBytes(StandardCharsets.UTF_8));
        return key.isEd25519() && key.check(hash, signature) == PublisherKey.Check.GOOD
                && key.check(commented, commentSignature) == PublisherKey.Check.GOOD;
    }
}
