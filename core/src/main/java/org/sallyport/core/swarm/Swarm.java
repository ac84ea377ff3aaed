package org.sallyport.core.swarm;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PeerSnapshot;
import org.sallyport.core.model.WebSeedSnapshot;
import org.sallyport.core.model.PeerSource;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.storage.TorrentStorage;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.wire.Bitfield;
import org.sallyport.core.wire.Handshake;
import org.sallyport.core.wire.WireViolation;

/** The peers of one torrent while it runs, and what passes between them and its storage. Network thread only. */
public final class Swarm {
    private static final long KEEP_ALIVE = TimeUnit.SECONDS.toNanos(100);
    /** A little more than the two minutes after which everybody sends a keep-alive (BEP 3). */
    private static final long IDLE = TimeUnit.SECONDS.toNanos(150);
    /** Clients begin with what they have, or want: who called and does not only takes a place. */
    private static final long FIRST_WORD = TimeUnit.SECONDS.toNanos(10);
    private static final long LONELY = TimeUnit.SECONDS.toNanos(30);

    static final CloseReason NOT_TRUSTED = new CloseReason("link.not-trusted", "the device is not trusted any more");
    private static final CloseReason OUTRANKED = new CloseReason("link.outranked", "all places are taken, and another peer comes before this one");
    static final CloseReason NOT_ALLOWED = new CloseReason("link.not-allowed", "the rules do not allow this address any more");

    private final Metainfo metainfo;
    private final TorrentStorage storage;
    private final SwarmHost host;
    private final PiecePicker picker;
    private final Fetcher fetcher;
    private final Contacts contacts;
    private final Choker choker;
    private final Introduction introduction;
    private final OwnAddress ownAddress = new OwnAddress();
    private final PeerExchange exchange;
    private final SuperSeeding superSeeding;
    private final WebSources web;
    private final List<Peer> peers = new ArrayList<>();
    private final RateMeter down;
    private final RateMeter up;
    private final long snubAfter;
    private long lastCompany = System.nanoTime();
    private boolean running = true;

    /**
     * @param have verified pieces; the swarm changes it @param sequential pieces of the same priority in order
     * @param down counts payload received, @param up payload sent; they outlive the swarm
     */
    public Swarm(Metainfo metainfo, TorrentStorage storage, SwarmHost host, BitSet have,
            PiecePriorities priorities, boolean sequential, RateMeter down, RateMeter up) {
        Random random = new Random();
        this.metainfo = metainfo;
        this.storage = storage;
        this.host = host;
        this.down = down;
        this.up = up;
        this.snubAfter = host.snubAfter().toNanos();
        this.picker = new PiecePicker(have, priorities, sequential, random);
        this.fetcher = new Fetcher(this, metainfo, storage, picker, new Blame(this));
        this.choker = new Choker(random, System.nanoTime());
        this.contacts = new Contacts(host, ownAddress);
        this.exchange = new PeerExchange(host, contacts, ownAddress, metainfo.privateTorrent());
        this.superSeeding = new SuperSeeding(picker, metainfo.pieceCount());
        this.introduction = new Introduction(metainfo, picker, host);
        this.web = new WebSources(metainfo, host.webCalls(), fetcher);
    }

    /** Adds addresses to dial. @param source who told them; those of the user are dialled first, again and again */
    public void addPeers(List<PeerAddress> addresses, PeerSource source) {
        long now = System.nanoTime();
        contacts.add(addresses, source, now);
        dial(now);
    }

    /**
     * From now on these pieces are wanted, in this order. What is under way of others is given up, but for blocks that arrive just now.
     * The host hears {@link SwarmHost#complete} if with that nothing is missing any more that was before.
     */
    public void prioritize(PiecePriorities priorities) {
        boolean wasComplete = picker.complete();
        picker.prioritize(priorities);
        fetcher.dropUnwanted();
        peers.stream().filter(Peer::isOpen).forEach(Peer::wantsChanged);
        fillAll();
        if (!wasComplete && picker.complete()) {
            host.complete();
        }
        if (wasComplete != picker.complete()) {
            contacts.seedsAgain(System.nanoTime());
            wantsChanged();
        }
    }

    /** We want nothing any more, or something again: tells it (BEP 21), and leaves those that want nothing either. */
    private void wantsChanged() {
        for (Peer peer : List.copyOf(peers)) {
            if (peer.isOpen() && peer.link().open()) {
                if (peer.extended()) {
                    introduction.tell(peer);
                }
                if (picker.complete() && peer.seeksNothing()) {
                    metSeed(peer);
                }
            }
        }
    }

    OwnAddress ownAddress() {
        return ownAddress;
    }

