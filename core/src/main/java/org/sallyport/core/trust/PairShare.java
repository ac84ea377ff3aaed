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
            throw PairingMessages.malformed();
        }
        return new PairShare(received.clone());
    }

    /** For the pairing connection and nothing else. */
    public byte[] toWire() {
        return copy();
    }
}
