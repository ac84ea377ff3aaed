package org.sallyport.core.trust;

import org.sallyport.core.model.Bytes;

/**
 * The other end of a finished handshake.
 *
 * @param publicKey SubjectPublicKeyInfo (DER)
 * @param outOfDate the certificate is past its date, or before it, by less than is refused; a clock is wrong, or it must be issued again
 */
public record VerifiedPeer(DeviceId id, Bytes publicKey, boolean outOfDate) { }
