package org.sallyport.core.metainfo;

import java.time.Instant;
import org.sallyport.core.model.Bytes;

/**
 * Who signs a new torrent (BEP 35).
 *
 * @param id          what the signer calls itself
 * @param certificate X.509 (DER) whose CN is {@code id}; empty for none
 * @param ed25519Key  raw public key, 32 bytes; empty for an RSA signature
 * @param expires     until when it holds; {@link Instant#MAX} for ever
 * @param key         makes the signature
 */
public record Signing(String id, Bytes certificate, Bytes ed25519Key, Instant expires, Key key) {

    /** Signs bytes. */
    @FunctionalInterface
    public interface Key {
        byte[] sign(byte[] content);
    }
}
