package org.sallyport.core.discovery;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** How far an address reaches, innermost first. A redirect may lead outwards, never inwards. */
enum AddressScope {
    /** This computer, or no address at all. */
    LOOPBACK,
    /** This cable (RFC 3927, RFC 4291); where cloud metadata services answer. */
    LINK_LOCAL,
    /** This house or company (RFC 1918, RFC 6598, RFC 4193). */
    PRIVATE,
    GLOBAL;

    static AddressScope of(InetAddress address) {
        if (address.isLoopbackAddress() || address.isAnyLocalAddress() || isThisNetwork(address)) {
            return LOOPBACK;
        }
        if (address.isLinkLocalAddress() || address.isMulticastAddress()) {
            return LINK_LOCAL;
        }
        return address.isSiteLocalAddress() || isSharedOrUniqueLocal(address) ? PRIVATE : GLOBAL;
    }

    private static boolean isThisNetwork(InetAddress address) {
        return address instanceof Inet4Address && address.getAddress()[0] == 0;
    }

    private static boolean isSharedOrUniqueLocal(InetAddress address) {
        byte[] raw = address.getAddress();
        if (address instanceof Inet6Address) {
            return (raw[0] & 0xfe) == 0xfc;
        }
        return raw[0] == 100 && (raw[1] & 0xc0) == 64;
    }
}
