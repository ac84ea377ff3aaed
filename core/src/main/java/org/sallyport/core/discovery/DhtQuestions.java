package org.sallyport.core.discovery;

import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;

/** Asks nodes, and keeps what whoever answers tells of itself and of us. Network thread only. */
final class DhtQuestions {
    private static final DhtCalls.Asked NOBODY = new DhtCalls.Asked() {
        @Override
        public void answered(DhtMessage.Answer answer) { }

        @Override
        public void failed() { }
    };

    private final Dht.Way way;
    private final DhtCalls calls;
    private final DhtFamilies families;
    private final LongSupplier now;
    private final BooleanSupplier on;
    private final Consumer<PeerAddress> hint;

    /** @param on nothing is asked while it is not @param hint hears of addresses that may be nodes */
    DhtQuestions(Dht.Way way, DhtCalls calls, DhtFamilies families, LongSupplier now, BooleanSupplier on, Consumer<PeerAddress> hint) {
        this.way = way;
        this.calls = calls;
        this.families = families;
        this.now = now;
        this.on = on;
        this.hint = hint;
    }

    /** Whether it is there. @return the bytes of the question */
    int ping(PeerAddress to) {
        int[] size = new int[1];
        ask(to, transaction -> {
            byte[] made = DhtWriter.ping(transaction, self(to));
            size[0] = made.length;
            return made;
        }, NOBODY);
        return size[0];
    }

    /** Which nodes are around a place. */
    void findNode(PeerAddress to, NodeId place, DhtCalls.Asked asked) {
        ask(to, transaction -> DhtWriter.findNode(transaction, self(to), place, true), asked);
    }

    /** Who has a torrent, or knows somebody nearer to it. */
    void getPeers(PeerAddress to, NodeId hash, DhtCalls.Asked asked) {
        ask(to, transaction -> DhtWriter.getPeers(transaction, self(to), hash), asked);
    }

    /** Tells that we have a torrent. */
    void announce(DhtLookup.Taker taker, NodeId hash) {
        PeerAddress to = taker.contact().address();
        ask(to, transaction -> DhtWriter.announcePeer(transaction, self(to), hash, way.listenPort(), taker.token()), NOBODY);
    }

    private DhtWriter.Self self(PeerAddress to) {
        return new DhtWriter.Self(families.of(to).self(), way.listenPort() == 0);
    }

    private void ask(PeerAddress to, Function<Bytes, byte[]> query, DhtCalls.Asked then) {
        if (!on.getAsBoolean()) {
            then.failed();
            return;
        }
        calls.ask(to, query, new DhtCalls.Asked() {
            @Override
            public void answered(DhtMessage.Answer answer) {
                DhtFamily family = families.of(to);
                family.table().answered(new NodeContact(answer.from(), to), now.getAsLong());
                answer.seen().filter(family::isOf).ifPresent(us -> family.seenAt(us.host(), to.host(), now.getAsLong()));
                meetOtherFamily(to, answer.nodes());
                then.answered(answer);
            }

            @Override
            public void failed() {
                if (on.getAsBoolean()) {
                    families.of(to).table().failed(to);
                }
                then.failed();
            }
        }, now.getAsLong());
    }

    /** Nodes of one family know some of the other (BEP 32): how a table of IPv6 begins. */
    private void meetOtherFamily(PeerAddress teller, Collection<NodeContact> nodes) {
        DhtFamily other = families.notOf(teller);
        if (other.table().size() < RoutingTable.BUCKET) {
            nodes.stream().map(NodeContact::address).filter(address -> other.isOf(address) && CompactNodes.mayName(teller.host(), address))
                    .forEach(hint);
        }
    }
}
