package org.sallyport.core.swarm;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/**
 * The pieces still to be started, kept sorted by how many peers have them. A change of one count moves one piece by one
 * swap; nothing is ever sorted again. Pieces equally rare lie in random order, so that peers fetch different ones.
 */
final class RarityIndex {
    private static final int ABSENT = -1;

    private final int[] availability;
    private final int[] order;
    private final int[] position;
    /** {@code start[k]}: where pieces with availability k or more begin in {@code order}. */
    private int[] start = new int[8];
    private int size;
    private final BitSet pieces = new BitSet();
    private final Random random;

    /** @param availability how many peers have each piece: shared by indexes of which each counts for the pieces that belong to it */
    RarityIndex(int[] availability, Random random) {
        this.availability = availability;
        order = new int[availability.length];
        position = new int[availability.length];
        Arrays.fill(position, ABSENT);
        this.random = random;
    }

    int size() {
        return size;
    }

    int availability(int piece) {
        return availability[piece];
    }

    /** Puts a piece in, at a random place among those equally rare. */
    void add(int piece) {
        if (position[piece] != ABSENT) {
            return;
        }
        int rarity = availability[piece];
        ensure(rarity + 1);
        pieces.set(piece);
        // a hole at the end of everything, moved down bucket by bucket to this piece's own
        int hole = size++;
        for (int k = start.length - 1; k > rarity; k--) {
            int first = start[k];
            if (first < hole) {
                put(hole, order[first]);
                hole = first;
            }
            start[k]++;
        }
        put(hole, piece);
        int first = start[rarity];
        swap(hole, first + random.nextInt(hole - first + 1));
    }

    void remove(int piece) {
        if (position[piece] == ABSENT) {
            return;
        }
        int hole = position[piece];
        int rarity = availability[piece];
        for (int k = rarity + 1; k < start.length; k++) {
            int last = --start[k];
            if (last != hole) {
                put(hole, order[last]);
                hole = last;
            }
        }
        size--;
        if (hole != size) {
            put(hole, order[size]);
        }
        position[piece] = ABSENT;
        pieces.clear(piece);
    }

    /** One more peer has the piece. */
    void gained(int piece) {
        int rarity = availability[piece]++;
        ensure(rarity + 2);
        if (position[piece] != ABSENT) {
            int last = start[rarity + 1] - 1;
            swap(position[piece], last);
            start[rarity + 1] = last;
        }
    }

    /** One peer less has the piece. */
    void lost(int piece) {
        int rarity = availability[piece]--;
        if (position[piece] != ABSENT) {
            int first = start[rarity];
            swap(position[piece], first);
            start[rarity] = first + 1;
        }
    }

    /** The rarest piece that is in {@code has}; −1 if there is none. */
    int rarest(BitSet has) {
        for (int i = 0; i < size; i++) {
            if (has.get(order[i])) {
                return order[i];
            }
        }
        return -1;
    }

    /** The rarest piece of all; −1 if the index is empty. */
    int rarest() {
        return size == 0 ? -1 : order[0];
    }

    /** The lowest piece that is in {@code has}; −1 if there is none. */
    int first(BitSet has) {
        int piece = pieces.nextSetBit(0);
        while (piece >= 0 && !has.get(piece)) {
            int next = has.nextSetBit(piece); // leaps over what only one of the two holds
            piece = next < 0 ? -1 : pieces.nextSetBit(next);
        }
        return piece;
    }

    boolean contains(int piece) {
        return position[piece] != ABSENT;
    }

    private void ensure(int highest) {
        if (highest >= start.length) {
            int old = start.length;
            start = Arrays.copyOf(start, Math.max(highest + 1, old * 2));
            Arrays.fill(start, old, start.length, size);
        }
    }

    private void swap(int a, int b) {
        int piece = order[a];
        put(a, order[b]);
        put(b, piece);
    }

    private void put(int at, int piece) {
        order[at] = piece;
        position[piece] = at;
    }
}
