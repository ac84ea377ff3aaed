package org.sallyport.core.trust;

import java.net.Socket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.sallyport.core.model.Bytes;

/** Somebody with a TLS stack that does as it likes: any chain, any version, any ALPN, trusting everybody. */
final class TlsParty {
    private final PrivateKey key;
    private final X509Certificate[] chain;
    private String[] versions = {"TLSv1.3"};
    private String[] alpn = {PeerTls.PROTOCOL};

    private TlsParty(PrivateKey key, X509Certificate... chain) {
        this.key = key;
        this.chain = chain;
    }

    static TlsParty with(PrivateKey key, X509Certificate... chain) {
        return new TlsParty(key, chain);
    }

    static TlsParty with(KeyPair pair, Instant from, Instant until) throws Exception {
        String algorithm = switch (pair.getPublic().getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> SelfSigned.ALGORITHM;
            default -> "Ed25519";
        };
        return new TlsParty(pair.getPrivate(), SelfSigned.issue(pair, algorithm, from, until, Devices.RANDOM));
    }

    static TlsParty with(KeyPair pair) throws Exception {
        return with(pair, SetClock.START.minus(Duration.ofDays(1)), SetClock.START.plus(Duration.ofDays(100)));
    }

    /** Shows no certificate at all. */
    static TlsParty withoutKey() {
        return new TlsParty(SelfSigned.newKey(Devices.RANDOM).getPrivate());
    }

    static KeyPair keyPair(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (bits > 0) {
            generator.initialize(bits);
        }
        return generator.generateKeyPair();
    }

    TlsParty versions(String... others) {
        versions = others;
        return this;
    }

    TlsParty alpn(String... others) {
        alpn = others;
        return this;
    }

    Bytes publicKey() {
        return Bytes.copyOf(chain[0].getPublicKey().getEncoded());
    }

    X509Certificate certificate() {
        return chain[0];
    }

    SSLEngine client() throws Exception {
        return engine(true);
    }

    SSLEngine server() throws Exception {
        return engine(false);
    }

    private SSLEngine engine(boolean client) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new AnyKey()}, new TrustManager[] {new AnyTrust()}, null);
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(client);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(versions);
        parameters.setApplicationProtocols(alpn);
        parameters.setNeedClientAuth(!client);
        engine.setSSLParameters(parameters);
        return engine;
    }


    private final class AnyKey extends X509ExtendedKeyManager {
        @Override
        public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
            return chain.length == 0 ? null : "any";
        }

        @Override
        public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
            String algorithm = key.getAlgorithm();
            return keyType.equals(algorithm) || keyType.startsWith("Ed") && algorithm.startsWith("Ed") ? "any" : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain.clone();
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return null;
        }
    }

    private static final class AnyTrust extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) { }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) { }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) { }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
