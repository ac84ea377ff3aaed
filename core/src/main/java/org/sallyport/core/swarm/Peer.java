package org.sallyport.core.swarm;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.PeerLink;
import org.sallyport.core.wire.ExtendedHandshake;
import org.sallyport.core.wire.FrameDecoder;
import org.sallyport.core.wire.Handshake;
import org.sallyport.core.wire.PeerNames;
import org.sallyport.core.wire.WireViolation;

/** One peer of one swarm: what it has, who chokes whom, what is under way. Checks each message against the torrent. */
final class Peer implements LinkHandler, ActivePiece.Source, Choker.Candidate {
    private static final int MAX_EXTENDED_HANDSHAKES = 10;
    private static final int MAX_UNASKED_BLOCKS = 16;
    /** A block may take this many times the silence that is borne: 16 KiB in a minute. */
    private static final int SLOWEST_BLOCK = 4;

    private final Swarm swarm;
    private final Fetcher fetcher;
    /** Where we dialled it, or where it dialled from; replaced by the port it says it listens on. */
    private PeerAddress address;
    private PeerLink link;
    private Bytes peerId = Bytes.EMPTY;
    private String client = "";
    private boolean fast;
    private boolean opened;
    private boolean firstMessageSeen;
    private int extendedHandshakes;
    private boolean toldPort;

    final BitSet has = new BitSet();
    private boolean complete;
    private int interesting;
    final RequestQueue requests = new RequestQueue();
    final RateMeter down = new RateMeter();
    final Uploads uploads;
    private boolean theyChoke = true;
    private boolean theyWant;
    private boolean weChoke = true;
    private boolean weWant;
    private boolean optimistic;
    private boolean snubbed;
    private boolean resting;
    private long lastBlockNanos;
    private int forgivable;
    private int unasked;

    private Optional<ActivePiece> arriving = Optional.empty();
    private int arrivingBlock;
    private long arrivingSinceNanos;
    private Optional<ActivePiece> current = Optional.empty();

    Peer(Swarm swarm, Fetcher fetcher, PeerAddress address, Uploads uploads) {
        this.swarm = swarm;
        this.fetcher = fetcher;
        this.address = address;
        this.uploads = uploads;
    }

    @Override
    public void opened(PeerLink newLink, Handshake theirs) {
        link = newLink;
        peerId = theirs.peerId();
        client = PeerNames.fromPeerId(peerId);
        fast = theirs.supportsFast();
        opened = true;
        lastBlockNanos = System.nanoTime();
        swarm.opened(this, theirs);
    }

    @Override
    public void closed(CloseReason reason) {
        uploads.end();
        swarm.closed(this, reason);
    }

    @Override
    public void writable() {
        pumpUploads();
    }

    @Override
    public void turnEnds() {
        fetcher.fill(this);
        pumpUploads();
    }

    private void pumpUploads() {
        if (!weChoke) {
            uploads.pump(link, swarm::readTrouble);
        }
    }

    @Override
    public void keepAlive() {
        firstMessageSeen = true;
    }

    @Override
    public void choke() {
        theyChoke = true;
        if (fast) {
            fetcher.disown(this);
        } else {
            fetcher.release(this); // without BEP 6 a choke silently drops every request
        }
    }

    @Override
    public void unchoke() {
        theyChoke = false;
        lastBlockNanos = System.nanoTime();
    }

    @Override
    public void interested() {
        theyWant = true;
        swarm.interestChanged(this);
    }

    @Override
    public void notInterested() {
        theyWant = false;
        swarm.interestChanged(this);
    }

    @Override
    public void have(int piece) throws WireViolation {
        checkPiece(piece);
        firstMessageSeen = true;
        if (!complete && !has.get(piece)) {
            has.set(piece);
            fetcher.picker().peerHas(piece);
            if (fetcher.picker().lacks(piece)) {
                interesting++;
            }
            becameComplete();
            updateInterest();
        }
    }

