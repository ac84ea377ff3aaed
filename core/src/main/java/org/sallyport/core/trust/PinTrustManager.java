package org.sallyport.core.trust;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts one key (research/security.md §3.3). Who signed a certificate and what it says does not count, except that it must be whole,
 * signed with its own key and not out of date by more than a wrong clock explains.
 */
final class PinTrustManager extends X509ExtendedTrustManager {
    private static final Duration EARLY = Duration.ofHours(48);
    private static final Duration LATE = Duration.ofDays(30);
    private static final Set<String> SIGNATURES = Set.of("1.2.840.10045.4.3.2", "1.3.101.112");
    /** How the SubjectPublicKeyInfo of a P-256 point and of an Ed25519 key begins (RFC 5480, RFC 8410); the key itself follows. */
    private static final List<KeyForm> FORMS = List.of(
            new KeyForm("3059301306072a8648ce3d020106082a8648ce3d03010703420004", 91),
            new KeyForm("302a300506032b6570032100", 44));

    private final Predicate<byte[]> pin;
    private final String protocol;
    private final Clock clock;

    private record KeyForm(String beginning, int length) {
        boolean isOf(byte[] publicKey) {
            byte[] expected = HexFormat.of().parseHex(beginning);
            return publicKey.length == length && Arrays.equals(expected, 0, expected.length, publicKey, 0, expected.length);
        }
    }

    /** @param pin over the SubjectPublicKeyInfo (DER) @param protocol the ALPN name that must have been agreed on */
    PinTrustManager(Predicate<byte[]> pin, String protocol, Clock clock) {
        this.pin = pin;
        this.protocol = protocol;
        this.clock = clock;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        check(chain, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        check(chain, engine);
        NativeCrypto.prefer(); // still on a worker, and before there are keys for what follows
    }

    private void check(X509Certificate[] chain, SSLEngine engine) throws PinException {
        // a ClientHello without ALPN passes the TLS machinery, so it is noticed here, before anything is trusted
        if (!protocol.equals(engine.getHandshakeApplicationProtocol())) {
            throw new PinException(TlsRefusals.ALPN, TlsRefusals.ALPN_SENTENCE);
        }
        if (chain.length != 1) {
            throw new PinException("tls.cert-chain",
                    "A device showed " + chain.length
                    + " certificates where one is expected. The connection was closed; update Sallyport on that device.");
        }
        X509Certificate certificate = chain[0];
        byte[] key = certificate.getPublicKey().getEncoded();
        if (FORMS.stream().noneMatch(form -> form.isOf(key))) {
            throw new PinException("tls.cert-key",
                    "A device showed a kind of key that Sallyport does not use. The connection was closed; update Sallyport on that device.");
        }
        if (!pin.test(key)) {
            throw new PinException("tls.unknown-peer", "Somebody answered or called in the place of a paired device, with another key. "
                    + "The connection was closed. If the identity of that device was reset, remove it and pair again.");
        }
        requireOwnSignature(certificate);
        requireDate(certificate, clock.instant());
    }

    private static void requireOwnSignature(X509Certificate certificate) throws PinException {
        try {
            if (SIGNATURES.contains(certificate.getSigAlgOID())) {
                certificate.verify(certificate.getPublicKey());
                return;
            }
        } catch (GeneralSecurityException e) {
            // refused below: what exactly is wrong with the signature of a stranger is of no interest
        }
        throw new PinException("tls.cert-signature",
                "A device showed a certificate that is damaged or not its own. The connection was closed; reset the identity of that device.");
    }

    private static void requireDate(X509Certificate certificate, Instant now) throws PinException {
        if (now.isBefore(certificate.getNotBefore().toInstant().minus(EARLY))) {
            throw new PinException("tls.cert-early",
                    "The certificate of a paired device is not valid yet. The connection was closed. Check the clocks of both devices.");
        }
        if (now.isAfter(certificate.getNotAfter().toInstant().plus(LATE))) {
            throw new PinException("tls.cert-expired", "The certificate of a paired device is no longer valid. The connection was closed. "
                    + "Check the clocks of both devices, and restart Sallyport on that device.");
        }
    }

    /** No list of issuers goes out: it would tell who we are. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
        throw noEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
        throw noEngine();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noEngine();
    }

    private static CertificateException noEngine() {
        return new CertificateException("a pin is checked by the engine it was made for");
    }
}
