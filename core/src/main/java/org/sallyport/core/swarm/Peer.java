package org.sallyport.core.swarm;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.PeerLink;
import org.sallyport.core.wire.ExtendedHandshake;
import org.sallyport.core.wire.Handshake;
import org.sallyport.core.wire.PeerNames;

/** One peer of one swarm: what it has, who chokes whom, what is under way. {@link PeerMessages} hears what it says. */
final class Peer implements ActivePiece.Source, Choker.Candidate, Contacts.Party {
    /** A block may take this many times the silence that is borne: 16 KiB in a minute. */
    private static final int SLOWEST_BLOCK = 4;
    private static final int MAX_SUGGESTIONS = 8;

    private static final CloseReason NOT_SERVED = new CloseReason("link.not-served", "the torrent is not to be sent to that peer any more");

    private final Swarm swarm;
    private final Fetcher fetcher;
    /** Where we dialled it, or where it dialled from; replaced by the port it says it listens on. */
    private PeerAddress address;
    private PeerLink link;
    private Bytes peerId = Bytes.EMPTY;
    private String client = "";
    private boolean fast;
    private boolean extended;
    private boolean opened;

    final BitSet has = new BitSet();
    private boolean complete;
    private int hasCount;
    private int interesting;
    /** {@link PiecePicker#generation()} at which it had no piece that could be started; −1 since it has more. */
    private int barrenAt = -1;
    final RequestQueue requests = new RequestQueue();
    final RateMeter down = new RateMeter();
    final Uploads uploads;
    private boolean theyChoke = true;
    private boolean theyWant;
    private boolean served;
    private boolean weChoke = true;
    private boolean weWant;
    private boolean optimistic;
    private boolean snubbed;
    private boolean resting;
    private long lastBlockNanos;
    private int forgivableBlocks;
    private int forgivableRejects;
    private final FastPieces fastPieces = new FastPieces();
    private final ArrayDeque<Integer> suggestions = new ArrayDeque<>();
    private final Refusals refusals = new Refusals();
    private Extensions extensions = new Extensions(List.of());
    private boolean uploadOnly;
    private boolean listens;
    private boolean spoke;

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

    Swarm swarm() {
        return swarm;
    }

    /** What it is offered besides the messages of BEP 3 and 6. */
    void offer(Extensions offered) {
        extensions = offered;
    }

    Extensions extensions() {
        return extensions;
    }

    void opened(PeerLink newLink, Handshake theirs) {
        link = newLink;
        peerId = theirs.peerId();
        client = PeerNames.fromPeerId(peerId);
        fast = theirs.supportsFast();
        extended = theirs.supportsExtensions();
        opened = true;
        listens = !newLink.incoming();
        lastBlockNanos = clock(System.nanoTime());
        swarm.opened(this, theirs);
    }

    void introduced(ExtendedHandshake theirs) {
        requests.limit(theirs.requestQueue());
        if (!theirs.client().isEmpty()) {
            client = theirs.client();
        }
        swarm.ownAddress().told(address.host(), theirs.yourIp());
        wantsNothing(theirs.uploadOnly());
    }

    /** It has all that it wants (BEP 21), or not any more. */
    void wantsNothing(boolean nothing) {
        uploadOnly = nothing;
        if (nothing) {
            swarm.metSeed(this);
        }
    }

    /** It seeks nothing: it has everything, or all that it wants. */
    boolean seeksNothing() {
        return complete || uploadOnly;
    }

    /** Whether its address is one at which it can be called. */
    boolean listens() {
        return listens;
    }

    void listensOn(int port) {
        address = new PeerAddress(address.host(), port);
        listens = true;
        swarm.learned(this);
    }

    void pumpUploads() {
        uploads.pump(link, swarm::readTrouble); // while it is choked, only what it may have in spite of that waits there
    }

    void theyChoke() {
        theyChoke = true;
        barrenAt = -1;
        if (fast) {
            fetcher.pieces().disown(this);
        } else {
            fetcher.release(this); // without BEP 6 a choke silently drops every request
        }
    }

    void theyUnchoke() {
        theyChoke = false;
        barrenAt = -1;
        refusals.clear();
        lastBlockNanos = clock(System.nanoTime());
    }

    void theyWant(boolean want) {
        theyWant = want;
        swarm.interestChanged(this);
    }