    @Override
    public void bitfield(byte[] bits) throws WireViolation {
        BitSet set = swarm.bits(bits);
        firstState(set, set.cardinality() == swarm.pieceCount());
    }

    @Override
    public void haveAll() throws WireViolation {
        needFast("have-all");
        BitSet all = new BitSet();
        all.set(0, swarm.pieceCount());
        firstState(all, true);
    }

    @Override
    public void haveNone() throws WireViolation {
        needFast("have-none");
        firstState(new BitSet(), false);
    }

    /** A bitfield and its kin may only come first (BEP 3), so that availability is counted once. */
    private void firstState(BitSet set, boolean all) throws WireViolation {
        if (firstMessageSeen) {
            throw new WireViolation("wire.late-bitfield", "sent its bitfield twice or late");
        }
        firstMessageSeen = true;
        has.or(set);
        complete = all;
        fetcher.picker().peerCame(has, complete);
        interesting = fetcher.picker().interesting(has);
        updateInterest();
        if (complete) {
            swarm.metSeed(this);
        }
    }

    private void becameComplete() {
        if (has.cardinality() == swarm.pieceCount()) {
            fetcher.picker().peerLeft(has, false);
            complete = true;
            fetcher.picker().peerCame(has, true);
            swarm.metSeed(this);
        }
    }

    @Override
    public void request(int piece, int begin, int length) throws WireViolation {
        checkBlock(piece, begin, length);
        firstMessageSeen = true;
        if (weChoke || !fetcher.picker().has(piece)) {
            if (fast) {
                link.reject(piece, begin, length);
            }
            return;
        }
        uploads.ask(piece, begin, length);
    }

    @Override
    public void cancel(int piece, int begin, int length) throws WireViolation {
        checkBlock(piece, begin, length);
        if (uploads.cancel(piece, begin, length) && fast) {
            link.reject(piece, begin, length);
        }
    }

    @Override
    public void reject(int piece, int begin, int length) throws WireViolation {
        needFast("reject");
        checkPiece(piece);
        int at = requests.find(piece, begin);
        if (at >= 0) {
            resting |= !theyChoke; // asking again at once would be answered the same way, as fast as the network carries it
            fetcher.rejected(this, at);
        }
    }

    @Override
    public void allowedFast(int piece) throws WireViolation {
        needFast("allowed-fast");
        checkPiece(piece);
    }

    @Override
    public void suggest(int piece) throws WireViolation {
        needFast("suggest");
        checkPiece(piece);
    }

    @Override
    public void dhtPort(int port) {
        firstMessageSeen = true;
    }

    @Override
    public void extended(int id, byte[] payload) throws WireViolation {
        if (id != 0) {
            return; // an extension we did not offer
        }
        if (++extendedHandshakes > MAX_EXTENDED_HANDSHAKES) {
            throw new WireViolation("wire.extended-flood", "sent its extended handshake again and again");
        }
        ExtendedHandshake theirs = ExtendedHandshake.decode(payload);
        requests.limit(theirs.requestQueue());
        if (!theirs.client().isEmpty()) {
            client = theirs.client();
        }
        if (theirs.port() > 0 && link.incoming() && !toldPort) {
            toldPort = true; // a peer listens in one place; more would fill the table of addresses
            address = new PeerAddress(address.host(), theirs.port());
            swarm.learned(this);
        }
    }

    @Override
    public ByteBuffer pieceBegins(int piece, int begin, int length) throws WireViolation {
        checkPiece(piece);
        firstMessageSeen = true;
        int at = requests.find(piece, begin);
        if (at < 0) {
            if (forgivable > 0) {
                forgivable--; // asked for, then taken back; it crossed our cancel
            } else if (++unasked > MAX_UNASKED_BLOCKS) {
                throw new WireViolation("wire.unasked-blocks", "sent blocks that nobody asked it for");
            }
            return DISCARD;
        }
        if (length != requests.piece(at).blockBytes(requests.block(at))) {
            throw new WireViolation("wire.block-length", "sent a block of " + length + " bytes instead of what was asked for");
        }
        return fetcher.arrives(this, at);
    }

