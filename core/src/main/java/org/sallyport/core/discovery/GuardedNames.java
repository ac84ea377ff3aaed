package org.sallyport.core.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.transport.NetworkWay;
import org.sallyport.core.transport.Outlet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names by the way that traffic may take: the system's resolver while any network may be used, which chooses the network itself; with an
 * interface chosen our own questions, through that interface only. Blocks.
 */
final class GuardedNames implements NameLookup.Names {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedNames.class);
    private static final int PORT = 53;
    private static final int ROUNDS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Outlet outlet;
    private final NameServers servers;
    private final int port;
    private final Random random = new SecureRandom();

    GuardedNames(Outlet outlet) {
        this(outlet, NameServers.ofSystem(), PORT);
    }

    GuardedNames(Outlet outlet, NameServers servers, int port) {
        this.outlet = outlet;
        this.servers = servers;
        this.port = port;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        NetworkWay way = outlet.way();
        if (way.isAny()) {
            return InetAddress.getAllByName(host);
        }
        Optional<InetAddress> literal = literal(host);
        if (literal.isPresent()) {
            return new InetAddress[] {literal.get()};
        }
        if (way.isWaiting()) {
            throw new CheckedAddresses.RefusedAddressException(way.waitingRefusal());
        }
        List<InetAddress> asked = servers.usable(way);
        if (asked.isEmpty()) {
            throw new CheckedAddresses.RefusedAddressException(new Refusal("network.no-name-server",
                    "Names are not looked up: no name server of this computer can be asked through " + way.name()
                            + " alone. Enter one in the system's network settings, such as the one of your VPN."));
        }
        List<InetAddress> found = new ArrayList<>(ask(host, false, asked, way));
        found.addAll(ask(host, true, asked, way));
        return found.toArray(InetAddress[]::new);
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
            return Optional.of(PeerAddress.parse((bare.indexOf(':') < 0 ? bare : "[" + bare + "]") + ":1").host());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @return none when the interface cannot use such addresses, or the name has none */
    private List<InetAddress> ask(String host, boolean ipv6, List<InetAddress> asked, NetworkWay way) throws UnknownHostException {
        if (!way.hasFamily(ipv6)) {
            return List.of();
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (InetAddress server : asked) {
                DnsQuestion question = DnsQuestion.of(random.nextInt(1 << 16), host, ipv6);
                try {
                    return question.addresses(outlet.ask(new InetSocketAddress(server, port), question.message(), question::isAnsweredBy, PATIENCE));
                } catch (UnknownHostException e) {
                    throw e;
                } catch (IOException e) {
                    LOG.debug("a name server did not answer", e);
                }
            }
        }
        throw new UnknownHostException("no name server answered through " + way.name());
    }
}
