package org.sallyport.core.trust;

import java.time.Instant;
import java.util.List;
import org.sallyport.core.model.PeerAddress;

/**
 * A device whose id was told to us and which did not call yet, or did not add ours. It can do nothing but finish the pairing,
 * and only with the key of this id.
 *
 * @param addresses at most 8, each once
 */
public record AwaitedDevice(DeviceId id, DeviceName name, List<PeerAddress> addresses, Instant addedAt) {
    public AwaitedDevice {
        addresses = List.copyOf(addresses);
        if (addresses.size() > AddressList.MAX) {
            throw new IllegalArgumentException("device " + id.shortText() + " with too many addresses");
        }
    }

    AwaitedDevice withName(DeviceName other) {
        return new AwaitedDevice(id, other, addresses, addedAt);
    }

    AwaitedDevice withAddresses(List<PeerAddress> others) {
        return new AwaitedDevice(id, name, others, addedAt);
    }

    /** Without addresses and name: where somebody can be reached is not for the log. */
    @Override
    public String toString() {
        return "AwaitedDevice(" + id.shortText() + ")";
    }
}
