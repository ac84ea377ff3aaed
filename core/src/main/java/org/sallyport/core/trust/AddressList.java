package org.sallyport.core.trust;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.RefusedException;

/** Where a device may be reached: few, each once, each a place a connection can go to. */
final class AddressList {
    static final int MAX = 8;

    private AddressList() { }

    /** @throws RefusedException {@code device-address.count}, {@code device-address.kind} */
    static List<PeerAddress> check(List<PeerAddress> given) throws RefusedException {
        List<PeerAddress> addresses = given.stream().map(AddressList::withoutZone).distinct().toList();
        if (addresses.size() > MAX) {
            throw new RefusedException("device-address.count", "A device has at most " + MAX + " addresses. Remove the ones no longer in use.");
        }
        if (addresses.stream().anyMatch(address -> address.host().isAnyLocalAddress() || address.host().isMulticastAddress())) {
            throw new RefusedException("device-address.kind", "One of the addresses is not the address of a single device. Use the one that device shows.");
        }
        return addresses;
    }

    /** The zone of an IPv6 address ({@code fe80::1%eth0}) means something only here and now, and cannot be read back without its network. */
    private static PeerAddress withoutZone(PeerAddress address) {
        try {
            return new PeerAddress(InetAddress.getByAddress(address.host().getAddress()), address.port());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
