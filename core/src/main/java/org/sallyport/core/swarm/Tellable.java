package org.sallyport.core.swarm;

import java.net.Inet4Address;
import java.net.InetAddress;
import org.sallyport.core.model.PeerAddress;

/** Which addresses strangers may name to each other: none by which somebody could make us, or by us others, knock at a wrong door. */
final class Tellable {
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;

    private enum Reach { WORLD, NETWORK, LINK, COMPUTER, NOWHERE }

    private Tellable() { }

    /** @param peer the other end of the connection on which the address is told, by either side: what only one network can reach stays in it */
    static boolean between(PeerAddress address, InetAddress peer) {
        Reach reach = reach(address.host());
        Reach theirs = reach(peer);
        boolean reachable = switch (reach) {
            case WORLD -> true;
            case NETWORK -> theirs != Reach.WORLD && theirs != Reach.NOWHERE;
            case LINK, COMPUTER -> theirs == reach;
            case NOWHERE -> false;
        };
        return reachable && address.port() >= FIRST_UNPRIVILEGED_PORT;
    }

    private static Reach reach(InetAddress host) {
        byte[] bytes = host.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (host.isLoopbackAddress()) {
            return Reach.COMPUTER;
        }
        if (host.isMulticastAddress() || host.isAnyLocalAddress()) {
            return Reach.NOWHERE;
        }
        if (host instanceof Inet4Address) {
            boolean carrier = first == 100 && second >= 64 && second < 128; // RFC 6598
            return first == 0 || first >= 240 ? Reach.NOWHERE : host.isLinkLocalAddress() ? Reach.LINK
                    : host.isSiteLocalAddress() || carrier ? Reach.NETWORK : Reach.WORLD;
        }
        if ((first & 0xfe) == 0xfc) {
            return Reach.NETWORK; // RFC 4193
        }
        boolean sixToFour = first == 0x20 && second == 0x02; // hides an IPv4 address, RFC 3056
        return (first & 0xe0) == 0x20 && !sixToFour ? Reach.WORLD : Reach.NOWHERE;
    }
}
