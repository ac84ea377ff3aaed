package org.sallyport.core.swarm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.storage.DiskThreads;
import org.sallyport.core.storage.Layout;
import org.sallyport.core.storage.OpenFiles;
import org.sallyport.core.storage.SegmentPool;
import org.sallyport.core.storage.StorageContext;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.storage.TorrentStorage;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.SampleTorrent;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.LinkHost;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.transport.Limiter;
import org.sallyport.core.transport.Meter;
import org.sallyport.core.transport.NetworkGuard;
import org.sallyport.core.transport.NetworkLoop;
import org.sallyport.core.transport.PeerPort;
import org.sallyport.core.wire.Handshake;

/** One swarm on a real port and a real disk, for tests that speak to it byte by byte; it dials nobody and ticks when it is told to. Close it. */
class OneSwarm implements SwarmHost, LinkHost, AutoCloseable {
    private static final Bytes OURS = RawPeer.peerId("ours");

    final SampleTorrent torrent;
    final Swarm swarm;
    /** What the host was told, oldest first. */
    final List<String> told = new CopyOnWriteArrayList<>();
    /** Addresses it wanted to dial. */
    final List<PeerAddress> dialled = new CopyOnWriteArrayList<>();
    private final NetworkLoop loop = new NetworkLoop();
    private final DiskThreads threads = new DiskThreads(1);
    /** Limits nothing unless it is told to. */
    final Limiter limiter = new Limiter(loop);
    private final Meter meter = limiter.meter();
    private final PeerPort port = new PeerPort(loop, this, new NetworkGuard(loop), limiter, 5_000);
    private final int number;
    volatile boolean exchange = true;

    /** @param have pieces that are said to be had: what is not on disk cannot be asked for */
    OneSwarm(SampleTorrent torrent, Path folder, PiecePriorities priorities, BitSet have, boolean sequential) throws Exception {
        this(torrent, folder, priorities, have, sequential, 16L << 20);
    }

    /** @param memory bytes for pieces that are being fetched */
    OneSwarm(SampleTorrent torrent, Path folder, long memory) throws Exception {
        this(torrent, folder, PiecePriorities.of(all(torrent), torrent.metainfo().pieceCount()), new BitSet(), false, memory);
    }

    private OneSwarm(SampleTorrent torrent, Path folder, PiecePriorities priorities, BitSet have, boolean sequential, long memory) throws Exception {
        this.torrent = torrent;
        StorageContext context = new StorageContext(loop.executor(), threads, new OpenFiles(1), new SegmentPool(memory),
                new SegmentPool(16L << 20));
        TorrentStorage storage = new TorrentStorage(torrent.metainfo(), new Layout(torrent.metainfo(), folder, "a"), context);
        swarm = new Swarm(torrent.metainfo(), storage, this, have, priorities, sequential, new RateMeter(), new RateMeter());
        number = port.open(0);
    }

    OneSwarm(SampleTorrent torrent, Path folder) throws Exception {
        this(torrent, folder, PiecePriorities.of(all(torrent), torrent.metainfo().pieceCount()), new BitSet(), false);
    }

    static BitSet all(SampleTorrent torrent) {
        BitSet all = new BitSet();
        all.set(0, torrent.metainfo().pieceCount());
        return all;
    }

    /** Connects and greets; the handshake of the swarm is read. */
    RawPeer dial(String name) throws IOException {
        return dial(name, "127.0.0.1");
    }

    /** The same from one of the machine's own addresses. */
    RawPeer dial(String name, String from) throws IOException {
        RawPeer peer = RawPeer.connect(InetAddress.getByName(from), new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
        peer.send(RawPeer.handshake(torrent.metainfo().hash(), RawPeer.peerId(name)));
        peer.readHandshake();
        return peer;
    }

    /** Message 20 with a dictionary. */
    static byte[] extended(int id, Map<String, Object> dict) {
        byte[] bencoded = Bencode.encode(dict);
        byte[] payload = new byte[1 + bencoded.length];
        payload[0] = (byte) id;
        System.arraycopy(bencoded, 0, payload, 1, bencoded.length);
        return RawPeer.frame(20, payload);
    }

    <T> T onLoop(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, loop.executor()).join();
    }

    void run(Runnable command) {
        CompletableFuture.runAsync(command, loop.executor()).join();
    }

    /** Reads until a message with this id. @return the ones before it and it */
    static List<RawPeer.Frame> readUpTo(RawPeer peer, int id) throws IOException {
        List<RawPeer.Frame> frames = new ArrayList<>();
        do {
            frames.add(peer.readFrame());
        } while (frames.get(frames.size() - 1).id() != id);
        return frames;
    }

    @Override
    public void close() {
        port.shut();
        loop.close();
        threads.close();
    }

    @Override
    public boolean acceptable(InetAddress host, int connections, int halfOpen, int halfOpenFromHost, int halfOpenFromNetwork) {
        return true;
    }

    @Override
    public Optional<Welcome> welcome(InetAddress host, int from, Handshake theirs) {
        return Optional.of(new Welcome(Handshake.ours(torrent.metainfo().hash(), OURS), torrent.metainfo().pieceCount(),
                swarm.incoming(new PeerAddress(host, from))));
    }

    @Override
    public Bytes peerId() {
        return OURS;
    }

    @Override
    public Meter meter() {
        return meter;
    }

    @Override
    public int listenPort() {
        return number;
    }

    @Override
    public boolean exchangesPeers() {
        return exchange;
    }

    @Override
    public Encryption encryption() {
        return Encryption.OFF;
    }

    @Override
    public int uploadSlots() {
        return 4;
    }

    @Override
    public Duration snubAfter() {
        return Duration.ofSeconds(15);
    }

    @Override
    public boolean mayDial(PeerAddress address, int connectionsOfTorrent, boolean named) {
        dialled.add(address);
        return false;
    }

    @Override
    public boolean canDial() {
        return true;
    }

    @Override
    public void dial(PeerAddress address, Encryption encryption, BooleanSupplier again, LinkHandler handler) {
        throw new IllegalStateException("it was not allowed");
    }

    @Override
    public LinkSecurity expectedAt(PeerAddress address) {
        return LinkSecurity.plain();
    }

    @Override
    public void reached(LinkSecurity security) { }

    @Override
    public void unreached(PeerAddress address, CloseReason reason) { }

    @Override
    public boolean mayStay(InetAddress host, LinkSecurity security) {
        return true;
    }

    @Override
    public boolean mayServe(LinkSecurity security) {
        return true;
    }

    @Override
    public String nameOf(LinkSecurity security) {
        return "";
    }

    @Override
    public void ban(InetAddress host, String rule, String sentence) {
        told.add("ban " + host.getHostAddress() + " " + rule);
    }

    @Override
    public void verified(int piece) {
        told.add("verified " + piece);
    }

    @Override
    public void complete() {
        told.add("complete");
    }

    @Override
    public void pieceFailed(int piece) {
        told.add("failed " + piece);
    }

    @Override
    public void trouble(StorageException trouble) {
        told.add("trouble " + trouble.getMessage());
    }

    @Override
    public void needsPeers() { }

    @Override
    public Optional<WebCalls> webCalls() {
        return Optional.empty();
    }

    @Override
    public void webSeedRefused(String url, String rule, String sentence) {
        told.add("refused " + url + " " + rule);
    }
}
