package org.sallyport.core.discovery;

import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;
import org.sallyport.core.model.Bytes;

/** Proof that somebody is at his address: only who was sent a token there has it (BEP 5). Nothing is kept for those who got one. */
final class DhtTokens {
    static final long ROTATION_MILLIS = 5 * 60_000;
    private static final int TOKEN_BYTES = 8;
    private static final int SECRET_BYTES = 32;

    private final Random random;
    private byte[] secret;
    private byte[] before;
    private long rotatedAt;

    /** @param random nobody can guess */
    DhtTokens(Random random, long now) {
        this.random = random;
        this.secret = fresh();
        this.before = fresh();
        this.rotatedAt = now;
    }

    private byte[] fresh() {
        byte[] made = new byte[SECRET_BYTES];
        random.nextBytes(made);
        return made;
    }

    Bytes give(InetAddress to, NodeId hash, long now) {
        rotate(now);
        return Bytes.copyOf(of(secret, to, hash));
    }

    /** Whether it was given to that address for that torrent, five to ten minutes ago at most. */
    boolean isGood(Bytes token, InetAddress from, NodeId hash, long now) {
        rotate(now);
        byte[] given = token.toArray();
        return MessageDigest.isEqual(given, of(secret, from, hash)) | MessageDigest.isEqual(given, of(before, from, hash));
    }

    private void rotate(long now) {
        if (now - rotatedAt >= ROTATION_MILLIS) {
            before = now - rotatedAt >= 2 * ROTATION_MILLIS ? fresh() : secret;
            secret = fresh();
            rotatedAt = now;
        }
    }

    private static byte[] of(byte[] secret, InetAddress address, NodeId hash) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(secret);
            digest.update(hash.bytes());
            return Arrays.copyOf(digest.digest(address.getAddress()), TOKEN_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
