package org.sallyport.core.discovery;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Random;
import org.sallyport.core.model.PeerAddress;

/** What is known of the DHT of one address family (BEP 32): our id there, which follows from our address, and the nodes. */
final class DhtFamily {
    final boolean ipv6;
    private final Random random;
    private final ExternalVotes votes = new ExternalVotes();
    private RoutingTable table;
    /** Somebody was asked for the nodes around us. */
    boolean explored;

    DhtFamily(boolean ipv6, NodeId self, Random random, long now) {
        this.ipv6 = ipv6;
        this.random = random;
        this.table = new RoutingTable(self, now);
    }

    RoutingTable table() {
        return table;
    }

    NodeId self() {
        return table.self();
    }

    boolean isOf(PeerAddress address) {
        return CompactNodes.isIpv6(address) == ipv6;
    }

    /** Somebody told where he sees us: when enough agree and our id is not one for that address, we take one that is (BEP 42). */
    void seenAt(InetAddress us, InetAddress by, long now) {
        Optional<InetAddress> agreed = votes.vote(by, us);
        if (agreed.isPresent() && !NodeIdRule.fits(self(), agreed.get())) {
            table = table.movedTo(NodeIdRule.make(agreed.get(), random), now);
            explored = false;
        }
    }
}
