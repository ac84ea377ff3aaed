package org.sallyport.core.trust;

import java.security.MessageDigest;
import java.security.SecureRandom;

/** Bytes that must not be seen: never printed, compared in constant time. */
abstract sealed class Secret permits PairKey, PairShare, PairingSecret {
    private final byte[] content;

    /** Takes {@code content} over. */
    Secret(byte[] content, int length) {
        if (content.length != length) {
            throw new IllegalArgumentException(getClass().getSimpleName() + " of " + content.length + " bytes");
        }
        this.content = content;
    }

    static byte[] random(SecureRandom random, int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        return content;
    }

    /** A fresh copy. */
    final byte[] copy() {
        return content.clone();
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Secret secret && secret.getClass() == getClass() && MessageDigest.isEqual(content, secret.content);
    }

    /** Of the kind only: a hash of the content would tell about it. */
    @Override
    public final int hashCode() {
        return getClass().hashCode();
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "(hidden)";
    }
}
