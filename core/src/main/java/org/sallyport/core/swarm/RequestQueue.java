package org.sallyport.core.swarm;

import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.sallyport.core.wire.ExtendedHandshake;

/**
 * The blocks asked of one peer and not yet here, oldest first, and how many there should be: enough for three seconds
 * at the peer's speed, growing by one a block until the speed grows no more. On a fast way that is also long, as many as are under way at once.
 */
final class RequestQueue {
    private static final int FIRST_DEPTH = 16;
    private static final int MIN_DEPTH = 4;
    /** Enough where answers come at once. */
    static final int MAX_DEPTH = 500;
    /** For twice the bandwidth times the delay: 80 MB/s over 200 ms. */
    static final int MOST_DEPTH = 2000;
    private static final long NOT_MEASURED = Long.MAX_VALUE;
    private static final int SECONDS = 3;

    private ActivePiece[] pieces = new ActivePiece[64];
    private int[] blocks = new int[64];
    private int head;
    private int size;
    private int limit = ExtendedHandshake.DEFAULT_REQUEST_QUEUE;
    private int depth = FIRST_DEPTH;
    private boolean growing = true;
    private boolean snubbed;
    private long lastRate;
    private int most = MAX_DEPTH;
    private long askedNanos = NOT_MEASURED;
    private long delayNanos = NOT_MEASURED;

    int size() {
        return size;
    }

    int room() {
        return wanted() - size;
    }

    /** How many there should be, if memory allows. */
    int wanted() {
        return Math.min(depth, limit);
    }

    /** @param requestQueue what the peer says it keeps (BEP 10 {@code reqq}) */
    void limit(int requestQueue) {
        limit = Math.min(requestQueue, MOST_DEPTH);
    }

    void add(ActivePiece piece, int block) {
        if (size == pieces.length) {
            grow();
        }
        int at = head + size++ & pieces.length - 1;
        pieces[at] = piece;
        blocks[at] = block;
    }

    private void grow() {
        ActivePiece[] morePieces = new ActivePiece[size * 2];
        int[] moreBlocks = new int[size * 2];
        for (int i = 0; i < size; i++) {
            int at = head + i & pieces.length - 1;
            morePieces[i] = pieces[at];
            moreBlocks[i] = blocks[at];
        }
        pieces = morePieces;
        blocks = moreBlocks;
        head = 0;
    }

    /** Finds an asked block; −1 if it was not asked. The answer is good until the queue changes. */
    int find(int piece, int begin) {
        for (int i = 0; i < size; i++) {
            int at = head + i & pieces.length - 1;
            if (pieces[at].piece == piece && blocks[at] * ActivePiece.BLOCK == begin) {
                return i;
            }
        }
        return -1;
    }

    ActivePiece piece(int i) {
        return pieces[head + i & pieces.length - 1];
    }

    int block(int i) {
        return blocks[head + i & pieces.length - 1];
    }

    /** Goes through the whole queue: once for a piece, not once for a block. */
    BitSet blocksOf(ActivePiece piece) {
        BitSet found = new BitSet();
        for (int i = 0; i < size; i++) {
            if (piece(i) == piece) {
                found.set(block(i));
            }
        }
        return found;
    }

    /** Whether this peer was asked for the piece, and for another one before. */
    boolean waitsBehind(ActivePiece piece) {
        for (int i = size - 1; i > 0; i--) {
            if (piece(i) == piece) {
                return piece(0) != piece;
            }
        }
        return false;
    }

    void remove(int i) {
        // answers come mostly in the order asked: moving the few before the hole is cheap
        for (int k = i; k > 0; k--) {
            int to = head + k & pieces.length - 1;
            int of = head + k - 1 & pieces.length - 1;
            pieces[to] = pieces[of];
            blocks[to] = blocks[of];
        }
        pieces[head] = null;
        head = head + 1 & pieces.length - 1;
        size--;
    }

    /** Empties the queue, telling each block. */
    void drain(BiConsumer<ActivePiece, Integer> each) {
        while (size > 0) {
            ActivePiece piece = piece(0);
            int block = block(0);
            remove(0);
            each.accept(piece, block);
        }
    }

    /** Nothing was waited for, and now something is: how long its answer takes is the delay of the way. */
    void askedFirst(long nowNanos) {
        askedNanos = nowNanos;
    }

    void blockCame(long nowNanos) {
        if (askedNanos != NOT_MEASURED) {
            delayNanos = Math.min(delayNanos, Math.max(0, nowNanos - askedNanos));
            askedNanos = NOT_MEASURED;
        }
        if (growing && depth < most) {
            depth++;
        }
    }

    /** Once a second. @param rate bytes per second from this peer */
    void adapt(long rate) {
        if (growing && rate > 0 && rate < lastRate + lastRate / 10) {
            growing = false;
        }
        lastRate = rate;
        most = most(rate);
        if (!growing && !snubbed) {
            depth = (int) Math.max(MIN_DEPTH, Math.min(most, SECONDS * rate / ActivePiece.BLOCK + MIN_DEPTH));
        }
    }

    private int most(long rate) {
        double underway = delayNanos == NOT_MEASURED ? 0 : 2.0 * rate * delayNanos / TimeUnit.SECONDS.toNanos(1) / ActivePiece.BLOCK;
        return (int) Math.max(MAX_DEPTH, Math.min(MOST_DEPTH, underway));
    }

    /** One block at a time until the peer answers again. */
    void snubbed() {
        askedNanos = NOT_MEASURED;
        depth = 1;
        growing = false;
        snubbed = true;
    }

    void answeredAgain() {
        depth = FIRST_DEPTH;
        growing = true;
        snubbed = false;
    }
}
