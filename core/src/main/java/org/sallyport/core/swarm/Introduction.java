package org.sallyport.core.swarm;

import java.net.InetAddress;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.wire.AllowedFast;
import org.sallyport.core.wire.Bitfield;
import org.sallyport.core.wire.ExtendedHandshake;

/** What a peer is told first: who we are, what we have, and what it may have in spite of a choke. Network thread only. */
final class Introduction {
    static final String CLIENT = "Sallyport 0.1";

    private final Metainfo metainfo;
    private final PiecePicker picker;
    private final SwarmHost host;

    Introduction(Metainfo metainfo, PiecePicker picker, SwarmHost host) {
        this.metainfo = metainfo;
        this.picker = picker;
        this.host = host;
    }

    /** @param hidden we do not tell what we have, but one piece after another (BEP 16) */
    void to(Peer peer, boolean hidden) {
        if (peer.extended()) {
            tell(peer);
        }
        int had = picker.have().cardinality();
        if (peer.fast() && (hidden || had == 0)) {
            peer.link().haveNone();
        } else if (peer.fast() && had == metainfo.pieceCount()) {
            peer.link().haveAll();
        } else if (had > 0 && !hidden) {
            peer.link().bitfield(Bitfield.encode(picker.have(), metainfo.pieceCount()));
        }
        if (peer.fast() && !hidden) {
            peer.mayGrant(AllowedFast.of(peer.address().host(), metainfo.hash(), metainfo.pieceCount(), FastPieces.COUNT));
        }
    }

    /** The extended handshake; it may come again with news (BEP 10). */
    void tell(Peer peer) {
        InetAddress seen = peer.link().remote().getAddress();
        peer.link().extended(0, new ExtendedHandshake(CLIENT, Uploads.ADVERTISED_QUEUE, host.listenPort(), metainfo.infoLength(),
                peer.extensions().ids(), picker.complete(), Bytes.copyOf(seen.getAddress())).encode());
    }
}
