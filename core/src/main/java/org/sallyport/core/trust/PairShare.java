package org.sallyport.core.trust;

import java.security.SecureRandom;
import org.sallyport.core.model.RefusedException;

/** One side's random 32 bytes of a {@link PairKey}; sent once, inside the pairing connection. */
public final class PairShare extends Secret {
    public static final int LENGTH = 32;

    private PairShare(byte[] content) {
        super(content, LENGTH);
    }

    public static PairShare make(SecureRandom random) {
        return new PairShare(random(random, LENGTH));
    }

    /** @throws RefusedException {@code pairing.message} if there are not {@value #LENGTH} bytes */
    public static PairShare fromWire(byte[] received) throws RefusedException {
        if (received.length != LENGTH) {
            throw new RefusedException("pairing.message",
                    "The other device sent something that is not part of a pairing. Pair again; update Sallyport on both if it stays.");
        }
        return new PairShare(received.clone());
    }

    /** For the pairing connection and nothing else. */
    public byte[] toWire() {
        return copy();
    }
}
