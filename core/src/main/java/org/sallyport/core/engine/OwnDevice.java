package org.sallyport.core.engine;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.persist.PersistException;
import org.sallyport.core.persist.StateDatabase;
import org.sallyport.core.transport.NetworkWay;
import org.sallyport.core.trust.DeviceName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this device tells those it trusts about itself: its name, and where it listens. Reading: any thread, never blocks. */
final class OwnDevice {
    /** As many as a pairing code carries. */
    static final int MAX_ADDRESSES = 8;
    private static final Logger LOG = LoggerFactory.getLogger(OwnDevice.class);
    private static final String NAME_KEY = "device.own-name";
    private static final DeviceName NAMELESS = new DeviceName("A computer");
    /** Networks of containers and virtual machines: nobody else is there. */
    private static final Pattern INNER = Pattern.compile("(docker|br-|veth|virbr|lxc|lxd|vmnet|vboxnet).*");

    private final InetAddress bind;
    private final Supplier<NetworkWay> way;
    private final IntSupplier port;
    private volatile DeviceName name = NAMELESS;
    private volatile List<InetAddress> hosts = List.of();

    /** One address of this computer, and how good it is for others. */
    private record Place(InetAddress host, boolean inner) {
        static final Comparator<Place> BEST = Comparator.comparingInt(Place::rank);

        /** Lower is better: the address most likely to be reached from elsewhere is called first. */
        private int rank() {
            int kind = host instanceof Inet4Address ? 0 : 1;
            return kind + (host.isLinkLocalAddress() ? 2 : 0) + (inner ? 4 : 0) + (host.isLoopbackAddress() ? 8 : 0);
        }
    }

    /** @param bind where this engine listens, the wildcard address for everywhere @param port 0 while it does not */
    OwnDevice(InetAddress bind, Supplier<NetworkWay> way, IntSupplier port) {
        this.bind = bind;
        this.way = way;
        this.port = port;
    }

    DeviceName name() {
        return name;
    }

    /** At most {@value #MAX_ADDRESSES}, the best first; none while no port is open. As of the last {@link #look}, if any network may be used. */
    List<PeerAddress> addresses() {
        int open = port.getAsInt();
        return open == 0 ? List.of() : reachable(way.get()).limit(MAX_ADDRESSES).map(host -> new PeerAddress(host, open)).toList();
    }

    /** Of a network that was chosen, only its own: nobody listens at the others, and they are nobody's business. */
    private Stream<InetAddress> reachable(NetworkWay now) {
        return now.isAny() ? hosts.stream() : now.addresses().stream().filter(host -> bind.isAnyLocalAddress() || host.equals(bind))
                .map(host -> new Place(host, false)).sorted(Place.BEST).map(Place::host);
    }

    /** Reads the name that was given, or takes that of the computer. The thread of the database. */
    void load(StateDatabase database) throws PersistException {
        String saved = database.meta(NAME_KEY);
        name = DeviceName.suggested(saved.isEmpty() ? computerName() : saved, NAMELESS);
    }

    /** The thread of the database. */
    void rename(StateDatabase database, DeviceName other) throws PersistException {
        database.putMeta(NAME_KEY, other.text());
        name = other;
    }

    /** Without asking a name server, which may take long and tells others. */
    private static String computerName() {
        String told = System.getenv().getOrDefault("COMPUTERNAME", System.getenv().getOrDefault("HOSTNAME", ""));
        try {
            return told.isEmpty() ? Files.readString(Path.of("/etc/hostname")) : told;
        } catch (IOException e) {
            LOG.debug("the computer's name is not known", e);
            return told;
        }
    }

    /** Finds out which addresses this computer has now; takes some milliseconds. */
    void look() {
        if (!bind.isAnyLocalAddress()) {
            hosts = List.of(bind);
            return;
        }
        try {
            List<Place> all = NetworkInterface.networkInterfaces().filter(OwnDevice::isUp)
                    .flatMap(each -> each.inetAddresses().map(host -> new Place(host, INNER.matcher(each.getName()).matches())))
                    .filter(place -> !isOfOneLink(place.host())).sorted(Place.BEST).toList();
            boolean outside = all.stream().anyMatch(place -> !place.host().isLoopbackAddress());
            hosts = all.stream().map(Place::host).filter(host -> !outside || !host.isLoopbackAddress()).distinct().toList();
        } catch (SocketException e) {
            LOG.warn("the addresses of this computer cannot be read", e);
        }
    }

    /** Such an IPv6 address means something only together with the name of a network of this computer. */
    private static boolean isOfOneLink(InetAddress host) {
        return !(host instanceof Inet4Address) && host.isLinkLocalAddress();
    }

    private static boolean isUp(NetworkInterface each) {
        try {
            return each.isUp();
        } catch (SocketException e) {
            return false; // it has just gone
        }
    }
}
