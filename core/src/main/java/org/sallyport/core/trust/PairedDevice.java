package org.sallyport.core.trust;

import java.time.Instant;
import java.util.List;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;

/**
 * A device whose key was confirmed by a person on both sides. It is spoken to in TLS with this key, or not at all (invariant I5).
 *
 * @param publicKey SubjectPublicKeyInfo (DER); {@code id} is its hash
 * @param addresses at most 8, each once
 * @param lastSeen  {@link Instant#EPOCH} for never
 */
public record PairedDevice(DeviceId id, Bytes publicKey, DeviceName name, List<PeerAddress> addresses, Instant addedAt, Instant lastSeen,
        PairKey pairKey) {
    public PairedDevice {
        addresses = List.copyOf(addresses);
        if (!id.isOf(publicKey.toArray()) || addresses.size() > AddressList.MAX) {
            throw new IllegalArgumentException("device " + id.shortText() + " with another key or too many addresses");
        }
    }

    PairedDevice withName(DeviceName other) {
        return new PairedDevice(id, publicKey, other, addresses, addedAt, lastSeen, pairKey);
    }

    PairedDevice withAddresses(List<PeerAddress> others) {
        return new PairedDevice(id, publicKey, name, others, addedAt, lastSeen, pairKey);
    }

    PairedDevice withLastSeen(Instant at) {
        return new PairedDevice(id, publicKey, name, addresses, addedAt, at, pairKey);
    }

    /** Without addresses and name: where somebody can be reached is not for the log. */
    @Override
    public String toString() {
        return "PairedDevice(" + id.shortText() + ")";
    }
}
