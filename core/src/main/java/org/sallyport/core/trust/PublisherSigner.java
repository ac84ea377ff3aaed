package org.sallyport.core.trust;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import org.sallyport.core.model.Bytes;

/** Signs in the name of one of our own publishers: RSA with SHA-256 and PKCS#1 v1.5, or Ed25519. The same bytes give the same signature. */
public final class PublisherSigner {
    private final String id;
    private final PrivateKey key;
    private final PublisherKey publicKey;
    private final Bytes certificate;

    PublisherSigner(String id, PublisherVault.OwnKey own) throws TrustException {
        this.id = id;
        this.key = own.key();
        this.publicKey = PublisherKey.of(own.certificate().getPublicKey());
        try {
            this.certificate = Bytes.copyOf(own.certificate().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new TrustException("the certificate of a publisher cannot be read", e);
        }
    }

    public String id() {
        return id;
    }

    /** X.509 (DER); its CN is {@link #id}. */
    public Bytes certificate() {
        return certificate;
    }

    /** The raw public key, 32 bytes; empty for RSA. */
    public Bytes ed25519Key() {
        return publicKey.isEd25519() ? Bytes.copyOf(publicKey.raw()) : Bytes.EMPTY;
    }

    public byte[] sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance(publicKey.isEd25519() ? "Ed25519" : "SHA256withRSA");
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw Hashing.impossible(e);
        }
    }

    @Override
    public String toString() {
        return "PublisherSigner(" + id + ")";
    }
}
