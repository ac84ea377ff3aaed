package org.sallyport.core.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.wire.MseMethod;

/**
 * A peer that has a whole torrent and lets a script decide about each block it is asked for: give it, a wrong one, half of
 * it, or nothing. Plain unless covered; called, or calling. Blocking sockets, one thread a connection; close it.
 */
public final class ScriptedSeed implements AutoCloseable {
    private static final long EXTENSIONS = 0x10_0000L;
    private static final long FAST = 0x04L;
    private static final int CHOKE = 0;
    private static final int UNCHOKE = 1;
    private static final int INTERESTED = 2;
    private static final int BITFIELD = 5;
    private static final int REQUEST = 6;
    private static final int CANCEL = 8;
    private static final int HAVE_ALL = 14;
    private static final int REJECT = 16;

    private final TorrentFixture torrent;
    private final byte[] content;
    private final boolean fast;
    private final Script script;
    private final Bytes peerId;
    private final PeerServer server;
    private final List<Talk> talks = new CopyOnWriteArrayList<>();
    private final List<Ask> asks = new CopyOnWriteArrayList<>();
    private final AtomicInteger given = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Optional<MseMethod> cover = Optional.empty();

    /** Decides what happens when a block is asked for; runs on the connection's thread, one call after another. */
    public interface Script {
        void asked(Talk talk, Ask ask) throws IOException;
    }

    /** A request. @param piece 0-based @param begin bytes @param length bytes */
    public record Ask(int piece, int begin, int length) { }

    private ScriptedSeed(TorrentFixture torrent, String host, boolean fast, Script script) throws IOException {
        this.torrent = torrent;
        this.content = torrent.content();
        this.fast = fast;
        this.script = script;
        server = new PeerServer(host);
        peerId = server.peerId("-XS0100-"); // above the ids of our engines, so that a seed wins where the higher id decides
        server.accept(this::serve);
    }

    /** With the fast extension. @param host one of 127.0.0.0/8, so that bans can tell seeds apart */
    public static ScriptedSeed fast(TorrentFixture torrent, String host, Script script) throws IOException {
        return new ScriptedSeed(torrent, host, true, script);
    }

    /** With nothing but the messages of BEP 3. */
    public static ScriptedSeed plain(TorrentFixture torrent, String host, Script script) throws IOException {
        return new ScriptedSeed(torrent, host, false, script);
    }

    /** From now on it talks by MSE only, and goes on like this; nothing else is answered. */
    public ScriptedSeed covered(MseMethod method) {
        cover = Optional.of(method);
        return this;
    }

    /** Calls a peer that has the torrent, too. @throws IOException if nobody is there */
    public void call(InetSocketAddress engine) throws IOException {
        RawPeer peer = RawPeer.connect(server.host(), engine);
        server.run(() -> talk(peer, () -> callers(peer)));
    }

    public PeerAddress address() {
        return server.address();
    }

    /** What it calls itself in its handshake. */
    public Bytes peerId() {
        return peerId;
    }

    /** Every request so far, oldest first. */
    public List<Ask> asks() {
        return List.copyOf(asks);
    }

    /** Blocks sent whole so far, right or wrong. */
    public int given() {
        return given.get();
    }

    /** Connections that came as far as a handshake. */
    public int connections() {
        return connections.get();
    }

    /** Lets every connected peer ask again. */
    public void unchoke() {
        say(RawPeer.frame(UNCHOKE));
    }

    /** Sends bytes as they are to every peer that is still connected. */
    public void say(byte[] bytes) {
        for (Talk talk : talks) {
            try {
                talk.peer.send(bytes);
            } catch (IOException e) {
                talks.remove(talk); // it hung up
            }
        }
    }

    private void serve(Socket socket) {
        try {
            RawPeer peer = new RawPeer(socket);
            talk(peer, () -> answerers(peer));
        } catch (IOException e) {
            // it hung up before it said anything
        }
    }

    /** How a connection goes on when it is known what it is. */
    private interface Greeting {
        RawPeer met() throws IOException;
    }

