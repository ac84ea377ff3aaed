package org.sallyport.core.persist;

import java.time.Instant;
import java.util.List;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;

/**
 * A device of the list of trusted devices, as it is kept.
 *
 * @param id        device id in canonical text
 * @param publicKey SubjectPublicKeyInfo (DER); empty while only the id is known
 * @param sealedKey the pair key, encrypted by {@code trust}; empty while only the id is known
 * @param lastSeen  {@link Instant#EPOCH} for never
 */
public record SavedDevice(String id, Bytes publicKey, Bytes sealedKey, String name, List<PeerAddress> addresses, Instant addedAt, Instant lastSeen) {
    public SavedDevice {
        addresses = List.copyOf(addresses);
    }
}
