package org.sallyport.core.model;

import java.util.BitSet;

/** Which pieces are verified, being fetched, and how common each is among connected peers. Immutable. */
public final class PieceMap {
    private final int count;
    private final BitSet verified;
    private final BitSet partial;
    private final byte[] availability;

    /** @param availability per piece, peers that have it, 127 for 127 or more; copied like the sets */
    public PieceMap(int count, BitSet verified, BitSet partial, byte[] availability) {
        this.count = count;
        this.verified = (BitSet) verified.clone();
        this.partial = (BitSet) partial.clone();
        this.availability = availability.clone();
    }

    public int count() {
        return count;
    }

    public boolean isVerified(int piece) {
        return verified.get(piece);
    }

    public boolean isPartial(int piece) {
        return partial.get(piece);
    }

    public int availability(int piece) {
        return piece < availability.length ? availability[piece] : 0;
    }

    public int verifiedCount() {
        return verified.cardinality();
    }
}
