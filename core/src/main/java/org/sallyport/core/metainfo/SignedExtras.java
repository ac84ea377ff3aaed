package org.sallyport.core.metainfo;

import java.time.Instant;
import org.sallyport.core.model.Bytes;

/**
 * What a signer states besides the torrent itself, in the {@code info} of the signature (BEP 35 leaves it open). Everything in it is
 * covered by the signature, and what is stated is enforced.
 *
 * @param ed25519Key {@code x-ed25519}: the raw public key, 32 bytes; empty for an RSA signature
 * @param fileHashes {@code sha256}: the SHA-256 of each file in torrent order, 32 bytes each, zeros for padding; empty for none
 * @param sources    {@code sources}: see {@link SourceDigest}, 32 bytes; empty for none
 * @param expires    {@code expires}: when it stops to hold; {@link Instant#MAX} for never
 * @param purpose    {@code purpose}: what it was signed for; empty for none
 */
public record SignedExtras(Bytes ed25519Key, Bytes fileHashes, Bytes sources, Instant expires, String purpose) {
    /** What this program signs for, and accepts. */
    public static final String PUBLISH = "publish";

    static final int HASH_BYTES = 32;
    static final SignedExtras NONE = new SignedExtras(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY, Instant.MAX, "");
}
