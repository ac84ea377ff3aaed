package org.sallyport.core.discovery;

import java.util.List;
import java.util.Random;
import org.sallyport.core.model.PeerAddress;

/** Both address families of our node (BEP 32). */
final class DhtFamilies {
    private final Random random;
    private DhtFamily four;
    private DhtFamily six;

    DhtFamilies(Random random, long now) {
        this.random = random;
        this.four = new DhtFamily(false, NodeId.random(random), random, now);
        this.six = new DhtFamily(true, NodeId.random(random), random, now);
    }

    /** Goes on with the ids of an earlier run, as far as it kept them. */
    void recall(DhtNotes notes, long now) {
        notes.self4().ifPresent(id -> four = new DhtFamily(false, id, random, now));
        notes.self6().ifPresent(id -> six = new DhtFamily(true, id, random, now));
    }

    DhtFamily four() {
        return four;
    }

    DhtFamily six() {
        return six;
    }

    List<DhtFamily> both() {
        return List.of(four, six);
    }


    DhtFamily of(PeerAddress address) {
        return CompactNodes.isIpv6(address) ? six : four;
    }

    DhtFamily notOf(PeerAddress address) {
        return CompactNodes.isIpv6(address) ? four : six;
    }
}