    private RawPeer answerers(RawPeer peer) throws IOException {
        RawPeer met = cover.isPresent() ? new RawMse(peer).answer(torrent.hash(), cover.get()).asPeer() : peer;
        hear(met);
        met.send(handshake());
        return met;
    }

    private RawPeer callers(RawPeer peer) throws IOException {
        RawPeer met = peer;
        if (cover.isPresent()) {
            met = new RawMse(peer).call(torrent.hash(), Set.of(cover.get()), handshake()).asPeer();
        } else {
            peer.send(handshake());
        }
        hear(met);
        return met;
    }

    private static void hear(RawPeer peer) throws IOException {
        if (!RawPeer.isPlain(peer.readHandshake())) {
            throw new IOException("it speaks of something else");
        }
    }

    private byte[] handshake() {
        return RawPeer.handshake(fast ? FAST | EXTENSIONS : 0, torrent.hash(), peerId);
    }

    private void talk(RawPeer raw, Greeting greeting) {
        try (raw) {
            raw.waitForever();
            RawPeer peer = greeting.met();
            peer.send(fast ? RawPeer.frame(HAVE_ALL) : RawPeer.frame(BITFIELD, allBits()));
            Talk talk = new Talk(peer);
            talks.add(talk);
            connections.incrementAndGet();
            while (true) {
                talk.hear(peer.readFrame());
            }
        } catch (IOException e) {
            // the other side hung up, the script did, or the test is over
        }
    }

    private byte[] allBits() {
        int pieces = torrent.metainfo().pieceCount();
        byte[] bits = new byte[(pieces + 7) / 8];
        for (int p = 0; p < pieces; p++) {
            bits[p >> 3] |= (byte) (0x80 >> (p & 7));
        }
        return bits;
    }

    /** One connection. */
    public final class Talk {
        private final RawPeer peer;
        private int count;

        private Talk(RawPeer peer) {
            this.peer = peer;
        }

        private void hear(RawPeer.Frame frame) throws IOException {
            switch (frame.id()) {
                case INTERESTED -> peer.send(RawPeer.frame(UNCHOKE));
                case CANCEL -> {
                    if (fast) {
                        peer.send(RawPeer.frame(REJECT, frame.payload().toArray()));
                    }
                }
                case REQUEST -> {
                    Ask ask = new Ask(frame.number(0), frame.number(1), frame.number(2));
                    asks.add(ask);
                    count++;
                    script.asked(this, ask);
                }
                default -> { }
            }
        }

        /** How many blocks this connection was asked for, this one included. */
        public int count() {
            return count;
        }

        public void give(Ask ask) throws IOException {
            peer.send(RawPeer.block(ask.piece, ask.begin, bytes(ask)));
            given.incrementAndGet();
        }

        /** Sends the block with one bit turned. */
        public void giveWrong(Ask ask) throws IOException {
            byte[] block = bytes(ask);
            block[block.length / 2] ^= 1;
            peer.send(RawPeer.block(ask.piece, ask.begin, block));
            given.incrementAndGet();
        }

        /** Sends the head of the block and half of its bytes. */
        public void giveHalf(Ask ask) throws IOException {
            byte[] whole = RawPeer.block(ask.piece, ask.begin, bytes(ask));
            peer.send(Arrays.copyOf(whole, whole.length / 2));
        }

        /** Sends bytes as they are. */
        public void say(byte[]... frames) throws IOException {
            peer.send(frames);
        }

        /** Takes back the right to ask. */
        public void choke() throws IOException {
            peer.send(RawPeer.frame(CHOKE));
        }

        /** Says by name that a block will not come (BEP 6). */
        public void reject(Ask ask) throws IOException {
            peer.send(RawPeer.frame(REJECT, ask.piece, ask.begin, ask.length));
        }

        public void hangUp() throws IOException {
            peer.close();
        }

        private byte[] bytes(Ask ask) {
            int from = ask.piece * torrent.metainfo().pieceLength() + ask.begin;
            return Arrays.copyOfRange(content, from, from + ask.length);
        }
    }

    @Override
    public void close() throws IOException {
        server.close(talks.stream().map(talk -> talk.peer).toList());
    }
}
