package org.sallyport.core.trust;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * The name a ClientHello asks for: a one-time token that only a paired device can make, as one DNS label of 52 characters. The bytes:
 * nonce (12) and the first 20 of HMAC-SHA256(key, "sni1" ‖ nonce ‖ epoch ‖ key hash of the device asked), where the epoch counts spans
 * of 120 s since 1970 (research/security.md §3.4).
 */
final class SniToken {
    static final int LABEL_LENGTH = 52;
    static final long EPOCH_SECONDS = 120;
    private static final int NONCE = 12;
    private static final int TAG = 20;
    private static final byte[] PURPOSE = Hashing.ascii("sni1");

    private SniToken() { }

    /** A fresh label; never use one for two connections. @param asked the device that is dialled */
    static String label(Secret key, DeviceId asked, Instant now, SecureRandom random) {
        byte[] nonce = Secret.random(random, NONCE);
        return Base32.encode(Hashing.join(nonce, tag(Hashing.hmac(key.copy()), nonce, epoch(now), asked.keyHash().toArray())));
    }

    /** A label taken apart; whether the tag is right is not known yet. */
    record Parts(byte[] nonce, byte[] tag) { }

    /** Empty for what cannot be a token. Cheap. */
    static Optional<Parts> split(String label) {
        if (label.length() != LABEL_LENGTH) {
            return Optional.empty();
        }
        return Base32.decode(label).map(bytes -> new Parts(Arrays.copyOf(bytes, NONCE), Arrays.copyOfRange(bytes, NONCE, bytes.length)));
    }

    static long epoch(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), EPOCH_SECONDS);
    }

    static byte[] tag(Mac mac, byte[] nonce, long epoch, byte[] askedKeyHash) {
        mac.update(PURPOSE);
        mac.update(nonce);
        mac.update(ByteBuffer.allocate(Long.BYTES).putLong(epoch).array());
        mac.update(askedKeyHash);
        return Arrays.copyOf(mac.doFinal(), TAG);
    }
}
