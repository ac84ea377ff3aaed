package org.sallyport.core.trust;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256, and what is made of it. */
final class Hashing {
    static final int LENGTH = 32;
    private static final String HMAC = "HmacSHA256";

    private Hashing() { }

    static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Ready to be used many times: {@code doFinal} starts it over with the same key. One thread. */
    static Mac hmac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    /**
     * RFC 5869 with SHA-256 and no salt. Not Bouncy Castle's: every start with a device key needs this, and to load one class from that signed
     * jar takes more than half a second, for the JVM checks the list of all the others in it.
     * @param purpose the "info": other purpose, other key @param length 1 to 8160
     */
    static byte[] hkdf(byte[] material, String purpose, int length) {
        Mac expand = hmac(hmac(new byte[LENGTH]).doFinal(material));
        byte[] key = new byte[length];
        byte[] block = new byte[0];
        for (int at = 0, count = 1; at < length; at += LENGTH, count++) {
            expand.update(block);
            expand.update(ascii(purpose));
            block = expand.doFinal(new byte[] {(byte) count});
            System.arraycopy(block, 0, key, at, Math.min(LENGTH, length - at));
        }
        return key;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] join(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** The failure of a call whose arguments are all ours. */
    static IllegalStateException impossible(GeneralSecurityException e) {
        return new IllegalStateException("this Java lacks an algorithm that Java 17 has", e);
    }
}
