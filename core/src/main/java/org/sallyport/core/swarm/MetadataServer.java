package org.sallyport.core.swarm;

import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.transport.PeerLink;
import org.sallyport.core.wire.ExtendedHandshake;
import org.sallyport.core.wire.MetadataMessage;
import org.sallyport.core.wire.WireViolation;

/**
 * Gives one peer the info dictionary of its torrent (BEP 9), twice at most: more is no use to anybody. Not for a private torrent: its
 * list of files comes from its site only. Network thread only.
 */
final class MetadataServer implements Extension {
    private static final int TIMES = 2;
    /** What is refused costs an answer, too. */
    private static final int MAX_REJECTS = 1000;

    private final Metainfo metainfo;
    private int theirId;
    private int given;
    private int rejected;

    MetadataServer(Metainfo metainfo) {
        this.metainfo = metainfo;
    }

    @Override
    public String name() {
        return MetadataMessage.EXTENSION;
    }

    @Override
    public void introduced(PeerLink link, ExtendedHandshake theirs) {
        theirId = theirs.extensions().getOrDefault(MetadataMessage.EXTENSION, theirId);
    }

    @Override
    public void heard(PeerLink link, byte[] payload) throws WireViolation {
        var message = MetadataMessage.decode(payload).filter(m -> m.kind() == MetadataMessage.Kind.REQUEST);
        if (message.isPresent() && theirId > 0) {
            answer(link, message.get().piece());
        }
    }

    private void answer(PeerLink link, int piece) throws WireViolation {
        int size = metainfo.infoLength();
        int pieces = MetadataMessage.pieces(size);
        if (piece < pieces && given < TIMES * pieces) {
            given++;
            int from = piece * MetadataMessage.PIECE;
            byte[] data = metainfo.infoBytes(from, from + MetadataMessage.pieceBytes(size, piece));
            link.extended(theirId, MetadataMessage.data(piece, size, data).encode());
        } else if (++rejected > MAX_REJECTS) {
            throw new WireViolation("wire.metadata-flood", "asked for the list of files again and again");
        } else {
            link.extended(theirId, MetadataMessage.reject(piece).encode());
        }
    }
}
