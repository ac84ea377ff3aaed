package org.sallyport.core.trust;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.sallyport.core.model.Bytes;

/**
 * The certificate in a signature (BEP 35): a name, a key, a time. That somebody issued it proves nothing here: whom to trust is in the
 * {@link PublisherBook} only, never in the certificates that the JDK trusts (any of those authorities could name anybody).
 *
 * @param commonName the only CN of the subject; empty if there is none or more than one
 * @param organisation the only O of the subject, empty if there is none
 * @param selfSigned its subject is its issuer, and the signature of that fits; one that is its own issuer and does not fit is refused
 */
public record PublisherCertificate(String commonName, String organisation, PublisherKey key, Instant notBefore, Instant notAfter,
        boolean selfSigned) {

    /** @param der from a stranger, at most 16 KiB @throws TrustException if it is no certificate, or was altered */
    public static PublisherCertificate read(Bytes der) throws TrustException {
        try {
            X509Certificate read = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der.toArray()));
            boolean own = read.getSubjectX500Principal().equals(read.getIssuerX500Principal());
            if (own) {
                read.verify(read.getPublicKey());
            }
            return new PublisherCertificate(only(read, BCStyle.CN).orElse(""), organisation(read).orElse(""), PublisherKey.of(read.getPublicKey()),
                    read.getNotBefore().toInstant(), read.getNotAfter().toInstant(), own);
        } catch (GeneralSecurityException | RuntimeException e) {
            // the parsers were not written for enemies: what they throw on nonsense is not only what they declare
            throw new TrustException("the certificate cannot be read, or was changed", e);
        }
    }

    /** The only O of the subject. */
    static Optional<String> organisation(X509Certificate certificate) {
        return only(certificate, BCStyle.O);
    }

    private static Optional<String> only(X509Certificate certificate, ASN1ObjectIdentifier type) {
        RDN[] names = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()).getRDNs(type);
        return names.length == 1 && !names[0].isMultiValued() && names[0].getFirst().getValue() instanceof ASN1String text
                ? Optional.of(text.getString()) : Optional.empty();
    }
}
