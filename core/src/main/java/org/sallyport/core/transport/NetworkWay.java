package org.sallyport.core.transport;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sallyport.core.model.Refusal;

/**
 * The way that traffic may take at one moment: any network, one interface and nothing else, or none while that interface is away.
 *
 * @param name      of the interface that was chosen; empty for any network
 * @param index     the system's number of it, which a new interface of the same name does not have; 0 while it is away
 * @param addresses its addresses that reach further than the cable
 * @param byDevice  the system itself holds sockets to the interface; otherwise they are bound to its addresses
 */
public record NetworkWay(String name, int index, Set<InetAddress> addresses, boolean byDevice) {
    /** Rule of {@link #waitingRefusal}. */
    public static final String WAITING = "network.waiting";
    static final NetworkWay ANY = new NetworkWay("", 0, Set.of(), false);

    public NetworkWay {
        addresses = Set.copyOf(addresses);
    }

    static NetworkWay none(String name, boolean byDevice) {
        return new NetworkWay(name, 0, Set.of(), byDevice);
    }

    /** Every network may be used. */
    public boolean isAny() {
        return name.isEmpty();
    }

    /** The interface is away, switched off or without an address: nothing may be sent. */
    public boolean isWaiting() {
        return !isAny() && (index == 0 || addresses.isEmpty());
    }

    /** For a person, while {@link #isWaiting}. */
    public String waitingSentence() {
        return "Waiting for " + name + ". Nothing is sent or received until it is back.";
    }

    /** Why nothing may be sent at all, while {@link #isWaiting}. */
    public Refusal waitingRefusal() {
        return new Refusal(WAITING, waitingSentence());
    }

    /** Why nothing may be sent to {@code to} now; empty when it may. */
    public Optional<Refusal> refusal(InetAddress to) {
        if (isWaiting()) {
            return Optional.of(waitingRefusal());
        }
        return isAny() || hasFamilyOf(to) ? Optional.empty() : Optional.of(new Refusal("network.family", name + " has no "
                + (to instanceof Inet4Address ? "IPv4" : "IPv6")
                + " address, so such addresses are not called: the call would leave by another network. "
                + "Give " + name + " one, or choose another network in Settings."));
    }

    private boolean hasFamilyOf(InetAddress to) {
        return hasFamily(to instanceof Inet6Address);
    }

    /** Whether the chosen interface has an IPv6 address, or an IPv4 address. */
    public boolean hasFamily(boolean ipv6) {
        return addresses.stream().anyMatch(each -> each instanceof Inet6Address == ipv6);
    }

    /** The interface is this computer's own, on which nothing leaves it. */
    public boolean isLoopback() {
        return addresses.stream().anyMatch(InetAddress::isLoopbackAddress);
    }

    /**
     * The address from which to call {@code to}, the same one each time; empty when the system chooses it, because any will do or it knows the
     * interface.
     */
    Optional<InetAddress> source(InetAddress to) {
        return isAny() || byDevice ? Optional.empty()
                : Optional.of(addresses.stream().filter(each -> isSameFamily(each, to))
                        .min(Comparator.comparing(InetAddress::getHostAddress)).orElseThrow());
    }

    /** Where to listen when {@code wanted} was asked for; none when that would be another network, or when waiting. */
    List<InetAddress> listenOn(InetAddress wanted) {
        if (isAny() || byDevice && !isWaiting()) {
            return List.of(wanted);
        }
        return wanted.isAnyLocalAddress() ? List.copyOf(addresses) : addresses.contains(wanted) ? List.of(wanted) : List.of();
    }

    /** Whether what was opened under {@code before}, with this local address, may live on. */
    boolean keeps(NetworkWay before, InetAddress local) {
        boolean sameInterface = name.equals(before.name) && index == before.index && byDevice == before.byDevice;
        return sameInterface && !isWaiting() && (isAny() || local.isAnyLocalAddress() || isOurs(local));
    }

    /** All of 127.0.0.0/8 is on the loopback interface, and it lists one address only. */
    private boolean isOurs(InetAddress local) {
        return addresses.contains(local) || isOnCable(local) || byDevice && local.isLoopbackAddress() && isLoopback();
    }

    /** Whether who listened under {@code before} must do so anew. */
    public boolean needsNewListener(NetworkWay before) {
        return !name.equals(before.name) || index != before.index || isWaiting() != before.isWaiting()
                || !byDevice && !addresses.equals(before.addresses);
    }

    /** Reaches no further than the cable and belongs to every IPv6 interface. */
    static boolean isOnCable(InetAddress address) {
        return address instanceof Inet6Address && address.isLinkLocalAddress();
    }

    private static boolean isSameFamily(InetAddress one, InetAddress other) {
        return one instanceof Inet4Address == other instanceof Inet4Address;
    }
}