    @Override
    public void pieceEnds() {
        fetcher.here(this);
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
        if (!fast) {
            throw new WireViolation("wire.fast-unsupported", "sent " + message + " without the fast extension");
        }
    }

    /** We now have {@code piece}: tell the peer, unless it has it. */
    void weHave(int piece) {
        if (has.get(piece)) {
            interesting--;
            updateInterest();
        } else {
            link.have(piece);
        }
    }

    private void updateInterest() {
        boolean want = interesting > 0;
        if (want != weWant && opened) {
            weWant = want;
            if (want) {
                link.interested();
            } else {
                link.notInterested();
            }
        }
    }

    @Override
    public void setChoked(boolean choked, boolean nowOptimistic) {
        optimistic = nowOptimistic;
        if (choked != weChoke) {
            weChoke = choked;
            if (choked) {
                link.choke();
                uploads.choke(link, fast);
            } else {
                link.unchoke();
            }
        }
    }

    void begins(ActivePiece piece, int block, long nowNanos) {
        arriving = Optional.of(piece);
        arrivingBlock = block;
        arrivingSinceNanos = nowNanos;
    }

    /** The piece whose block was arriving; none afterwards. */
    Optional<ActivePiece> takeArriving() {
        Optional<ActivePiece> piece = arriving;
        arriving = Optional.empty();
        return piece;
    }

    /** Whether it began to send a block and stopped, or sends it so slowly that others wait for it. */
    boolean holdsUpABlock(long silenceNanos, long nowNanos) {
        return arriving.isPresent() && (nowNanos - link.lastReadNanos() > silenceNanos
                || nowNanos - arrivingSinceNanos > SLOWEST_BLOCK * silenceNanos);
    }

    int arrivingBlock() {
        return arrivingBlock;
    }

    void gotBlock(int bytes, long nowNanos) {
        down.add(bytes);
        lastBlockNanos = nowNanos;
        requests.blockCame();
        if (snubbed) {
            snubbed = false;
            requests.answeredAgain();
        }
    }

    /** Blocks that may still come although they were taken back. */
    void forgive(int blocks) {
        forgivable += blocks;
    }

    boolean mayBeAsked() {
        return opened && !theyChoke && !resting && interesting > 0;
    }

    void snub() {
        snubbed = true;
        resting = true;
        requests.snubbed();
    }

    /** Others had their turn: it may be asked again. */
    void rested() {
        resting = false;
    }

    @Override
    public boolean snubbed() {
        return snubbed;
    }

    long lastBlockNanos() {
        return lastBlockNanos;
    }

    void askedAfterSilence(long nowNanos) {
        lastBlockNanos = nowNanos;
    }

    Optional<ActivePiece> current() {
        return current;
    }

    void current(ActivePiece piece) {
        current = Optional.of(piece);
    }

    boolean complete() {
        return complete;
    }

    @Override
    public boolean wantsUs() {
        return theyWant;
    }

    @Override
    public boolean choked() {
        return weChoke;
    }

    @Override
    public long givingRate() {
        return down.rate();
    }

    @Override
    public long takingRate() {
        return uploads.meter().rate();
    }

    boolean optimistic() {
        return optimistic;
    }

    @Override
    public boolean isOpen() {
        return opened;
    }

    boolean fast() {
        return fast;
    }

    PeerLink link() {
        return link;
    }

    Bytes peerId() {
        return peerId;
    }

    @Override
    public PeerAddress address() {
        return address;
    }

    String client() {
        return client;
    }

    String flags() {
        return (weWant ? theyChoke ? "d" : "D" : "") + (theyWant ? weChoke ? "u" : "U" : "")
                + (optimistic ? "O" : "") + (snubbed ? "S" : "") + (link.incoming() ? "I" : "");
    }
}
