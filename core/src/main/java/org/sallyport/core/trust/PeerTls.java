package org.sallyport.core.trust;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the TLS engine of one connection with one device: TLS 1.3, AES-GCM, both sides with a certificate, no resumption, and trust in
 * the key of that device only (invariants I4, I5). Any thread; an engine takes about a millisecond to make. Its delegated tasks check
 * signatures and belong on a worker, not on the network thread. Deadline, rate and size of handshakes are the transport's.
 */
public final class PeerTls {
    /** ALPN name of the peer protocol between paired devices. */
    public static final String PROTOCOL = "sallyport/1";
    /** ALPN name of the pairing dialogue. */
    public static final String PAIRING_PROTOCOL = "sallyport-pair/1";

    private static final Logger LOG = LoggerFactory.getLogger(PeerTls.class);
    private static final String PROVIDER = "SunJSSE";
    private static final String VERSION = "TLSv1.3";
    private static final String[] SUITES = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"};
    /** More than the week a ticket may live, so the JDK sends none: who resumes would skip the check of the key. */
    private static final int NO_TICKETS_SECONDS = 604_801;

    private final Identity identity;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public PeerTls(Identity identity, Clock clock) {
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * Loads what TLS needs, so that the first connection does not wait for it: a fifth of a second in all, at both ends. Any thread but the
     * network's.
     */
    public static void load() {
        NativeCrypto.prefer();
        try {
            SSLContext context = SSLContext.getInstance(VERSION, PROVIDER);
            context.init(new KeyManager[0], new TrustManager[0], new SecureRandom());
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(true);
            engine.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(engine.getSession().getPacketBufferSize())); // a ClientHello for nobody
        } catch (GeneralSecurityException | SSLException e) {
            LOG.warn("TLS does not work with this Java: no device can be reached", e);
        }
    }

    /** Calls a paired device; the token in the ClientHello is good for this connection only. */
    public SSLEngine dial(PairedDevice device) {
        return client(device.id(), device.pairKey(), PROTOCOL);
    }

    /** Answers a paired device: {@link Caller.Paired}. */
    public SSLEngine answer(PairedDevice device) {
        return server(device.id()::isOf, PROTOCOL);
    }

    /** Calls the device that shows this code; only the key it names is trusted. */
    public SSLEngine dialPairing(PairingCode code) {
        return client(code.id(), code.secret(), PAIRING_PROTOCOL);
    }

    /**
     * Answers somebody who knows the secret of our code: {@link Caller.Invited}. Any key is let in, for it is not known yet; nothing may
     * be told or kept before the people compared the {@link SafetyWords} of this very key.
     */
    public SSLEngine answerInvited() {
        return server(key -> true, PAIRING_PROTOCOL);
    }

    /** Calls a device we know the id of, to finish pairing. */
    public SSLEngine dialAwaited(AwaitedDevice device) {
        return client(device.id(), PairingSecret.ofIds(identity.id(), device.id()), PAIRING_PROTOCOL);
    }

    /** Answers a device we know the id of: {@link Caller.Awaited}. */
    public SSLEngine answerAwaited(AwaitedDevice device) {
        return server(device.id()::isOf, PAIRING_PROTOCOL);
    }

    /**
     * Who is at the other end of a finished handshake; asked once before the first byte is believed.
     *
     * @throws RefusedException if the connection is not what these engines agree to, which only a fault in the TLS machinery explains
     */
    public VerifiedPeer verify(SSLEngine engine) throws RefusedException {
        SSLSession session = engine.getSession();
        String protocol = engine.getApplicationProtocol();
        if (!VERSION.equals(session.getProtocol()) || !List.of(SUITES).contains(session.getCipherSuite())
                || !PROTOCOL.equals(protocol) && !PAIRING_PROTOCOL.equals(protocol)) {
            throw new RefusedException("tls.handshake", "A secure connection was set up in a way that is not allowed, and was closed.");
        }
        try {
            X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
            Bytes key = Bytes.copyOf(certificate.getPublicKey().getEncoded());
            return new VerifiedPeer(DeviceId.of(key), key, isOutOfDate(certificate));
        } catch (SSLPeerUnverifiedException e) {
            throw new RefusedException(TlsRefusals.of(e));
        }
    }

    /**
     * Why a handshake failed: {@code tls.unknown-peer}, {@code tls.bad-version}, {@code tls.alpn}, {@code tls.cert-missing},
     * {@code tls.cert-chain}, {@code tls.cert-key}, {@code tls.cert-signature}, {@code tls.cert-expired}, {@code tls.cert-early},
     * {@code tls.refused-by-peer}, or {@code tls.handshake} for anything else.
     *
     * @param failure thrown by the engine, or around what it threw
     */
    public static Refusal refusal(Throwable failure) {
        Throwable thrown = failure;
        while (!(thrown instanceof SSLException) && thrown.getCause() != null) {
            thrown = thrown.getCause();
        }
        return TlsRefusals.of(thrown);
    }

    private SSLEngine client(DeviceId device, Secret tokenKey, String protocol) {
        SSLEngine engine = context(device::isOf, protocol).createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = parameters(protocol);
        parameters.setServerNames(List.of(new SNIHostName(SniToken.label(tokenKey, device, clock.instant(), random))));
        engine.setSSLParameters(parameters);
        return engine;
    }

    private SSLEngine server(Predicate<byte[]> pin, String protocol) {
        SSLContext context = context(pin, protocol);
        context.getServerSessionContext().setSessionTimeout(NO_TICKETS_SECONDS);
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = parameters(protocol);
        parameters.setNeedClientAuth(true);
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** One for each connection, so that no session of one can be resumed in another. */
    private SSLContext context(Predicate<byte[]> pin, String protocol) {
        try {
            SSLContext context = SSLContext.getInstance(VERSION, PROVIDER);
            context.init(new KeyManager[] {new OwnKeyManager(identity)},
                    new TrustManager[] {new PinTrustManager(pin, protocol, clock)}, random);
            return context;
        } catch (GeneralSecurityException e) {
            throw Hashing.impossible(e);
        }
    }

    private static SSLParameters parameters(String protocol) {
        SSLParameters parameters = new SSLParameters(SUITES.clone(), new String[] {VERSION});
        parameters.setUseCipherSuitesOrder(true);
        parameters.setApplicationProtocols(new String[] {protocol});
        return parameters;
    }

    private boolean isOutOfDate(X509Certificate certificate) {
        try {
            certificate.checkValidity(Date.from(clock.instant()));
            return false;
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            return true;
        }
    }
}
