package org.sallyport.core.swarm;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Spares the only peer that has many pieces, as the first seed of a crowd. Those that wait in its queue may come to others meanwhile: then it is
 * asked for pieces that nobody else has instead, and the second source for those. Otherwise it sends much to several of us. Network thread only.
 */
final class SecondSource {
    private final Swarm swarm;
    private final PiecePicker picker;
    private final PiecesUnderWay pieces;
    /** Taken back once: nobody makes us ask and cancel for ever by having a piece and having it not. */
    private final BitSet takenBack;

    SecondSource(Swarm swarm, PiecePicker picker, PiecesUnderWay pieces, int pieceCount) {
        this.swarm = swarm;
        this.picker = picker;
        this.pieces = pieces;
        takenBack = new BitSet(pieceCount);
    }

    /** Whether a peer is to be asked for what nobody else has instead of this piece. */
    boolean spares(Peer peer, int piece) {
        return peer.complete() && picker.dependsOnOne() && picker.availability(piece) > 1;
    }

    /**
     * One more peer has a piece: what was asked of the only one before is taken back, if nothing of it came yet, nor comes next.
     * @param peers all of the swarm
     */
    void found(int number, List<Peer> peers) {
        if (picker.availability(number) != 2 || takenBack.get(number) || !picker.dependsOnOne()) {
            return;
        }
        Optional<ActivePiece> stale = pieces.find(number).filter(piece -> piece.untouched() && !piece.suspect)
                .filter(piece -> peers.stream().anyMatch(peer -> peer.requests.waitsBehind(piece)));
        stale.ifPresent(piece -> {
            takenBack.set(number);
            swarm.cancel(piece);
            pieces.drop(piece);
            swarm.fillAll();
        });
    }
}
