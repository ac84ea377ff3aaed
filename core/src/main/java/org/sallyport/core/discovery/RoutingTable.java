package org.sallyport.core.discovery;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.sallyport.core.model.PeerAddress;

/** The nodes of one address family that have answered us: at most 8, and 8 in reserve, for each number of leading bits shared with our id (BEP 5). */
final class RoutingTable {
    static final int BUCKET = 8;
    static final int MAX_FAILURES = 2;
    /** Silent for longer, it is asked whether it is still there. */
    static final long FRESH_MILLIS = 15 * 60_000;

    private final NodeId self;
    private final Bucket[] buckets = new Bucket[NodeId.BITS];
    private final Map<PeerAddress, Node> byAddress = new HashMap<>();
    private final Map<InetAddress, Node> byHost = new HashMap<>();

    /** One that has answered. */
    private static final class Node {
        final NodeContact contact;
        long heardAt;
        int failures;

        Node(NodeContact contact, long now) {
            this.contact = contact;
            this.heardAt = now;
        }

        boolean isGood(long now) {
            return failures == 0 && now - heardAt < FRESH_MILLIS;
        }
    }

    private static final class Bucket {
        final List<Node> nodes = new ArrayList<>();
        final List<Node> reserve = new ArrayList<>();
        long changedAt;
    }

    RoutingTable(NodeId self, long now) {
        this.self = self;
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new Bucket();
            buckets[i].changedAt = now;
        }
    }

    NodeId self() {
        return self;
    }

    /** A node answered: it is kept if there is room, or it is better than one that is there. */
    void answered(NodeContact contact, long now) {
        if (contact.id().equals(self)) {
            return;
        }
        Node known = byAddress.get(contact.address());
        if (known != null && known.contact.id().equals(contact.id())) {
            known.heardAt = now;
            known.failures = 0;
            bucketOf(contact.id()).changedAt = now;
            return;
        }
        if (known != null) {
            remove(known); // it has another id now
        }
        if (isOnePlaceTaken(contact) || isImpostor(contact, now)) {
            return;
        }
        place(new Node(contact, now), now);
    }

    /** One host has one place: else one computer is the whole table. Not at home, where tests and routers put many behind one address. */
    private boolean isOnePlaceTaken(NodeContact contact) {
        return AddressScope.of(contact.address().host()) == AddressScope.GLOBAL && byHost.containsKey(contact.address().host());
    }

    private boolean isImpostor(NodeContact contact, long now) {
        Bucket bucket = bucketOf(contact.id());
        Optional<Node> same = all(bucket).filter(node -> node.contact.id().equals(contact.id())).findFirst();
        boolean there = same.filter(node -> node.isGood(now)).isPresent();
        if (!there) {
            same.ifPresent(this::remove);
        }
        return there;
    }

    private void place(Node node, long now) {
        Bucket bucket = bucketOf(node.contact.id());
        if (bucket.nodes.size() < BUCKET) {
            add(bucket.nodes, node);
            bucket.changedAt = now;
            return;
        }
        Optional<Node> worse = bucket.nodes.stream()
                .filter(other -> other.failures >= MAX_FAILURES || node.contact.fits() && !other.contact.fits()).findFirst();
        if (worse.isPresent()) {
            remove(worse.get());
            add(bucket.nodes, node);
            bucket.changedAt = now;
            return;
        }
        if (bucket.reserve.size() >= BUCKET) {
            remove(bucket.reserve.get(0));
        }
        add(bucket.reserve, node);
    }

    private void add(List<Node> to, Node node) {
        to.add(node);
        byAddress.put(node.contact.address(), node);
        byHost.put(node.contact.address().host(), node);
    }

    private void remove(Node node) {
        Bucket bucket = bucketOf(node.contact.id());
        bucket.nodes.remove(node);
        bucket.reserve.remove(node);
        byAddress.remove(node.contact.address());
        byHost.remove(node.contact.address().host(), node);
    }

    /** A node asked us something. */
    void heard(NodeContact contact, long now) {
        Node known = byAddress.get(contact.address());
        if (known != null && known.failures == 0 && known.contact.id().equals(contact.id())) {
            known.heardAt = now;
        }
    }

    /** It did not answer: the second time it leaves, or at the latest when another wants its place. */
    void failed(PeerAddress address) {
        Node node = byAddress.get(address);
        if (node == null || ++node.failures < MAX_FAILURES) {
            return;
        }
        Bucket bucket = bucketOf(node.contact.id());
        boolean main = bucket.nodes.contains(node);
        remove(node);
        if (main && !bucket.reserve.isEmpty()) {
            bucket.nodes.add(bucket.reserve.remove(bucket.reserve.size() - 1));
        }
    }

    boolean knows(PeerAddress address) {
        return byAddress.containsKey(address);
    }

    /** Whether a node of that id would get a place. */
    boolean hasRoomFor(NodeContact contact) {
        return !contact.id().equals(self) && !isOnePlaceTaken(contact) && bucketOf(contact.id()).nodes.size() < BUCKET;
    }

    /** Those closest to a place, without those that failed, closest first. */
    List<NodeContact> closest(NodeId target, int most) {
        Comparator<NodeId> order = NodeId.closestTo(target);
        return Stream.of(buckets).flatMap(bucket -> bucket.nodes.stream()).filter(node -> node.failures == 0).map(node -> node.contact)
                .sorted((one, other) -> order.compare(one.id(), other.id())).limit(most).toList();
    }

    /** The one not heard of for the longest time, if that is long. */
    Optional<NodeContact> questionable(long now) {
        return Stream.of(buckets).flatMap(bucket -> bucket.nodes.stream()).filter(node -> !node.isGood(now))
                .min(Comparator.comparingLong(node -> node.heardAt)).map(node -> {
                    node.heardAt += FRESH_MILLIS / 60; // the others have their turn before it is asked again
                    return node.contact;
                });
    }

    /** A place in a part of the table of which nothing was heard for long; not in those closer to us than anybody there is. */
    Optional<NodeId> neglected(long now, Random random) {
        int last = deepest();
        for (int bits = 0; bits <= last; bits++) {
            if (now - buckets[bits].changedAt > FRESH_MILLIS) {
                buckets[bits].changedAt = now;
                return Optional.of(self.at(bits, random));
            }
        }
        return Optional.empty();
    }

    private int deepest() {
        for (int bits = NodeId.BITS - 1; bits > 0; bits--) {
            if (!buckets[bits].nodes.isEmpty()) {
                return bits;
            }
        }
        return 0;
    }

    int good(long now) {
        return (int) byAddress.values().stream().filter(node -> node.isGood(now)).count();
    }

    int size() {
        return byAddress.size();
    }

    /** Those worth trying first at the next start. */
    List<NodeContact> proven() {
        return byAddress.values().stream().filter(node -> node.failures == 0).sorted(Comparator.comparingLong((Node node) -> -node.heardAt))
                .map(node -> node.contact).toList();
    }

    /** The same nodes as seen from another place. */
    RoutingTable movedTo(NodeId other, long now) {
        RoutingTable moved = new RoutingTable(other, now);
        Stream.of(buckets).flatMap(RoutingTable::all).forEach(node -> {
            moved.answered(node.contact, node.heardAt);
        });
        return moved;
    }

    private static Stream<Node> all(Bucket bucket) {
        return Stream.concat(bucket.nodes.stream(), bucket.reserve.stream());
    }

    private Bucket bucketOf(NodeId id) {
        return buckets[Math.min(self.commonBits(id), NodeId.BITS - 1)];
    }
}
