package org.sallyport.core.transport;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.trust.AwaitedDevice;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.PairedDevice;
import org.sallyport.core.trust.PairingCode;
import org.sallyport.core.trust.PeerTls;
import org.sallyport.core.trust.VerifiedPeer;

/** On what terms one connection is made in TLS: with which engine, for which protocol, and who must be at the other end. Good for one connection. */
public final class TlsTerms {
    private final PeerTls tls;
    private final Supplier<SSLEngine> engines;
    private final String protocol;
    private final Predicate<DeviceId> expected;
    private final BooleanSupplier trusted;
    private Optional<SSLEngine> engine = Optional.empty();

    TlsTerms(PeerTls tls, Supplier<SSLEngine> engines, String protocol, Predicate<DeviceId> expected) {
        this(tls, engines, protocol, expected, () -> true);
    }

    private TlsTerms(PeerTls tls, Supplier<SSLEngine> engines, String protocol, Predicate<DeviceId> expected, BooleanSupplier trusted) {
        this.trusted = trusted;
        this.tls = tls;
        this.engines = engines;
        this.protocol = protocol;
        this.expected = expected;
    }

    /** To call a paired device. */
    public static TlsTerms dial(PeerTls tls, PairedDevice device) {
        return new TlsTerms(tls, () -> tls.dial(device), PeerTls.PROTOCOL, device.id()::equals);
    }

    /** To call the device that shows this code. */
    public static TlsTerms dialPairing(PeerTls tls, PairingCode code) {
        return new TlsTerms(tls, () -> tls.dialPairing(code), PeerTls.PAIRING_PROTOCOL, code.id()::equals);
    }

    /** To call a device we know the id of, to finish pairing. */
    public static TlsTerms dialAwaited(PeerTls tls, AwaitedDevice device) {
        return new TlsTerms(tls, () -> tls.dialAwaited(device), PeerTls.PAIRING_PROTOCOL, device.id()::equals);
    }

    /** The same, but if the device is not trusted any more when the handshake is done, it is told nothing. */
    public TlsTerms whileTrusted(BooleanSupplier still) {
        return new TlsTerms(tls, engines, protocol, expected, still);
    }

    static TlsTerms answer(PeerTls tls, PairedDevice device) {
        return new TlsTerms(tls, () -> tls.answer(device), PeerTls.PROTOCOL, device.id()::equals);
    }

    static TlsTerms answerAwaited(PeerTls tls, AwaitedDevice device) {
        return new TlsTerms(tls, () -> tls.answerAwaited(device), PeerTls.PAIRING_PROTOCOL, device.id()::equals);
    }

    static TlsTerms answerInvited(PeerTls tls) {
        return new TlsTerms(tls, () -> tls.answerInvited(), PeerTls.PAIRING_PROTOCOL, anyone -> true);
    }

    /** Made when it is needed first: it takes a millisecond, and a caller that comes too often is not to cost that. Network thread. */
    SSLEngine engine() {
        if (engine.isEmpty()) {
            engine = Optional.of(engines.get());
        }
        return engine.get();
    }

    /**
     * Who is there, after the handshake. The engine trusts no other key, so a refusal here means that the TLS machinery failed us.
     *
     * @throws RefusedException {@code tls.handshake}, {@code tls.alpn}, {@code tls.unknown-peer}, {@code device.removed}
     */
    VerifiedPeer verify() throws RefusedException {
        VerifiedPeer peer = tls.verify(engine());
        if (!protocol.equals(engine().getApplicationProtocol())) {
            throw new RefusedException("tls.alpn", "A device did not name the protocol that was expected of it. The connection was closed.");
        }
        if (!expected.test(peer.id())) {
            throw new RefusedException("tls.unknown-peer", "Somebody answered or called in the place of a paired device. The connection was closed.");
        }
        if (!trusted.getAsBoolean()) {
            throw new RefusedException("device.removed",
                    "The device was removed while it was called, so nothing was told. Pair again if you want it back.");
        }
        return peer;
    }
}
