package org.sallyport.core.swarm;

import java.util.BitSet;
import java.util.Random;

/** Knows which pieces are had, wanted, started and how common each is, and which one to start next. */
final class PiecePicker {
    private final BitSet have;
    private BitSet wanted;
    private final BitSet started = new BitSet();
    private final PieceOrder order;
    private final int pieceCount;
    private boolean sequential;
    private int lacking;
    private int completePeers;
    private int generation;

    /** @param have verified pieces, kept and changed here */
    PiecePicker(BitSet have, PiecePriorities priorities, boolean sequential, Random random) {
        this.have = have;
        this.wanted = priorities.wanted();
        this.sequential = sequential;
        this.pieceCount = priorities.pieceCount();
        this.order = new PieceOrder(priorities, random);
        BitSet startable = startable();
        lacking = startable.cardinality();
        startable.stream().forEach(order::add);
    }

    /** Other pieces are wanted, or wanted sooner. What was started stays started. */
    void prioritize(PiecePriorities priorities) {
        wanted = priorities.wanted();
        BitSet startable = startable();
        lacking = startable.cardinality();
        startable.andNot(started);
        order.prioritize(priorities, startable);
        generation++;
    }

    private BitSet startable() {
        BitSet startable = (BitSet) wanted.clone();
        startable.andNot(have);
        return startable;
    }

    /** Pieces of the same priority in order instead of the rarest first. */
    void sequential(boolean inOrder) {
        sequential = inOrder;
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
        return order.size() == 0;
    }

    /** All that is wanted is had. */
    boolean complete() {
        return lacking == 0;
    }

    boolean hasEverything() {
        return have.cardinality() == pieceCount;
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
        int piece = order.next(has, complete, sequential);
        if (piece >= 0) {
            order.remove(piece);
            started.set(piece);
        }
        return piece;
    }

    /** Starts a piece of those nobody has begun, for a source that has all; −1 when there is none. */
    int startAny() {
        return start(wanted, true);
    }

    /** Starts this piece. @return false when it is not one to be started */
    boolean start(int piece) {
        boolean due = piece < pieceCount && lacks(piece) && order.contains(piece);
        if (due) {
            order.remove(piece);
            started.set(piece);
        }
        return due;
    }

    /** Whether some are to be started that one peer has and no other. */
    boolean dependsOnOne() {
        return !sequential && order.size() > 0 && order.leastAvailability() + completePeers == 1;
    }

    /** Starts this piece, unless others are wanted more or they come in order. @return false when it is not started */
    boolean startSuggested(int piece) {
        return !sequential && order.wantsMost(piece) && start(piece);
    }

    /** Changes whenever there are more pieces to start than before: who had none to start need not be looked at before. */
    int generation() {
        return generation;
    }

    /** Wanted and not had. */
    BitSet missing() {
        return startable();
    }

    /** A started piece goes back to those to be started. */
    void giveUp(int piece) {
        started.clear(piece);
        if (lacks(piece)) {
            order.add(piece);
            generation++;
        }
    }

    void verified(int piece) {
        if (lacks(piece)) {
            lacking--;
        }
        started.clear(piece);
        order.remove(piece);
        have.set(piece);
    }

    void peerHas(int piece) {
        order.gained(piece);
    }

    void peerLost(int piece) {
        order.lost(piece);
    }

    /** Counts a peer's pieces; complete peers are counted once instead of piece by piece. */
    void peerCame(BitSet has, boolean complete) {
        if (complete) {
            completePeers++;
        } else {
            has.stream().forEach(order::gained);
        }
    }

    void peerLeft(BitSet has, boolean complete) {
        if (complete) {
            completePeers--;
        } else {
            has.stream().forEach(order::lost);
        }
    }

    int availability(int piece) {
        return order.availability(piece) + completePeers;
    }

    BitSet started() {
        return started;
    }
}
