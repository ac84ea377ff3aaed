package org.sallyport.core.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sallyport.core.model.LocalNetwork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The network interfaces of this computer. Blocks for a moment: never on the network thread. */
public final class LocalNetworks {
    private static final Logger LOG = LoggerFactory.getLogger(LocalNetworks.class);

    private LocalNetworks() { }

    /** Where interfaces are looked up; the system, or a table in a test. */
    @FunctionalInterface
    interface Source {
        /** The interface of this name that is up; empty when there is none. */
        Optional<Up> find(String name);
    }

    /** An interface that is up. @param addresses that reach further than the cable */
    record Up(int index, Set<InetAddress> addresses) { }

    /**
     * Whether an address is of this computer or of the network it is in: loopback, link-local (RFC 3927), private (RFC 1918, RFC 4193).
     * Does not block.
     */
    public static boolean isOwn(InetAddress address) {
        return address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isSiteLocalAddress() || address.isAnyLocalAddress()
                || address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
    }

    /** Every interface, by name. */
    public static List<LocalNetwork> all() {
        try {
            return NetworkInterface.networkInterfaces().map(LocalNetworks::describe).sorted(Comparator.comparing(LocalNetwork::name)).toList();
        } catch (SocketException e) {
            LOG.warn("the network interfaces cannot be listed", e);
            return List.of();
        }
    }

    private static LocalNetwork describe(NetworkInterface each) {
        return new LocalNetwork(each.getName(), isUp(each),
                each.inetAddresses().filter(address -> !NetworkWay.isOnCable(address)).map(InetAddress::getHostAddress).sorted().toList());
    }

    /** One that cannot be asked is one that is away. */
    static Optional<Up> find(String name) {
        try {
            return Optional.ofNullable(NetworkInterface.getByName(name)).filter(LocalNetworks::isUp).map(found -> new Up(found.getIndex(),
                    found.inetAddresses().filter(address -> !NetworkWay.isOnCable(address)).collect(Collectors.toUnmodifiableSet())));
        } catch (SocketException e) {
            LOG.debug("looking for {}", name, e);
            return Optional.empty();
        }
    }

    private static boolean isUp(NetworkInterface each) {
        try {
            return each.isUp();
        } catch (SocketException e) {
            LOG.debug("{} went while it was looked at", each.getName(), e);
            return false;
        }
    }
}
