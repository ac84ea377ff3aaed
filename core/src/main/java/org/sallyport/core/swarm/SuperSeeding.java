package org.sallyport.core.swarm;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The only seed of a torrent shows each peer one piece, and the next when that one was seen at another peer (BEP 16): so each piece is sent
 * about once. Who connected before it began, or has everything, has been told all and is sent anything. Network thread only.
 */
final class SuperSeeding {
    private final PiecePicker picker;
    private final int pieceCount;
    private final Map<Peer, Shown> peers = new HashMap<>();
    private final short[] times;
    private boolean on;

    private static final class Shown {
        private final BitSet pieces = new BitSet();
        private int last = -1;
    }

    SuperSeeding(PiecePicker picker, int pieceCount) {
        this.picker = picker;
        this.pieceCount = pieceCount;
        this.times = new short[pieceCount];
    }

    /** Whether the next peer is told nothing of what we have. */
    boolean active() {
        return on && picker.hasEverything();
    }

    /** @param wanted the user's choice; when it ends, everybody is told of everything */
    void choose(boolean wanted) {
        on = wanted;
        if (!wanted) {
            peers.forEach((peer, shown) -> {
                shown.pieces.or(peer.has);
                for (int piece = shown.pieces.nextClearBit(0); piece < pieceCount; piece = shown.pieces.nextClearBit(piece + 1)) {
                    peer.link().have(piece);
                }
            });
            peers.clear();
        }
    }

    /** A peer was introduced without being told what we have. */
    void came(Peer peer) {
        peers.put(peer, new Shown());
        showOne(peer);
    }

    void left(Peer peer) {
        peers.remove(peer);
    }

    /** Somebody has a piece now: who was shown it has spread it. */
    void gained(Peer who, int piece) {
        Map.copyOf(peers).forEach((peer, shown) -> {
            boolean spread = shown.last == piece && (peer != who || peers.size() == 1);
            boolean useless = peer == who && shown.last < 0;
            if (spread || useless) {
                showOne(peer);
            }
        });
    }

    /** A peer told all that it has at once: what it was shown of that is of no use, and has spread. */
    void met(Peer who) {
        Map.copyOf(peers).forEach((peer, shown) -> {
            if (shown.last >= 0 && who.has.get(shown.last)) {
                showOne(peer);
            }
        });
    }

    boolean hides(Peer peer, int piece) {
        Shown shown = peers.get(peer);
        return shown != null && !shown.pieces.get(piece);
    }

    private void showOne(Peer peer) {
        Shown shown = peers.get(peer);
        int best = -1;
        int least = Integer.MAX_VALUE;
        for (int piece = 0; piece < pieceCount; piece++) {
            int common = picker.availability(piece) + times[piece];
            if (common < least && !shown.pieces.get(piece) && !peer.has.get(piece)) {
                best = piece;
                least = common;
            }
        }
        shown.last = best;
        if (best >= 0) {
            shown.pieces.set(best);
            times[best] = (short) Math.min(Short.MAX_VALUE, times[best] + 1);
            peer.link().have(best);
        }
    }
}
