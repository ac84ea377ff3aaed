package org.sallyport.core.policy;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** What an address is for. An IPv4 address wrapped into IPv6 counts as what it is, so that a wrapper opens no back door. */
final class AddressKind {
    private static final int IPV4_BYTES = 4;
    private static final byte[] IPV4_COMPATIBLE = new byte[12]; // ::/96, RFC 4291
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}; // 64:ff9b::/96, RFC 6052
    private static final byte[] SIX_TO_FOUR = {0x20, 0x02}; // 2002::/16, RFC 3056

    private AddressKind() { }

    /** No peer can be there: multicast, unspecified (0.0.0.0/8, ::), broadcast and reserved (240.0.0.0/4). */
    static boolean isMartian(InetAddress address) {
        InetAddress plain = unwrap(address);
        if (plain.isMulticastAddress() || plain.isAnyLocalAddress()) {
            return true;
        }
        int first = plain instanceof Inet4Address ? plain.getAddress()[0] & 0xff : 1;
        return first == 0 || first >= 240;
    }

    /** This computer. */
    static boolean isLoopback(InetAddress address) {
        return unwrap(address).isLoopbackAddress();
    }

    /** The link this computer is on: 169.254.0.0/16 (with the metadata service of clouds), fe80::/10. */
    static boolean isLinkLocal(InetAddress address) {
        return unwrap(address).isLinkLocalAddress();
    }

    static InetAddress unwrap(InetAddress address) {
        if (!(address instanceof Inet6Address) || address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            return address;
        }
        byte[] bytes = address.getAddress();
        if (startsWith(bytes, IPV4_COMPATIBLE) || startsWith(bytes, NAT64)) {
            return ipv4(bytes, 12);
        }
        return startsWith(bytes, SIX_TO_FOUR) ? ipv4(bytes, SIX_TO_FOUR.length) : address;
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static InetAddress ipv4(byte[] bytes, int offset) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, offset, offset + IPV4_BYTES));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
