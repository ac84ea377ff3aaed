package org.sallyport.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import org.sallyport.core.wire.ExtendedHandshake;
import org.sallyport.core.wire.Handshake;

/** A peer that dials us says where it listens: once, or it could fill the table of addresses that are in use. */
class LearnedPortTest {
    private static final Bytes OURS = RawPeer.peerId("ours");

    @TempDir
    Path folder;
    private final SampleTorrent torrent = SampleTorrent.single("a", 16 << 10, 100_000);
    private final NetworkLoop loop = new NetworkLoop();
    private final DiskThreads threads = new DiskThreads(1);
    private final PeerPort port = new PeerPort(loop, new Open(), new NetworkGuard(loop), 5_000);
    private Swarm swarm;
    private int number;

    @BeforeEach
    void open() throws Exception {
        StorageContext context = new StorageContext(loop.executor(), threads, new OpenFiles(1), new SegmentPool(1), new SegmentPool(1));
        TorrentStorage storage = new TorrentStorage(torrent.metainfo(), new Layout(torrent.metainfo(), folder, "a"), context);
        BitSet wanted = new BitSet();
        wanted.set(0, torrent.metainfo().pieceCount());
        swarm = new Swarm(torrent.metainfo(), storage, new Host(), new BitSet(), wanted, false, new RateMeter(), new RateMeter());
        number = port.open(0);
    }

    @AfterEach
    void close() {
        port.shut();
        loop.close();
        threads.close();
    }

    @Test
    void onlyTheFirstPortCounts() throws Exception {
        try (RawPeer peer = RawPeer.dial(new InetSocketAddress(InetAddress.getLoopbackAddress(), number), torrent.metainfo().hash(), RawPeer.peerId("theirs"))) {
            for (int told = 7001; told <= 7009; told++) {
                peer.send(RawPeer.frame(20, extended(told)));
            }
            peer.send(RawPeer.frame(2)); // interested: answered when all before it was read
            peer.readHandshake();
            peer.readFrame(1);

            assertThat(onLoop(swarm::knownPeers)).isEqualTo(1);
            assertThat(onLoop(() -> swarm.peerSnapshots().get(0).address())).isEqualTo("127.0.0.1:7001");
        }
        await().until(() -> onLoop(swarm::connectedPeers) == 0);
    }

    private static byte[] extended(int port) {
        byte[] dict = new ExtendedHandshake("Fickle", 250, port, 0, Map.of()).encode();
        byte[] payload = new byte[1 + dict.length];
        System.arraycopy(dict, 0, payload, 1, dict.length);
        return payload;
    }

    private <T> T onLoop(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, loop.executor()).join();
    }

    private final class Open implements LinkHost {
        @Override
        public boolean acceptable(InetAddress host, int connections, int halfOpen, int halfOpenFromHost, int halfOpenFromNetwork) {
            return true;
        }

        @Override
        public Optional<Welcome> welcome(InetAddress host, int from, Handshake theirs) {
            return Optional.of(new Welcome(Handshake.ours(torrent.metainfo().hash(), OURS), torrent.metainfo().pieceCount(),
                    swarm.incoming(new PeerAddress(host, from))));
        }
    }

    private final class Host implements SwarmHost {
        private final Meter meter = new Limiter(loop).meter();

        @Override
        public Meter meter() {
            return meter;
        }

        @Override
        public Bytes peerId() {
            return OURS;
        }

        @Override
        public int listenPort() {
            return 0;
        }

        @Override
        public int uploadSlots() {
            return 1;
        }

        @Override
        public Duration snubAfter() {
            return Duration.ofSeconds(15);
        }

        @Override
        public boolean mayDial(PeerAddress address, int connectionsOfTorrent, boolean named) {
            return false;
        }

        @Override
        public boolean canDial() {
            return false;
        }

        @Override
        public void dial(PeerAddress address, Encryption encryption, BooleanSupplier again, LinkHandler handler) { }

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
        public void ban(InetAddress host, String rule, String sentence) { }

        @Override
        public void verified(int piece) { }

        @Override
        public void complete() { }

        @Override
        public void pieceFailed(int piece) { }

        @Override
        public void trouble(StorageException trouble) { }

        @Override
        public void needsPeers() { }
    }
}
