package org.sallyport.core.swarm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sallyport.core.model.Bytes;

/**
 * Finds who sent wrong data without punishing those who shared a piece with the liar. A failed piece's blocks are
 * remembered by hash and sender; it is fetched again from one peer only; when it is right then, exactly the senders
 * whose blocks differ are banned. A failure with a single source needs no comparison. Network thread only.
 */
final class Blame {
    /** Pieces under suspicion at once; beyond that the oldest knowledge is not worth its memory. */
    private static final int MAX_SUSPECTS = 256;

    private record Sent(ActivePiece.Origin origin, Bytes hash) { }

    private final Swarm swarm;
    private final Map<Integer, List<List<Sent>>> suspects = new HashMap<>();

    Blame(Swarm swarm) {
        this.swarm = swarm;
    }

    /** Whether a piece has come wrong from several peers and never right since. */
    boolean suspects(int piece) {
        return suspects.containsKey(piece);
    }

    void failed(ActivePiece piece, List<Bytes> blockHashes) {
        Set<ActivePiece.Origin> origins = new HashSet<>();
        List<Sent> sent = new ArrayList<>();
        for (int block = 0; block < Math.min(piece.blocks(), blockHashes.size()); block++) {
            ActivePiece.Origin origin = piece.sender(block).origin();
            origins.add(origin);
            sent.add(new Sent(origin, blockHashes.get(block)));
        }
        if (origins.size() == 1) {
            swarm.blame(origins.iterator().next(), "peer.bad-piece", "sent piece " + piece.piece + " with wrong data");
        } else if (suspects.size() < MAX_SUSPECTS) {
            suspects.computeIfAbsent(piece.piece, p -> new ArrayList<>()).add(sent);
        }
    }

    /** A piece that had failed is right now. @param blockHashes of the right data; empty if they could not be read */
    void passed(int piece, List<Bytes> blockHashes) {
        List<List<Sent>> attempts = suspects.remove(piece);
        if (attempts == null) {
            return;
        }
        Set<ActivePiece.Origin> liars = new HashSet<>();
        for (List<Sent> attempt : attempts) {
            for (int block = 0; block < Math.min(attempt.size(), blockHashes.size()); block++) {
                if (!attempt.get(block).hash().equals(blockHashes.get(block))) {
                    liars.add(attempt.get(block).origin());
                }
            }
        }
        liars.forEach(origin -> swarm.blame(origin, "peer.bad-block", "sent wrong data in piece " + piece));
    }
}
