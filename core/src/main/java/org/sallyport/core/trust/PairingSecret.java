package org.sallyport.core.trust;

import java.security.SecureRandom;

/** What a pairing code lets its holder do: knock once. 128 random bits. */
public final class PairingSecret extends Secret {
    static final int LENGTH = 16;

    PairingSecret(byte[] content) {
        super(content, LENGTH);
    }

    static PairingSecret make(SecureRandom random) {
        return new PairingSecret(random(random, LENGTH));
    }

    /**
     * For two people who told each other their device ids. Whoever knows both ids can make it, too, and learns nothing:
     * the certificate it gets to see says no more than the id, and pairing goes on only with the key of the other id.
     */
    static PairingSecret ofIds(DeviceId one, DeviceId other) {
        boolean ordered = one.keyHash().compareTo(other.keyHash()) < 0;
        byte[] lower = (ordered ? one : other).keyHash().toArray();
        byte[] higher = (ordered ? other : one).keyHash().toArray();
        return new PairingSecret(Hashing.hkdf(Hashing.join(lower, higher), "sallyport-voice", LENGTH));
    }
}
