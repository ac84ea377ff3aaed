package org.sallyport.core.swarm;

import java.util.BitSet;
import java.util.Set;

/** The pieces that may be asked for in spite of a choke (BEP 6), in both directions between us and one peer. Network thread only. */
final class FastPieces {
    /** How many we offer, as the BEP proposes; who has so many has something to trade and needs none. */
    static final int COUNT = 10;
    /** Blocks that one connection gets in spite of a choke: 4 MiB. */
    private static final int MOST_BLOCKS = 256;
    /** Clients offer about ten; beyond this the rest is passed over. */
    private static final int MOST_OFFERED = 64;

    /** They to us. */
    private final BitSet offered = new BitSet();
    /** Of those the ones that the peer has. */
    private final BitSet askable = new BitSet();
    /** We to them. */
    private final BitSet granted = new BitSet();
    private BitSet grantable = new BitSet();
    private int given;

    /** @param pieces that follow from the peer's address: each is offered once we have it */
    void mayGrant(Set<Integer> pieces) {
        grantable = new BitSet();
        pieces.forEach(grantable::set);
    }

    /** We have a piece. @return whether it is to be offered now */
    boolean grants(int piece) {
        if (!grantable.get(piece) || granted.get(piece)) {
            return false;
        }
        granted.set(piece);
        return true;
    }

    /** Pieces that are to be offered as soon as we have them. */
    BitSet grantable() {
        return grantable;
    }

    /** A block of a piece is asked for in spite of our choke. @param peerHas pieces it has @return whether it gets it */
    boolean spend(int piece, int peerHas) {
        return granted.get(piece) && peerHas < COUNT && given++ < MOST_BLOCKS;
    }

    void offered(int piece, boolean peerHas) {
        if (offered.cardinality() < MOST_OFFERED) {
            offered.set(piece);
            askable.set(piece, peerHas);
        }
    }

    void gained(int piece) {
        askable.set(piece, offered.get(piece));
    }

    void lost(int piece) {
        askable.clear(piece);
    }

    /** What the peer has and may be asked for although it chokes us; not to be changed. */
    BitSet askable() {
        return askable;
    }
}
