package org.sallyport.core.swarm;

import java.util.Map;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.transport.PeerLink;
import org.sallyport.core.wire.ExtendedHandshake;
import org.sallyport.core.wire.MetadataMessage;
import org.sallyport.core.wire.WireViolation;

/**
 * Gives one peer the info dictionary of its torrent (BEP 9), twice at most: more is no use to anybody. That of a private torrent comes
 * from its site only, so it is not offered. Network thread only.
 */
final class MetadataServer {
    /** Our number for the extension: what the others put on their messages. */
    static final int OUR_ID = 3;
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

    static Map<String, Integer> extensions(Metainfo metainfo) {
        return metainfo.privateTorrent() ? Map.of() : Map.of(MetadataMessage.EXTENSION, OUR_ID);
    }

    /** What the peer calls the extension. */
    void introduced(ExtendedHandshake theirs) {
        theirId = theirs.extensions().getOrDefault(MetadataMessage.EXTENSION, theirId);
    }

    void heard(PeerLink link, byte[] payload) throws WireViolation {
        var message = MetadataMessage.decode(payload).filter(m -> m.kind() == MetadataMessage.Kind.REQUEST);
        if (message.isPresent() && theirId > 0) {
            answer(link, message.get().piece());
        }
    }

    private void answer(PeerLink link, int piece) throws WireViolation {
        int size = metainfo.infoLength();
        int pieces = MetadataMessage.pieces(size);
        if (!metainfo.privateTorrent() && piece < pieces && given < TIMES * pieces) {
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
