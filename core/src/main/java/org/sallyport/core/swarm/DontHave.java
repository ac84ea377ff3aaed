package org.sallyport.core.swarm;

import java.nio.ByteBuffer;
import org.sallyport.core.transport.PeerLink;
import org.sallyport.core.wire.ExtendedHandshake;
import org.sallyport.core.wire.WireViolation;

/**
 * {@code lt_donthave} (BEP 54): a peer has a piece no more that it had. Heard only: we have no piece less while connections last. To check the
 * data again, and when it cannot be read, they end; who connects afterwards hears anew what there is.
 */
final class DontHave implements Extension {
    private final Peer peer;
    private final int pieceCount;

    DontHave(Peer peer, int pieceCount) {
        this.peer = peer;
        this.pieceCount = pieceCount;
    }

    @Override
    public String name() {
        return "lt_donthave";
    }

    @Override
    public void introduced(PeerLink link, ExtendedHandshake theirs) { }

    @Override
    public void heard(PeerLink link, byte[] payload) throws WireViolation {
        int piece = payload.length == Integer.BYTES ? ByteBuffer.wrap(payload).getInt() : -1;
        if (piece < 0 || piece >= pieceCount) {
            throw new WireViolation("wire.dont-have", "took back a piece that the torrent does not have");
        }
        peer.lost(piece);
    }
}
