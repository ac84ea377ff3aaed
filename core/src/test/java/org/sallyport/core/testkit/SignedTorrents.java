package org.sallyport.core.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v1CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.metainfo.MetainfoReader;
import org.sallyport.core.model.RefusedException;

/** Makes signed torrents (BEP 35) as another program would, so that ours is not checked by itself. */
public final class SignedTorrents {
    public static final String ID = "org.example.press";
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final long LENGTH = 40_000;

    private final Map<String, Object> info = new HashMap<>(Map.of("name", "a.bin", "length", LENGTH, "piece length", 16_384, "pieces", new byte[60]));
    private final Map<String, Object> torrent = new HashMap<>(Map.of("announce", "http://tracker.example/announce",
            "announce-list", List.of(List.of("http://tracker.example/announce"))));
    private final Map<String, Object> signatures = new LinkedHashMap<>();

    public static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair keyPair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** V1, as BEP 35 advises, valid for a year around {@link #NOW}. */
    public static byte[] certificate(String name, KeyPair key) {
        return certificate(name, key, NOW.minusSeconds(180L * 86_400), NOW.plusSeconds(180L * 86_400));
    }

    public static byte[] certificate(String name, KeyPair key, Instant from, Instant until) {
        return certificate("CN=" + name, "CN=" + name, key.getPublic(), key.getPrivate(), from, until);
    }

    /** By somebody else. */
    public static byte[] issued(String name, PublicKey key, PrivateKey issuer) {
        return certificate("CN=Some Authority", "CN=" + name, key, issuer, NOW.minusSeconds(86_400), NOW.plusSeconds(86_400));
    }

    private static byte[] certificate(String issuer, String subject, PublicKey key, PrivateKey signer, Instant from, Instant until) {
        try {
            String algorithm = signer.getAlgorithm().startsWith("Ed") ? "Ed25519" : "SHA256withRSA";
            return new X509v1CertificateBuilder(new X500Name(issuer), BigInteger.TWO, Date.from(from), Date.from(until), new X500Name(subject),
                    SubjectPublicKeyInfo.getInstance(key.getEncoded()))
                    .build(new JcaContentSignerBuilder(algorithm).build(signer)).getEncoded();
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The raw 32 bytes. */
    public static byte[] raw(KeyPair ed25519) {
        byte[] all = ed25519.getPublic().getEncoded();
        return Arrays.copyOfRange(all, all.length - 32, all.length);
    }

    public Map<String, Object> info() {
        return info;
    }

    public Map<String, Object> torrent() {
        return torrent;
    }

    public Map<String, Object> signatures() {
        return signatures;
    }

    /** Signs what there is now. @param certificate empty for none @param own empty for none */
    public SignedTorrents sign(String id, PrivateKey key, String algorithm, byte[] certificate, Map<String, Object> own) {
        return put(id, signature(key, algorithm, List.of(), own), certificate, own);
    }

    public SignedTorrents sign(String id, PrivateKey key, String algorithm, AlgorithmParameterSpec parameters, byte[] certificate) {
        return put(id, signature(key, algorithm, List.of(parameters), Map.of()), certificate, Map.of());
    }

    public SignedTorrents put(String id, byte[] signature, byte[] certificate, Map<String, Object> own) {
        Map<String, Object> entry = new HashMap<>(Map.of("signature", signature));
        if (certificate.length > 0) {
            entry.put("certificate", certificate);
        }
        if (!own.isEmpty()) {
            entry.put("info", own);
        }
        signatures.put(id, entry);
        return this;
    }

    private byte[] signature(PrivateKey key, String algorithm, List<AlgorithmParameterSpec> parameters, Map<String, Object> own) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            for (AlgorithmParameterSpec parameter : parameters) {
                signature.setParameter(parameter);
            }
            signature.initSign(key);
            signature.update(Bencode.encode(info));
            if (!own.isEmpty()) {
                signature.update(Bencode.encode(own));
            }
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SHA-256 of the trackers there are now, as signed extras have it. */
    public byte[] sources() {
        Map<String, Object> sources = new HashMap<>(torrent);
        sources.keySet().retainAll(List.of("announce", "announce-list", "httpseeds", "nodes", "url-list"));
        return sha256(Bencode.encode(sources));
    }

    public static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public byte[] bytes() {
        Map<String, Object> all = new HashMap<>(torrent);
        all.put("info", info);
        if (!signatures.isEmpty()) {
            all.put("signatures", signatures);
        }
        return Bencode.encode(all);
    }

    public Metainfo read() throws RefusedException {
        return MetainfoReader.read(bytes());
    }

    /** The same text in other bytes of the same length. */
    public static byte[] replace(byte[] content, String text, String other) {
        String latin = new String(content, StandardCharsets.ISO_8859_1);
        if (!latin.contains(text) || text.length() != other.length()) {
            throw new IllegalArgumentException(text);
        }
        return latin.replace(text, other).getBytes(StandardCharsets.ISO_8859_1);
    }
}
