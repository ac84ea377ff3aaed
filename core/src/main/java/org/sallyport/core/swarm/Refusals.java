package org.sallyport.core.swarm;

import java.util.BitSet;
import java.util.concurrent.TimeUnit;

/**
 * Pieces of which one peer refused a block by name (BEP 6). Others of it are asked for meanwhile: a piece that one peer will not give
 * must not keep us from all it would. Network thread only.
 */
final class Refusals {
    private static final long MEMORY = TimeUnit.SECONDS.toNanos(10);
    /** So many without a block between them, and it is left alone until others had their turn. */
    private static final int TIRING = 8;

    private final BitSet pieces = new BitSet();
    private long sinceNanos;
    private int inARow;

    /** @return whether it is to be left alone for now */
    boolean add(int piece, long nowNanos) {
        if (pieces.isEmpty()) {
            sinceNanos = nowNanos;
        }
        pieces.set(piece);
        return ++inARow >= TIRING;
    }

    void blockCame() {
        inARow = 0;
    }

    /** Once a second. @param idle nothing is asked of the peer: better to try again than to wait @return whether anything was forgotten */
    boolean forget(boolean idle, long nowNanos) {
        inARow = 0;
        if (pieces.isEmpty() || !idle && nowNanos - sinceNanos < MEMORY) {
            return false;
        }
        clear();
        return true;
    }

    void clear() {
        pieces.clear();
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    boolean contains(int piece) {
        return pieces.get(piece);
    }

    /** A set without them: the same one, if there are none. */
    BitSet without(BitSet set) {
        if (pieces.isEmpty()) {
            return set;
        }
        BitSet rest = (BitSet) set.clone();
        rest.andNot(pieces);
        return rest;
    }
}
