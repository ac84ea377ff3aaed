package org.sallyport.core.swarm;

import java.util.BitSet;
import java.util.Random;

/** The pieces still to be started: the most wanted first, and among those the rarest, or the first when they are taken in order. */
final class PieceOrder {
    private final int[] availability;
    private final Random random;
    private PiecePriorities priorities;
    /** By level; made when the first piece of that level comes: most torrents have one. */
    private final RarityIndex[] levels = new RarityIndex[PiecePriorities.LEVELS];
    private int size;

    PieceOrder(PiecePriorities priorities, Random random) {
        this.availability = new int[priorities.pieceCount()];
        this.random = random;
        this.priorities = priorities;
    }

    int size() {
        return size;
    }

    boolean contains(int piece) {
        return levelOf(piece).contains(piece);
    }

    void add(int piece) {
        RarityIndex level = levelOf(piece);
        size += level.contains(piece) ? 0 : 1;
        level.add(piece);
    }

    void remove(int piece) {
        RarityIndex level = levelOf(piece);
        size -= level.contains(piece) ? 1 : 0;
        level.remove(piece);
    }

    /** From now on these count. @param startable pieces that are to be in it, all of them wanted */
    void prioritize(PiecePriorities now, BitSet startable) {
        for (int piece = 0; piece < now.pieceCount(); piece++) {
            boolean moves = now.level(piece) != priorities.level(piece);
            if (moves || !startable.get(piece)) {
                remove(piece);
            }
        }
        priorities = now;
        startable.stream().forEach(this::add);
    }

    private RarityIndex levelOf(int piece) {
        int level = priorities.level(piece);
        if (levels[level] == null) {
            levels[level] = new RarityIndex(availability, random);
        }
        return levels[level];
    }

    /** Whether no piece still to be started is wanted more. */
    boolean wantsMost(int piece) {
        for (int level = levels.length - 1; level > priorities.level(piece); level--) {
            if (levels[level] != null && levels[level].size() > 0) {
                return false;
            }
        }
        return true;
    }

    /** How many peers have the next piece, whoever is asked for it; only when there is one. */
    int leastAvailability() {
        return availability[next(new BitSet(), true, false)];
    }

    void gained(int piece) {
        levelOf(piece).gained(piece);
    }

    void lost(int piece) {
        levelOf(piece).lost(piece);
    }

    int availability(int piece) {
        return availability[piece];
    }

    /**
     * The next of the pieces in {@code has}; −1 if there is none.
     * @param complete {@code has} holds all
     * @param inOrder the first instead of the rarest
     */
    int next(BitSet has, boolean complete, boolean inOrder) {
        for (int level = levels.length - 1; level > 0; level--) {
            RarityIndex index = levels[level];
            if (index != null && index.size() > 0) {
                int piece = inOrder ? index.first(has) : complete ? index.rarest() : index.rarest(has);
                if (piece >= 0) {
                    return piece;
                }
            }
        }
        return -1;
    }
}