    /** Whether it may be sent anything, by the rules and not by who gives most. What was on its way does not go out when it may not. */
    void serve(boolean may) {
        if (may == served) {
            return;
        }
        served = may;
        if (may) {
            swarm.interestChanged(this);
            return;
        }
        setChoked(true, false);
        if (uploads.revoke(link, fast)) {
            link.abort(NOT_SERVED);
        }
    }

    /** One more piece. */
    void gained(int piece) {
        if (complete || has.get(piece)) {
            return;
        }
        has.set(piece);
        hasCount++;
        barrenAt = -1;
        fastPieces.gained(piece);
        fetcher.picker().peerHas(piece);
        if (fetcher.picker().lacks(piece)) {
            interesting++;
        }
        if (hasCount == swarm.pieceCount()) {
            fetcher.picker().peerLeft(has, false);
            complete = true;
            fetcher.picker().peerCame(has, true);
            swarm.metSeed(this);
        }
        updateInterest();
        swarm.spread(this, piece);
    }

    /** It has a piece no more (BEP 54). */
    void lost(int piece) {
        if (!has.get(piece)) {
            return;
        }
        if (complete) {
            fetcher.picker().peerLeft(has, true);
            complete = false;
            fetcher.picker().peerCame(has, false);
        }
        has.clear(piece);
        hasCount--;
        fastPieces.lost(piece);
        fetcher.picker().peerLost(piece);
        if (fetcher.picker().lacks(piece)) {
            interesting--;
        }
        fetcher.lost(this, piece);
        updateInterest();
    }

    /**
     * It would like to send this piece first (BEP 6). We suggest nothing ourselves: what was read lately is in the system's cache whoever asks, the
     * rarest piece serves the swarm better than the one that is warm here, and libtorrent (by default) and Transmission suggest nothing either.
     */
    void suggests(int piece) {
        if (suggestions.size() < MAX_SUGGESTIONS) {
            suggestions.add(piece);
        }
    }

    /** A piece it suggested, each once; −1 when there is none. */
    int nextSuggestion() {
        return suggestions.isEmpty() ? -1 : suggestions.poll();
    }

    /** It will send this piece although it chokes us (BEP 6). */
    void offersFast(int piece) {
        fastPieces.offered(piece, has.get(piece));
        barrenAt = -1;
    }

    /** It may have these although we choke it, as soon as we have them. */
    void mayGrant(Set<Integer> pieces) {
        fastPieces.mayGrant(pieces);
        fastPieces.grantable().stream().filter(fetcher.picker()::has).forEach(this::grant);
    }

    private void grant(int piece) {
        if (fastPieces.grants(piece)) {
            link.allowedFast(piece);
        }
    }

    /** All it has, told at the beginning. */
    void starts(BitSet set) {
        barrenAt = -1;
        has.or(set);
        set.stream().forEach(fastPieces::gained);
        hasCount = set.cardinality();
        complete = hasCount == swarm.pieceCount();
        fetcher.picker().peerCame(has, complete);
        interesting = fetcher.picker().interesting(has);
        updateInterest();
        swarm.met(this);
        if (complete) {
            swarm.metSeed(this);
        }
    }

    /** Whether a block that comes unasked was asked for once and taken back: it crossed our cancel. */
    boolean forgiven() {
        if (forgivableBlocks == 0) {
            return false;
        }
        forgivableBlocks--;
        gotBlock(0, System.nanoTime());
        return true;
    }

    /** The same for a refusal; counted apart, for some refuse by name also what they have sent already. */
    boolean forgivenReject() {
        return forgivableRejects > 0 && forgivableRejects-- > 0;
    }

    /** It refused a block by name; asking again at once would be answered the same way, as fast as the network carries it. */
    void rejected(int at) {
        resting |= refusals.add(requests.piece(at).piece, System.nanoTime());
        barrenAt = -1;
        fetcher.rejected(this, at);
    }

    /** Whether a block of this piece, asked for now, will be sent. */
    boolean gives(int piece) {
        return fetcher.picker().has(piece) && !swarm.hides(this, piece) && (!weChoke || served && fastPieces.spend(piece, hasCount));
    }

    /** The pieces it can be asked for now; not to be changed. */
    BitSet askable() {
        return refusals.without(theyChoke ? fastPieces.askable() : has);
    }

