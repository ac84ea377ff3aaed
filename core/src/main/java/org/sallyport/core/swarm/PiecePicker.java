package org.sallyport.core.swarm;

import java.util.BitSet;
import java.util.Random;
import org.sallyport.core.metainfo.Metainfo;

/** Knows which pieces are had, wanted, started and how common each is, and which one to start next. */
final class PiecePicker {
    private final Metainfo metainfo;
    private final BitSet have;
    private final BitSet wanted;
    private final BitSet started = new BitSet();
    private final RarityIndex index;
    private final boolean sequential;
    private int completePeers;

    /** @param have verified pieces, kept and changed here @param wanted pieces of the selected files */
    PiecePicker(Metainfo metainfo, BitSet have, BitSet wanted, boolean sequential, Random random) {
        this.metainfo = metainfo;
        this.have = have;
        this.wanted = wanted;
        this.sequential = sequential;
        this.index = new RarityIndex(metainfo.pieceCount(), random);
        for (int p = wanted.nextSetBit(0); p >= 0; p = wanted.nextSetBit(p + 1)) {
            if (!have.get(p)) {
                index.add(p);
            }
        }
    }

    BitSet have() {
        return have;
    }

    boolean has(int piece) {
        return have.get(piece);
    }

    /** Wanted and not had, started or not. */
    boolean lacks(int piece) {
        return wanted.get(piece) && !have.get(piece);
    }

    boolean allStarted() {
        return index.size() == 0;
    }

    boolean complete() {
        return index.size() == 0 && started.isEmpty();
    }

    boolean hasEverything() {
        return have.cardinality() == metainfo.pieceCount();
    }

    /** How many of the pieces in {@code has} we lack. */
    int interesting(BitSet has) {
        BitSet missing = (BitSet) has.clone();
        missing.and(wanted);
        missing.andNot(have);
        return missing.cardinality();
    }

    /** Starts a piece that a peer can give; −1 when there is none. */
    int start(BitSet has, boolean complete) {
        int piece = sequential ? firstOf(has) : complete ? index.rarest() : index.rarest(has);
        if (piece >= 0) {
            index.remove(piece);
            started.set(piece);
        }
        return piece;
    }

    private int firstOf(BitSet has) {
        for (int p = has.nextSetBit(0); p >= 0; p = has.nextSetBit(p + 1)) {
            if (index.contains(p)) {
                return p;
            }
        }
        return -1;
    }

    /** A started piece goes back to those to be started. */
    void giveUp(int piece) {
        started.clear(piece);
        if (lacks(piece)) {
            index.add(piece);
        }
    }

    void verified(int piece) {
        started.clear(piece);
        index.remove(piece);
        have.set(piece);
    }

    void peerHas(int piece) {
        index.gained(piece);
    }

    /** Counts a peer's pieces; complete peers are counted once instead of piece by piece. */
    void peerCame(BitSet has, boolean complete) {
        if (complete) {
            completePeers++;
        } else {
            has.stream().forEach(index::gained);
        }
    }

    void peerLeft(BitSet has, boolean complete) {
        if (complete) {
            completePeers--;
        } else {
            has.stream().forEach(index::lost);
        }
    }

    int availability(int piece) {
        return index.availability(piece) + completePeers;
    }

    BitSet started() {
        return started;
    }
}
