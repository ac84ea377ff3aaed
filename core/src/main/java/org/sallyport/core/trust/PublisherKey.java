package org.sallyport.core.trust;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.sallyport.core.model.Bytes;

/**
 * The public key of somebody who signs torrents: RSA or Ed25519. BEP 35 names neither hash nor padding; accepted are PKCS#1 v1.5 and PSS
 * with SHA-256 (PKCS#1 also with SHA-384 and SHA-512). Immutable, any thread.
 */
public final class PublisherKey {
    private static final int LEAST_RSA_BITS = 2048;
    /** Checking takes time that grows with the key, and whoever made the torrent chose it. */
    private static final int MOST_RSA_BITS = 8192;
    private static final int MOST_EXPONENT_BITS = 33;
    private static final int ED25519_LENGTH = 32;
    /** What stands before the 32 bytes of a key in its SubjectPublicKeyInfo (RFC 8410). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final List<String> RSA_WITH_PKCS1 = List.of("SHA256withRSA", "SHA512withRSA", "SHA384withRSA");

    private final PublicKey key;
    private final Bytes encoded;
    private final Optional<String> weakness;

    /** What a check of one signature found. */
    public enum Check { GOOD, WEAK, BAD }

    private PublisherKey(PublicKey key) {
        this.key = key;
        this.encoded = Bytes.copyOf(key.getEncoded());
        this.weakness = weakness(key);
    }

    static PublisherKey of(PublicKey key) {
        return new PublisherKey(key);
    }

    /** @param raw 32 bytes (RFC 8032) */
    public static PublisherKey ofEd25519(byte[] raw) throws TrustException {
        if (raw.length != ED25519_LENGTH) {
            throw new TrustException("an Ed25519 key has " + ED25519_LENGTH + " bytes, not " + raw.length);
        }
        return of("Ed25519", Hashing.join(ED25519_PREFIX, raw));
    }

    /** @param encoded SubjectPublicKeyInfo (DER) of an RSA or Ed25519 key */
    public static PublisherKey read(Bytes encoded) throws TrustException {
        byte[] content = encoded.toArray();
        return of(content.length == ED25519_PREFIX.length + ED25519_LENGTH ? "Ed25519" : "RSA", content);
    }

    private static PublisherKey of(String algorithm, byte[] encoded) throws TrustException {
        try {
            return new PublisherKey(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            throw new TrustException("the public key cannot be read", e);
        }
    }

    /** SubjectPublicKeyInfo (DER): what is pinned. */
    public Bytes encoded() {
        return encoded;
    }

    /** SHA-256 of {@link #encoded}, 64 hex digits. */
    public String fingerprint() {
        return HexFormat.of().formatHex(Hashing.sha256(encoded.toArray()));
    }

    /** Why nothing signed with it proves anything: a whole sentence. Empty for a good key. */
    public Optional<String> weakness() {
        return weakness;
    }

    public boolean isEd25519() {
        return key instanceof EdECPublicKey;
    }

    /** The key itself, 32 bytes; only of an Ed25519 key. */
    byte[] raw() {
        byte[] all = encoded.toArray();
        return Arrays.copyOfRange(all, all.length - ED25519_LENGTH, all.length);
    }

    private static Optional<String> weakness(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            if (bits < LEAST_RSA_BITS) {
                return Optional.of("Its key has only " + bits + " bits; keys of less than " + LEAST_RSA_BITS + " can be forged.");
            }
            boolean sound = isQuick(rsa) && rsa.getPublicExponent().compareTo(BigInteger.valueOf(3)) >= 0 && rsa.getPublicExponent().testBit(0);
            return sound ? Optional.empty() : Optional.of("Its key has a form that is not accepted here.");
        }
        if (key instanceof EdECPublicKey ed && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
            return Optional.empty();
        }
        return Optional.of("Its key is of a kind that is not accepted here; RSA and Ed25519 are.");
    }

    /** Whether {@code signature} was made of {@code signed} with this key. Of a weak key, or with SHA-1, at best {@link Check#WEAK}. */
    public Check check(byte[] signed, Bytes signature) {
        byte[] given = signature.toArray();
        if (key instanceof RSAPublicKey rsa && isQuick(rsa)) {
            boolean good = RSA_WITH_PKCS1.stream().anyMatch(algorithm -> holds(algorithm, Optional.empty(), signed, given))
                    || pss(rsa).stream().anyMatch(spec -> holds("RSASSA-PSS", Optional.of(spec), signed, given));
            boolean holds = good || holds("SHA1withRSA", Optional.empty(), signed, given);
            return !holds ? Check.BAD : good && weakness.isEmpty() ? Check.GOOD : Check.WEAK;
        }
        if (weakness.isPresent()) {
            return Check.WEAK;
        }
        return holds("Ed25519", Optional.empty(), signed, given) ? Check.GOOD : Check.BAD;
    }

    private static boolean isQuick(RSAPublicKey rsa) {
        return rsa.getModulus().bitLength() <= MOST_RSA_BITS && rsa.getPublicExponent().bitLength() <= MOST_EXPONENT_BITS;
    }

    /** The salt is as long as the hash (RFC 4055), or as long as fits, which is what OpenSSL does unless told. */
    private static List<PSSParameterSpec> pss(RSAPublicKey rsa) {
        int most = Math.max(0, (rsa.getModulus().bitLength() - 1 + 7) / 8 - Hashing.LENGTH - 2);
        return List.of(pss(Hashing.LENGTH), pss(most));
    }

    private static PSSParameterSpec pss(int saltLength) {
        return new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, saltLength, PSSParameterSpec.TRAILER_FIELD_BC);
    }

    private boolean holds(String algorithm, Optional<PSSParameterSpec> parameters, byte[] signed, byte[] given) {
        try {
            Signature check = Signature.getInstance(algorithm);
            if (parameters.isPresent()) {
                check.setParameter(parameters.get());
            }
            check.initVerify(key);
            check.update(signed);
            return check.verify(given);
        } catch (GeneralSecurityException notOne) {
            return false; // of another length, or not even a point of the curve
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublisherKey that && encoded.equals(that.encoded);
    }

    @Override
    public int hashCode() {
        return encoded.hashCode();
    }

    @Override
    public String toString() {
        return "PublisherKey(" + fingerprint().substring(0, 16) + ")";
    }
}