    /** Whether {@link #askable()} is everything. */
    boolean givesEverything() {
        return complete && !theyChoke && refusals.isEmpty();
    }

    boolean givesNow(int piece) {
        return (theyChoke ? fastPieces.askable() : has).get(piece) && !refusals.contains(piece);
    }

    void closed(CloseReason reason) {
        uploads.end();
        swarm.closed(this, reason);
    }

    /** We now have {@code piece}: tell the peer, unless it has it. @param lacked it was wanted */
    void weHave(int piece, boolean lacked) {
        if (!has.get(piece)) {
            link.have(piece);
            grant(piece);
        } else if (lacked) {
            interesting--;
            updateInterest();
        }
    }

    /** What we want has changed. */
    void wantsChanged() {
        interesting = fetcher.picker().interesting(has);
        updateInterest();
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
        arrivingSinceNanos = clock(nowNanos);
    }

    /** The piece whose block was arriving; none afterwards. */
    Optional<ActivePiece> takeArriving() {
        Optional<ActivePiece> piece = arriving;
        arriving = Optional.empty();
        return piece;
    }

    /** Whether it began to send a block and stopped, or sends it so slowly that others wait for it. */
    boolean holdsUpABlock(long silenceNanos, long nowNanos) {
        return arriving.isPresent() && (link.silentNanos(nowNanos) > silenceNanos
                || clock(nowNanos) - arrivingSinceNanos > SLOWEST_BLOCK * silenceNanos);
    }

    int arrivingBlock() {
        return arrivingBlock;
    }

    void gotBlock(int bytes, long nowNanos) {
        down.add(bytes);
        refusals.blockCame();
        lastBlockNanos = clock(nowNanos);
        requests.blockCame(nowNanos);
        if (snubbed) {
            snubbed = false;
            requests.answeredAgain();
        }
    }

    /** Blocks that may still come although they were taken back. */
    void forgive(int blocks) {
        forgivableBlocks += blocks;
        forgivableRejects += blocks;
    }

    /** It called, and has not said anything of the torrent yet. */
    boolean isMute() {
        return !spoke && link.incoming() && !link.security().isTls();
    }

    void spoke() {
        spoke = true;
    }

    /** It has something we lack. */
    boolean isUseful() {
        return interesting > 0;
    }

    boolean mayBeAsked() {
        return opened && !resting && interesting > 0 && link.open() && (!theyChoke || !fastPieces.askable().isEmpty());
    }

    /** Whether it was looked through for a piece to start, in vain, and nothing has changed since. */
    boolean barren(int generation) {
        return barrenAt == generation;
    }

    void isBarren(int generation) {
        barrenAt = generation;
    }

    void snub() {
        snubbed = true;
        resting = true;
        requests.snubbed();
    }

    /** Others had their turn: it may be asked again. */
    void rested() {
        resting = false;
        if (refusals.forget(requests.size() == 0, System.nanoTime())) {
            barrenAt = -1;
        }
    }

    @Override
    public boolean snubbed() {
        return snubbed;
    }

    /** How long no block came while we would have read it. */
    long withoutBlockNanos(long nowNanos) {
        return clock(nowNanos) - lastBlockNanos;
    }

    void askedAfterSilence(long nowNanos) {
        lastBlockNanos = clock(nowNanos);
    }

    /** Stands still while our own limits keep us from reading what it sends. */
    private long clock(long nowNanos) {
        return nowNanos - link.heldNanos();
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
        return theyWant && served;
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

    /** It understands the extension protocol (BEP 10). */
    boolean extended() {
        return extended;
    }

    @Override
    public PeerLink link() {
        return link;
    }

    @Override
    public Bytes peerId() {
        return peerId;
    }

    @Override
    public PeerAddress address() {
        return address;
    }

    @Override
    public ActivePiece.Origin origin() {
        return new ActivePiece.Origin.Host(address.host());
    }

    /** Share of the torrent it has, 0..1. */
    double progress() {
        return (double) hasCount / swarm.pieceCount();
    }

    String client() {
        return client;
    }

    boolean weWant() {
        return weWant;
    }

    boolean wants() {
        return theyWant;
    }

    boolean chokesUs() {
        return theyChoke;
    }
}
