package org.sallyport.core.swarm;

import java.nio.ByteBuffer;
import java.util.BitSet;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.PeerLink;
import org.sallyport.core.wire.ExtendedHandshake;
import org.sallyport.core.wire.FrameDecoder;
import org.sallyport.core.wire.Handshake;
import org.sallyport.core.wire.WireViolation;

/** What one peer says, held against the torrent: indexes, ranges, order, amounts. What makes sense goes to the {@link Peer}. */
final class PeerMessages implements LinkHandler {
    private static final int MAX_EXTENDED_HANDSHAKES = 10;
    private static final int MAX_UNASKED_BLOCKS = 16;

    private final Peer peer;
    private final Swarm swarm;
    private final Fetcher fetcher;
    private PeerLink link;
    private boolean firstMessageSeen;
    private int extendedHandshakes;
    private boolean toldPort;
    private boolean toldNode;
    private int unasked;
    private int unaskedRejects;

    PeerMessages(Peer peer, Swarm swarm, Fetcher fetcher) {
        this.peer = peer;
        this.swarm = swarm;
        this.fetcher = fetcher;
    }

    @Override
    public void opened(PeerLink newLink, Handshake theirs) {
        link = newLink;
        peer.opened(newLink, theirs);
    }

    @Override
    public void closed(CloseReason reason) {
        peer.closed(reason);
    }

    @Override
    public void writable() {
        peer.pumpUploads();
    }

    @Override
    public void turnEnds() {
        fetcher.fill(peer);
        peer.pumpUploads();
    }

    @Override
    public void keepAlive() {
        firstMessageSeen = true;
    }

    @Override
    public void choke() {
        peer.theyChoke();
    }

    @Override
    public void unchoke() {
        peer.spoke();
        peer.theyUnchoke();
    }

    @Override
    public void interested() {
        peer.spoke();
        peer.theyWant(true);
    }

    @Override
    public void notInterested() {
        peer.spoke();
        peer.theyWant(false);
    }

    @Override
    public void have(int piece) throws WireViolation {
        peer.spoke();
        checkPiece(piece);
        firstMessageSeen = true;
        peer.gained(piece);
    }

    @Override
    public void bitfield(byte[] bits) throws WireViolation {
        firstState(swarm.bits(bits));
    }

    @Override
    public void haveAll() throws WireViolation {
        needFast("have-all");
        BitSet all = new BitSet();
        all.set(0, swarm.pieceCount());
        firstState(all);
    }

    @Override
    public void haveNone() throws WireViolation {
        needFast("have-none");
        firstState(new BitSet());
    }

    /**
     * A bitfield and its kin come first (BEP 3), so that availability is counted once. Later ones are taken as so many haves if they tell of
     * pieces that are new and take none back: aria2 sends one, or have-all
     * for its last pieces, when it has got 20 since it last told.
     */
    private void firstState(BitSet set) throws WireViolation {
        peer.spoke();
        if (!firstMessageSeen) {
            firstMessageSeen = true;
            peer.starts(set);
            return;
        }
        BitSet lost = (BitSet) peer.has.clone();
        lost.andNot(set);
        if (!lost.isEmpty() || set.cardinality() <= peer.has.cardinality()) {
            throw new WireViolation("wire.late-bitfield", "sent its bitfield twice or late");
        }
        set.stream().forEach(peer::gained);
    }

    @Override
    public void request(int piece, int begin, int length) throws WireViolation {
        peer.spoke();
        checkBlock(piece, begin, length);
        firstMessageSeen = true;
        if (peer.gives(piece)) {
            peer.uploads.ask(piece, begin, length);
        } else if (peer.fast()) {
            link.reject(piece, begin, length);
        }
    }

    @Override
    public void cancel(int piece, int begin, int length) throws WireViolation {
        checkBlock(piece, begin, length);
        if (peer.uploads.cancel(piece, begin, length) && peer.fast()) {
            link.reject(piece, begin, length);
        }
    }

    @Override
    public void reject(int piece, int begin, int length) throws WireViolation {
        needFast("reject");
        checkPiece(piece);
        int at = peer.requests.find(piece, begin);
        if (at >= 0) {
            peer.rejected(at);
        } else if (!peer.forgivenReject() && ++unaskedRejects > MAX_UNASKED_BLOCKS) {
            throw new WireViolation("wire.unasked-rejects", "refused blocks that nobody asked it for");
        }
    }

    @Override
    public void allowedFast(int piece) throws WireViolation {
        needFast("allowed-fast");
        checkPiece(piece);
        peer.offersFast(piece);
    }

    @Override
    public void suggest(int piece) throws WireViolation {
        needFast("suggest");
        checkPiece(piece);
        peer.suggests(piece);
    }

    @Override
    public void dhtPort(int port) {
        firstMessageSeen = true;
        if (port > 0 && !toldNode) {
            toldNode = true; // a peer has one node; more would make us ask whomever it likes
            swarm.metNode(new PeerAddress(peer.address().host(), port));
        }
    }

    @Override
    public void extended(int id, byte[] payload) throws WireViolation {
        peer.spoke();
        if (id != 0) {
            peer.extensions().heard(link, id, payload);
            return;
        }
        if (++extendedHandshakes > MAX_EXTENDED_HANDSHAKES) {
            throw new WireViolation("wire.extended-flood", "sent its extended handshake again and again");
        }
        ExtendedHandshake theirs = ExtendedHandshake.decode(payload);
        peer.introduced(theirs);
        peer.extensions().introduced(link, theirs);
        if (theirs.port() > 0 && link.incoming() && !toldPort) {
            toldPort = true; // a peer listens in one place; more would fill the table of addresses
            peer.listensOn(theirs.port());
        }
    }

    @Override
    public ByteBuffer pieceBegins(int piece, int begin, int length) throws WireViolation {
        checkPiece(piece);
        firstMessageSeen = true;
        int at = peer.requests.find(piece, begin);
        if (at < 0) {
            if (!peer.forgiven() && ++unasked > MAX_UNASKED_BLOCKS) {
                throw new WireViolation("wire.unasked-blocks", "sent blocks that nobody asked it for");
            }
            return DISCARD;
        }
        if (length != peer.requests.piece(at).blockBytes(peer.requests.block(at))) {
            throw new WireViolation("wire.block-length", "sent a block of " + length + " bytes instead of what was asked for");
        }
        return fetcher.arrives(peer, at);
    }

    @Override
    public void pieceEnds() {
        fetcher.here(peer);
        unaskedRejects = Math.max(0, unaskedRejects - 1); // some clients refuse what they have sent already
    }

    private void checkPiece(int piece) throws WireViolation {
        if (piece < 0 || piece >= swarm.pieceCount()) {
            throw new WireViolation("wire.piece-index", "named piece " + piece + " of " + swarm.pieceCount());
        }
    }

    private void checkBlock(int piece, int begin, int length) throws WireViolation {
        checkPiece(piece);
        if (begin < 0 || length <= 0 || length > FrameDecoder.MAX_BLOCK
                || (long) begin + length > swarm.pieceBytes(piece)) {
            throw new WireViolation("wire.block-range", "asked for " + length + " bytes at " + begin + " of piece " + piece);
        }
    }

    private void needFast(String message) throws WireViolation {
        if (!peer.fast()) {
            throw new WireViolation("wire.fast-unsupported", "sent " + message + " without the fast extension");
        }
    }
}
