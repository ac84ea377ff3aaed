package org.sallyport.core.trust;

import java.security.MessageDigest;
import java.security.SecureRandom;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.RefusedException;

/**
 * How both sides come to the same {@link SafetyWords} without one choosing them: the initiator commits to its nonce, the responder tells
 * its own, the initiator reveals. Each object serves one pairing, in this order; a step out of order is a bug of the caller.
 */
public final class WordExchange {
    public static final int NONCE_LENGTH = 32;
    public static final int COMMITMENT_LENGTH = Hashing.LENGTH;

    private WordExchange() { }

    /** The side that reads the code and connects. */
    public static final class Initiator {
        private final Bytes ownKey;
        private final Bytes otherKey;
        private final Bytes nonce;
        private boolean answered;

        /** @param ownKey SubjectPublicKeyInfo (DER), as is @param otherKey the one TLS verified */
        public Initiator(Bytes ownKey, Bytes otherKey, SecureRandom random) {
            this.ownKey = ownKey;
            this.otherKey = otherKey;
            this.nonce = Bytes.copyOf(Secret.random(random, NONCE_LENGTH));
        }

        /** First: send this. */
        public Bytes commitment() {
            return commit(ownKey, nonce);
        }

        /** Second: the responder's nonce. @throws RefusedException {@code pairing.message} */
        public SafetyWords receive(Bytes otherNonce) throws RefusedException {
            requireLength(otherNonce, NONCE_LENGTH);
            answered = true;
            return SafetyWords.of(ownKey, nonce, otherKey, otherNonce);
        }

        /** Third: send this. */
        public Bytes reveal() {
            requireStep(answered);
            return nonce;
        }
    }

    /** The side that shows the code and is connected to. */
    public static final class Responder {
        private final Bytes ownKey;
        private final Bytes otherKey;
        private final Bytes nonce;
        private Bytes commitment = Bytes.EMPTY;

        /** @param ownKey SubjectPublicKeyInfo (DER), as is @param otherKey the one TLS verified */
        public Responder(Bytes ownKey, Bytes otherKey, SecureRandom random) {
            this.ownKey = ownKey;
            this.otherKey = otherKey;
            this.nonce = Bytes.copyOf(Secret.random(random, NONCE_LENGTH));
        }

        /** First: the initiator's commitment. @return our nonce, to be sent @throws RefusedException {@code pairing.message} */
        public Bytes receive(Bytes received) throws RefusedException {
            requireLength(received, COMMITMENT_LENGTH);
            requireStep(commitment.length() == 0);
            commitment = received;
            return nonce;
        }

        /**
         * Second: what the initiator committed to.
         * @throws RefusedException {@code pairing.reveal} if it is something else, {@code pairing.message}
         */
        public SafetyWords open(Bytes otherNonce) throws RefusedException {
            requireStep(commitment.length() != 0);
            requireLength(otherNonce, NONCE_LENGTH);
            if (!MessageDigest.isEqual(commitment.toArray(), commit(otherKey, otherNonce).toArray())) {
                throw new RefusedException("pairing.reveal", "The other device did not keep to its first answer, as somebody in between would. "
                        + "Nothing was paired. Make a new code and try again.");
            }
            return SafetyWords.of(ownKey, nonce, otherKey, otherNonce);
        }
    }

    /** Bound to the key of who commits, so that nobody can pass on the commitment of another. */
    private static Bytes commit(Bytes key, Bytes nonce) {
        return Bytes.copyOf(Hashing.sha256(Hashing.ascii("sallyport-commit"), key.toArray(), nonce.toArray()));
    }

    private static void requireLength(Bytes received, int length) throws RefusedException {
        if (received.length() != length) {
            throw PairingMessages.malformed();
        }
    }

    private static void requireStep(boolean inOrder) {
        if (!inOrder) {
            throw new IllegalStateException("a step of the word exchange out of order");
        }
    }
}
