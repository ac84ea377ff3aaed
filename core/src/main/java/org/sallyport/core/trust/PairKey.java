package org.sallyport.core.trust;

/** The 32 bytes that two paired devices, and nobody else, know; what one-time tokens are made of (research/security.md §3.4). */
public final class PairKey extends Secret {
    static final int LENGTH = 32;

    PairKey(byte[] content) {
        super(content, LENGTH);
    }

    /** Both sides come to the same key; one honest share is enough to make it unknown to others. */
    public static PairKey agree(PairShare ofInitiator, PairShare ofResponder) {
        return new PairKey(Hashing.hkdf(Hashing.join(ofInitiator.copy(), ofResponder.copy()), "pair", LENGTH));
    }
}
