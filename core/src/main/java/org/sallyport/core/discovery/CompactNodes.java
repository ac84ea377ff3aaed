package org.sallyport.core.discovery;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.sallyport.core.model.PeerAddress;

/** Addresses as the DHT writes them (BEP 5, 32): the bytes of the host and two of the port, after an id where it is a node. */
final class CompactNodes {
    static final int PORT_BYTES = 2;
    private static final int IPV4 = 4;
    private static final int IPV6 = 16;
    /** Other services live below, name servers among them: nobody is to use us to send them something. */
    private static final int LOWEST_PORT = 1024;

    private CompactNodes() { }

    /** @return how many bytes one address takes, with its port */
    static int addressBytes(boolean ipv6) {
        return (ipv6 ? IPV6 : IPV4) + PORT_BYTES;
    }

    static boolean isIpv6(PeerAddress address) {
        return address.host() instanceof Inet6Address;
    }

    /** Nodes from 26 or 38 bytes each; those that cannot be and what is left at the end are passed over. */
    static List<NodeContact> nodes(byte[] raw, boolean ipv6, int most) {
        int each = NodeId.BYTES + addressBytes(ipv6);
        List<NodeContact> nodes = new ArrayList<>();
        for (int at = 0; at + each <= raw.length && nodes.size() < most; at += each) {
            NodeId id = NodeId.of(Arrays.copyOfRange(raw, at, at + NodeId.BYTES));
            address(Arrays.copyOfRange(raw, at + NodeId.BYTES, at + each)).filter(address -> isIpv6(address) == ipv6)
                    .ifPresent(address -> nodes.add(new NodeContact(id, address)));
        }
        return nodes;
    }

    /** One address; empty if there can be none, or the length is wrong. */
    static Optional<PeerAddress> address(byte[] raw) {
        int hostBytes = raw.length - PORT_BYTES;
        if (hostBytes != IPV4 && hostBytes != IPV6) {
            return Optional.empty();
        }
        int port = (raw[hostBytes] & 0xff) << 8 | raw[hostBytes + 1] & 0xff;
        InetAddress host = host(Arrays.copyOf(raw, hostBytes));
        return port == 0 || host.getAddress().length != hostBytes ? Optional.empty() : Optional.of(new PeerAddress(host, port));
    }

    private static InetAddress host(byte[] raw) {
        try {
            return InetAddress.getByAddress(raw);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + raw.length + " bytes", e);
        }
    }

    static byte[] write(PeerAddress address) {
        byte[] host = address.host().getAddress();
        byte[] raw = Arrays.copyOf(host, host.length + PORT_BYTES);
        raw[host.length] = (byte) (address.port() >> 8);
        raw[host.length + 1] = (byte) address.port();
        return raw;
    }

    static byte[] write(Collection<NodeContact> nodes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (NodeContact node : nodes) {
            out.writeBytes(node.id().bytes());
            out.writeBytes(write(node.address()));
        }
        return out.toByteArray();
    }

    /** Whether a node or peer can be there at all, whoever says so. */
    static boolean isPossible(PeerAddress address) {
        InetAddress host = address.host();
        byte[] raw = host.getAddress();
        boolean martian = host.isMulticastAddress() || host.isAnyLocalAddress()
                || (host instanceof Inet4Address ? raw[0] == 0 || (raw[0] & 0xff) >= 240 : isWrapped(raw));
        return !martian && address.port() >= LOWEST_PORT;
    }

    /** An IPv4 address in IPv6 ({@code ::/96}, NAT64, 6to4): could be one that is not to be reached. */
    private static boolean isWrapped(byte[] raw) {
        boolean compatible = Arrays.equals(raw, 0, 12, new byte[12], 0, 12)
                && !host(raw).isLoopbackAddress();
        boolean nat64 = raw[0] == 0 && raw[1] == 0x64 && raw[2] == (byte) 0xff && raw[3] == (byte) 0x9b;
        return compatible || nat64 || raw[0] == 0x20 && raw[1] == 0x02;
    }

    /** Whether who is at {@code teller} may send us to {@code named}: outwards or as far out as it is itself, never further in. */
    static boolean mayName(InetAddress teller, PeerAddress named) {
        return isPossible(named) && AddressScope.of(named.host()).compareTo(AddressScope.of(teller)) >= 0;
    }
}
