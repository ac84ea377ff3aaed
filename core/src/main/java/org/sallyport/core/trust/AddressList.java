package org.sallyport.core.trust;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
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
            throw new RefusedException("device-address.kind",
                    "One of the addresses is not the address of a single device. Use the one that device shows.");
        }
        return addresses;
    }

    /** Their number, and each as length (4 or 16), host and port. */
    static byte[] toBytes(List<PeerAddress> addresses) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(addresses.size());
        for (PeerAddress address : addresses) {
            byte[] host = address.host().getAddress();
            out.write(host.length);
            out.writeBytes(host);
            out.write(address.port() >> 8);
            out.write(address.port());
        }
        return out.toByteArray();
    }

    /**
     * The counterpart of {@link #toBytes}; leaves what comes after.
     *
     * @param malformed for bytes that are no list of addresses, or name one twice
     * @throws RefusedException also as {@link #check}
     */
    static List<PeerAddress> read(ByteBuffer from, Supplier<RefusedException> malformed) throws RefusedException {
        List<PeerAddress> addresses = new ArrayList<>();
        for (int left = from.hasRemaining() ? Byte.toUnsignedInt(from.get()) : -1; left != 0; left--) {
            int length = left > 0 && from.hasRemaining() ? from.get() : 0;
            if (length != 4 && length != 16 || from.remaining() < length + Short.BYTES) {
                throw malformed.get();
            }
            byte[] host = new byte[length];
            from.get(host);
            int port = Short.toUnsignedInt(from.getShort());
            if (port == 0) {
                throw malformed.get();
            }
            addresses.add(new PeerAddress(toAddress(host), port));
        }
        List<PeerAddress> checked = check(addresses);
        if (checked.size() < addresses.size()) {
            throw malformed.get();
        }
        return checked;
    }

    /** The zone of an IPv6 address ({@code fe80::1%eth0}) means something only here and now, and cannot be read back without its network. */
    private static PeerAddress withoutZone(PeerAddress address) {
        return new PeerAddress(toAddress(address.host().getAddress()), address.port());
    }

    private static InetAddress toAddress(byte[] host) {
        try {
            return InetAddress.getByAddress(host);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