    boolean hides(Peer peer, int piece) {
        return superSeeding.hides(peer, piece);
    }

    /** A peer told what it has. */
    void met(Peer peer) {
        superSeeding.met(peer);
    }

    /** A peer has one piece more. */
    void spread(Peer peer, int piece) {
        superSeeding.gained(peer, piece);
    }

    /** Pieces of the same priority in order, or the rarest first; for those that are started from now on. */
    public void sequential(boolean inOrder) {
        picker.sequential(inOrder);
    }

    /** As the only seed, shows each peer one piece at a time (BEP 16); for peers that connect from now on, and as soon as nothing is missing. */
    public void superSeeding(boolean on) {
        superSeeding.choose(on);
    }

    /** Calls the devices at these addresses now and again and again, and none that were called before at others. */
    public void callDevices(List<PeerAddress> addresses) {
        long now = System.nanoTime();
        contacts.callDevices(addresses, now);
        dial(now);
    }

    /** What the library allows has changed: ends connections that may not stay, and what may not be sent any more is not sent. */
    public void review() {
        for (Peer peer : List.copyOf(peers)) {
            if (peer.isOpen() && !host.mayStay(peer.address().host(), peer.link().security())) {
                peer.link().abort(NOT_ALLOWED);
            } else if (peer.isOpen()) {
                peer.serve(host.mayServe(peer.link().security()));
            }
        }
    }

    /** Takes a connection from outside for this torrent. */
    public LinkHandler incoming(PeerAddress from) {
        return newPeer(from);
    }

    /** All places are taken: ends the connection that a newcomer comes before, if there is one. @return whether there is room now */
    public boolean makeRoomFor(InetAddress newcomer) {
        Optional<Peer> outranked = contacts.outranked(peers, newcomer);
        outranked.ifPresent(peer -> peer.link().close(OUTRANKED));
        return outranked.isPresent();
    }

    private LinkHandler newPeer(PeerAddress address) {
        Peer peer = new Peer(this, fetcher, address, new Uploads(storage, up));
        peer.offer(new Extensions(extensions(peer)));
        peers.add(peer);
        return new PeerMessages(peer, this, fetcher);
    }

    private List<Extension> extensions(Peer peer) {
        List<Extension> all = new ArrayList<>(List.of(new DontHave(peer, metainfo.pieceCount()), new UploadOnly(peer)));
        if (exchange.allowed()) {
            all.add(exchange.with(peer));
        }
        if (!metainfo.privateTorrent()) {
            all.add(new MetadataServer(metainfo));
        }
        return all;
    }

    void dial(long now) {
        if (running) {
            contacts.dial(peers, picker.complete(), now, this::newPeer, this::running);
        }
    }

    /** Ends all connections and what is under way; the swarm is not used again. */
    public void stop() {
        running = false;
        List.copyOf(peers).stream().filter(Peer::isOpen).forEach(peer -> peer.link().close(CloseReason.STOPPED));
        web.stop();
        fetcher.stop();
    }

    /** The same, and nothing goes out any more of what the connections have already. */
    public void cut() {
        running = false;
        List.copyOf(peers).stream().filter(peer -> peer.isOpen() && peer.uploads.hasSent()).forEach(peer -> peer.link().abort(CloseReason.STOPPED));
        stop();
    }

    boolean running() {
        return running;
    }

    /** Ends the connections with these addresses. */
    public void shutOut(Predicate<InetAddress> unwelcome) {
        List.copyOf(peers).stream().filter(peer -> peer.isOpen() && unwelcome.test(peer.address().host()))
                .forEach(peer -> peer.link().close(NOT_ALLOWED));
    }

    /** Ends the connections that are secured like this. */
    public void drop(Predicate<LinkSecurity> unwanted) {
        List.copyOf(peers).stream().filter(peer -> peer.isOpen() && unwanted.test(peer.link().security()))
                .forEach(peer -> peer.link().close(NOT_TRUSTED));
    }

    /** How each open connection is secured. */
    public List<LinkSecurity> securities() {
        return peers.stream().filter(Peer::isOpen).map(peer -> peer.link().security()).toList();
    }

    /** Once a second: snubs, keep-alives, idle peers, slots, dials. */
    public void tick(long now) {
        for (Peer peer : List.copyOf(peers)) {
            if (peer.isOpen()) {
                tend(peer, now);
            }
        }
        peers.forEach(Peer::rested);
        fillAll(); // those that rest come after those that did not
        choker.tick(peers, picker.complete(), host.uploadSlots(), now);
        if (connectedPeers() > 0) {
            lastCompany = now;
        }
        fetcher.relieve(now - lastCompany > LONELY);
        web.tick(now);
        dial(now);
        exchange.tick(peers, now);
        if (!picker.complete() && peers.isEmpty() && contacts.nobodyToDial(now)) {
            host.needsPeers();
        }
    }

