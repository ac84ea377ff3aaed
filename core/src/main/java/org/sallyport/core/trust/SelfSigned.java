package org.sallyport.core.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates that say nothing but a key: no host, no user, no issuer. TLS wants one, pinning looks at its key only. */
final class SelfSigned {
    static final String ALGORITHM = "SHA256withECDSA";
    private static final X500Name SUBJECT = new X500Name("CN=peer");
    /** RFC 5280 allows 20 octets with the sign. */
    private static final int SERIAL_BITS = 127;

    private SelfSigned() { }

    /** A new P-256 key; as good as any, and every TLS stack and hardware key store knows it. */
    static KeyPair newKey(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw Hashing.impossible(e);
        }
    }

    /** @param algorithm of the signature, such as {@link #ALGORITHM} */
    static X509Certificate issue(KeyPair key, String algorithm, Instant from, Instant until, SecureRandom random) throws TrustException {
        return issue(SUBJECT, key, algorithm, from, until, random);
    }

    static X509Certificate issue(X500Name subject, KeyPair key, String algorithm, Instant from, Instant until, SecureRandom random)
            throws TrustException {
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(subject, new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                    Date.from(from), Date.from(until), subject, SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()));
            ContentSigner signer = new JcaContentSignerBuilder(algorithm).setSecureRandom(random).build(key.getPrivate());
            byte[] encoded = builder.build(signer).getEncoded();
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (OperatorCreationException | IOException | GeneralSecurityException e) {
            throw new TrustException("The certificate could not be made: " + e.getMessage(), e);
        }
    }
}
