package org.sallyport.core.swarm;

import org.sallyport.core.transport.PeerLink;
import org.sallyport.core.wire.ExtendedHandshake;
import org.sallyport.core.wire.WireViolation;

/** {@code upload_only} as a message of its own, the way libtorrent tells that what BEP 21 says in the handshake has changed. */
final class UploadOnly implements Extension {
    private final Peer peer;

    UploadOnly(Peer peer) {
        this.peer = peer;
    }

    @Override
    public String name() {
        return "upload_only";
    }

    @Override
    public void introduced(PeerLink link, ExtendedHandshake theirs) { }

    @Override
    public void heard(PeerLink link, byte[] payload) throws WireViolation {
        if (payload.length != 1) {
            throw new WireViolation("wire.upload-only", "said in " + payload.length + " bytes whether it wants anything");
        }
        peer.wantsNothing(payload[0] != 0);
    }
}