    private void tend(Peer peer, long now) {
        peer.requests.adapt(peer.down.rate());
        if (peer.requests.size() > 0 && peer.withoutBlockNanos(now) > snubAfter) {
            peer.snub();
            fetcher.takeOver(peer);
            peer.askedAfterSilence(now);
            fillAll();
        }
        if (peer.holdsUpABlock(snubAfter, now)) {
            // no other peer can be asked for a block while its bytes go to their place
            peer.link().close(new CloseReason("link.stalled", "the peer stopped in the middle of a block"));
        } else if (peer.isMute() && peer.link().silentNanos(now) > FIRST_WORD) {
            peer.link().close(new CloseReason("link.mute", "the peer said nothing after its handshake"));
        } else if (peer.link().silentNanos(now) > IDLE) {
            peer.link().close(new CloseReason("link.idle", "the peer was silent for too long"));
        } else if (now - peer.link().lastWriteNanos() > KEEP_ALIVE) {
            peer.link().keepAlive();
        }
        peer.pumpUploads(); // reads that found no free buffer are tried again
        fetcher.fill(peer);
    }

    /** Twice a second. */
    public void sample(long now) {
        web.sample(now);
        for (Peer peer : peers) {
            peer.down.sample(now);
            peer.uploads.meter().sample(now);
        }
        shareMemory();
    }

    /** Among the peers that can be asked for something. */
    void shareMemory() {
        fetcher.pieces().share(peers.stream().filter(Peer::mayBeAsked).toList());
    }

    void opened(Peer peer, Handshake theirs) {
        if (theirs.peerId().equals(host.peerId())) {
            contacts.isSelf(peer);
            peer.link().close(new CloseReason("link.self", "that was ourselves"));
            return;
        }
        if (!running || contacts.isSurplus(peer, List.copyOf(peers))) {
            peer.link().close(running ? new CloseReason("link.duplicate", "there is a connection to that peer already") : CloseReason.STOPPED);
            return;
        }
        if (!peer.link().incoming() && !host.mayStay(peer.address().host(), peer.link().security())) { // the rules may have changed while we dialled
            peer.link().close(NOT_ALLOWED);
            return;
        }
        if (!peer.link().incoming()) {
            contacts.connected(peer);
        }
        peer.link().join(host.meter());
        host.reached(peer.link().security());
        peer.serve(host.mayServe(peer.link().security()));
        introduction.to(peer, superSeeding.active());
        if (superSeeding.active()) {
            superSeeding.came(peer);
        }
        if (theirs.supportsDht() && host.dhtPort() > 0) {
            peer.link().dhtPort(host.dhtPort());
        }
    }

    void metNode(PeerAddress node) {
        host.dhtNode(node);
    }

    void closed(Peer peer, CloseReason reason) {
        peers.remove(peer);
        exchange.ended(peer);
        superSeeding.left(peer);
        if (peer.isOpen()) {
            picker.peerLeft(peer.has, peer.complete());
            fetcher.left(peer);
        } else {
            host.unreached(peer.address(), reason);
        }
        contacts.ended(peer, reason, System.nanoTime());
        if (reason.rule().startsWith("wire.") && running) {
            host.ban(peer.address().host(), reason.rule(), reason.sentence());
        }
        if (running) {
            fillAll();
        }
    }

    /** The peer told where it listens. */
    void learned(Peer peer) {
        contacts.learned(peer, System.nanoTime());
    }

    /** It has everything, or all that it wants. */
    void metSeed(Peer peer) {
        contacts.isSeed(peer);
        if (picker.complete()) {
            peer.link().close(new CloseReason("link.both-complete", "both sides have everything"));
        }
    }

    void interestChanged(Peer peer) {
        choker.interestChanged(peer, peers, host.uploadSlots());
    }

    void fillAll() {
        for (Peer peer : List.copyOf(peers)) {
            fetcher.fill(peer);
        }
    }

    void downloaded(int bytes) {
        down.add(bytes);
    }

    /** Nobody is asked for this piece any more. */
    void cancel(ActivePiece piece) {
        for (Peer peer : peers) {
            for (int at = peer.requests.size() - 1; at >= 0; at--) {
                if (peer.requests.piece(at) == piece) {
                    int block = peer.requests.block(at);
                    peer.requests.remove(at);
                    peer.forgive(1);
                    peer.link().cancel(piece.piece, block * ActivePiece.BLOCK, piece.blockBytes(block));
                }
            }
        }
    }

