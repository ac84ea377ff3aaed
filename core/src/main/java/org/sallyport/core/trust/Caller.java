package org.sallyport.core.trust;

import org.sallyport.core.model.Refusal;

/** Who a TLS connection comes from, as far as its token tells; the certificate has to prove it. */
public sealed interface Caller permits Caller.Paired, Caller.Awaited, Caller.Invited, Caller.Stranger {

    enum Kind { PAIRED, AWAITED, INVITED, STRANGER }

    Kind kind();

    /** A paired device: answer with {@link PeerTls#answer}. */
    record Paired(PairedDevice device) implements Caller {
        @Override
        public Kind kind() {
            return Kind.PAIRED;
        }
    }

    /** A device we wait for: answer with {@link PeerTls#answerAwaited}. */
    record Awaited(AwaitedDevice device) implements Caller {
        @Override
        public Kind kind() {
            return Kind.AWAITED;
        }
    }

    /** Somebody who read our pairing code; a try of it has begun. Answer with {@link PeerTls#answerInvited}, and tell the offer how it ended. */
    record Invited(PairingOffer offer) implements Caller {
        @Override
        public Kind kind() {
            return Kind.INVITED;
        }
    }

    /**
     * Anybody else: gets what garbage gets, nothing, at the deadline.
     *
     * @param refusal {@code tls.no-token} and {@code tls.unknown-token} are everyday noise; {@code tls.replayed-token} and
     *                {@code pairing.*} are worth an event
     */
    record Stranger(Refusal refusal) implements Caller {
        @Override
        public Kind kind() {
            return Kind.STRANGER;
        }
    }
}