    void cancelElsewhere(ActivePiece piece, int block, ActivePiece.Source sender) {
        for (Peer peer : peers) {
            if (peer != sender) {
                for (int at = 0; at < peer.requests.size(); at++) {
                    if (peer.requests.piece(at) == piece && peer.requests.block(at) == block) {
                        peer.requests.remove(at);
                        peer.forgive(1);
                        piece.notComing(block);
                        peer.link().cancel(piece.piece, block * ActivePiece.BLOCK, piece.blockBytes(block));
                        break;
                    }
                }
            }
        }
    }

    void verified(int piece, boolean lacked) {
        host.verified(piece);
        for (Peer peer : List.copyOf(peers)) {
            if (peer.isOpen()) {
                peer.weHave(piece, lacked);
            }
        }
        if (picker.complete()) {
            if (lacked) {
                host.complete();
            }
            wantsChanged();
        }
    }

    void pieceFailed(int piece) {
        host.pieceFailed(piece);
    }

    void storeTrouble(StorageException trouble) {
        if (running) {
            stop();
            host.trouble(trouble);
        }
    }

    void readTrouble(StorageException trouble) {
        if (storage.gate().isOpen()) {
            storeTrouble(trouble);
        }
    }

    /** Bans an address: ends its connections here and tells the library. */
    void ban(InetAddress address, String rule, String sentence) {
        host.ban(address, rule, "the peer " + sentence);
        for (Peer peer : List.copyOf(peers)) {
            if (peer.isOpen() && peer.address().host().equals(address)) {
                peer.link().close(new CloseReason(rule, "the peer " + sentence));
            }
        }
    }

    /** Shuts out who sent something wrong. */
    void blame(ActivePiece.Origin origin, String rule, String sentence) {
        if (origin instanceof ActivePiece.Origin.Host host) {
            ban(host.address(), rule, sentence);
        } else if (origin instanceof ActivePiece.Origin.WebServer server) {
            web.lied(server.url(), sentence);
            host.webSeedRefused(server.url(), "web-seed.bad-piece", sentence);
        }
    }

    public List<WebSeedSnapshot> webSeedSnapshots() {
        return web.snapshots();
    }

    /** Web servers that send something now. */
    public int givingServers() {
        return web.fetching();
    }

    int pieceCount() {
        return metainfo.pieceCount();
    }

    int pieceBytes(int piece) {
        return metainfo.pieceBytes(piece);
    }

    /** A bitfield message as a set. @throws WireViolation if a spare bit is set (BEP 3) */
    BitSet bits(byte[] bytes) throws WireViolation {
        BitSet set = Bitfield.decode(bytes);
        if (set.length() > metainfo.pieceCount()) {
            throw new WireViolation("wire.bitfield-spare", "sent a bitfield with more pieces than the torrent has");
        }
        return set;
    }

    public int connectedPeers() {
        return (int) peers.stream().filter(Peer::isOpen).count();
    }

    public int connectedFrom(InetAddress host) {
        return (int) peers.stream().filter(p -> p.isOpen() && p.address().host().equals(host)).count();
    }

    public int connectedSeeds() {
        return (int) peers.stream().filter(p -> p.isOpen() && p.complete()).count();
    }

    public int knownPeers() {
        return contacts.known();
    }

    /** Connected peers that let us download. */
    public int givingPeers() {
        return (int) peers.stream().filter(p -> p.isOpen() && p.down.rate() > 0).count();
    }

    /** How it stands, for a person who asks why it does not get on; looks at each missing piece. */
    public SwarmStanding standing() {
        int connected = 0;
        int useful = 0;
        int willing = 0;
        for (Peer peer : peers) {
            connected += peer.isOpen() ? 1 : 0;
            useful += peer.isOpen() && peer.isUseful() ? 1 : 0;
            willing += peer.isOpen() && peer.mayBeAsked() ? 1 : 0;
        }
        BitSet missing = picker.missing();
        int nowhere = (int) missing.stream().filter(piece -> picker.availability(piece) == 0).count();
        return new SwarmStanding(contacts.known(), connected, useful, willing, missing.cardinality(), nowhere);
    }

    public BitSet partialPieces() {
        return (BitSet) picker.started().clone();
    }

    /** How many connected peers have a piece. */
    public int availability(int piece) {
        return picker.availability(piece);
    }

    public List<PeerSnapshot> peerSnapshots() {
        return peers.stream().filter(Peer::isOpen)
                .map(peer -> PeerRow.of(peer, contacts.source(peer), host.nameOf(peer.link().security()))).toList();
    }
}
