package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.addressOf;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.awaitThat;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.socketOf;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.PeerSnapshot;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.RawPeer.Frame;
import org.sallyport.core.testkit.ScriptedSeed;
import org.sallyport.core.testkit.ScriptedSeed.Script;
import org.sallyport.core.testkit.TorrentFixture;
import org.sallyport.core.wire.AllowedFast;

/** What a peer that dials us sees: the pieces we have, blocks while it is let, one connection each. */
@Timeout(60)
class SharingTest {
    private static final int PIECE = 16 << 10;
    private static final int PIECES = 30;
    private static final int UNCHOKE = 1;
    private static final int INTERESTED = 2;
    private static final int NOT_INTERESTED = 3;
    private static final int HAVE = 4;
    private static final int BITFIELD = 5;
    private static final int REQUEST = 6;
    private static final int BLOCK = 7;
    private static final int HAVE_ALL = 14;
    private static final int HAVE_NONE = 15;
    private static final int REJECT = 16;
    private static final long PLAIN = 0;

    @TempDir
    Path temp;
    private TestEngines engines;
    private TorrentFixture torrent;

    @BeforeEach
    void open() {
        engines = new TestEngines(temp);
        torrent = TorrentFixture.single(temp.resolve("home"), "film.bin", PIECE, PIECES * PIECE);
    }

    @AfterEach
    void close() {
        engines.close();
    }

    private RawPeer dial(Engine engine, String host, long reserved) throws IOException {
        RawPeer peer = RawPeer.connect(InetAddress.getByName(host), socketOf(engine));
        peer.send(RawPeer.handshake(reserved, torrent.hash(), RawPeer.peerId("d" + host.replace(".", ""))));
        peer.readHandshake();
        return peer;
    }

    @Test
    void aPeerSeesEachPieceExactlyWhenItIsVerified() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        Script half = (talk, ask) -> {
            if (ask.piece() % 2 == 0 || seen.getCount() == 0) {
                talk.give(ask);
            }
        };

        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", half)) {
            Engine engine = engines.impatient().start("leecher");
            try (RawPeer early = dialWhenThere(engine, seed)) {
                Frame first = early.readFrame();
                BitSet told = first.id() == HAVE_NONE ? new BitSet() : bits(first);
                while (told.cardinality() < PIECES / 2) {
                    told.set(early.readFrame(HAVE).number(0));
                }
                assertThat(told.stream().allMatch(piece -> piece % 2 == 0)).isTrue();
                TorrentDetails details = engine.details(torrent.hash()).join().orElseThrow();
                assertThat(details.pieces().verifiedCount()).isEqualTo(PIECES / 2);

                try (RawPeer late = dial(engine, "127.0.0.4", PLAIN)) {
                    assertThat(bits(late.readFrame())).isEqualTo(told);
                    seen.countDown();
                    while (told.cardinality() < PIECES) {
                        int piece = late.readFrame(HAVE).number(0);
                        assertThat(told.get(piece)).as("told twice").isFalse();
                        told.set(piece);
                    }
                }
            }
            awaitState(engine, torrent.hash(), TorrentState.SEEDING);
            try (RawPeer last = dial(engine, "127.0.0.5", RawPeer.RESERVED)) {
                assertThat(last.readFrame(HAVE_ALL).payload().toArray()).isEmpty();
            }
        }
    }

    private RawPeer dialWhenThere(Engine engine, ScriptedSeed seed) throws IOException {
        done(engine.add(engines.download("leecher", torrent, seed.address())));
        awaitState(engine, torrent.hash(), TorrentState.DOWNLOADING);
        RawPeer peer = dial(engine, "127.0.0.3", RawPeer.RESERVED);
        assertThat(peer.readFrame().id()).as("extended handshake").isEqualTo(20);
        return peer;
    }

    private static BitSet bits(Frame frame) {
        assertThat(frame.id()).isEqualTo(BITFIELD);
        byte[] bytes = frame.payload().toArray();
        BitSet set = new BitSet();
        for (int i = 0; i < bytes.length * 8; i++) {
            set.set(i, (bytes[i >> 3] & 0x80 >> (i & 7)) != 0);
        }
        return set;
    }

    @Test
    void nothingIsSentToAChokedPeer() throws Exception {
        Engine engine = engines.seeding("seeder", torrent);

        try (RawPeer fast = dial(engine, "127.0.0.2", RawPeer.RESERVED); RawPeer plain = dial(engine, "127.0.0.3", PLAIN)) {
            fast.send(RawPeer.frame(REQUEST, 1, 0, PIECE));
            Frame answer = fast.readFrame(REJECT);
            assertThat(List.of(answer.number(0), answer.number(1), answer.number(2))).containsExactly(1, 0, PIECE);

            // the request before the unchoke is forgotten, the one after it answered
            plain.send(RawPeer.frame(REQUEST, 1, 0, PIECE), RawPeer.frame(INTERESTED));
            plain.readFrame(UNCHOKE);
            plain.send(RawPeer.frame(REQUEST, 2, 0, PIECE));
            assertThat(plain.readFrame(BLOCK).number(0)).isEqualTo(2);

            // who wants nothing is choked again
            plain.send(RawPeer.frame(NOT_INTERESTED));
            assertThat(plain.readFrame().id()).isZero();
            plain.send(RawPeer.frame(REQUEST, 3, 0, PIECE), RawPeer.frame(INTERESTED));
            assertThat(plain.readFrame().id()).isEqualTo(UNCHOKE);
            plain.send(RawPeer.frame(REQUEST, 4, 0, PIECE));
            assertThat(plain.readFrame(BLOCK).number(0)).isEqualTo(4);
        }
    }

    @Test
    void blocksOfAnyLengthAndPlaceAreRight() throws Exception {
        Engine engine = engines.seeding("seeder", torrent);
        byte[] content = torrent.content();

        try (RawPeer peer = dial(engine, "127.0.0.2", PLAIN)) {
            peer.send(RawPeer.frame(INTERESTED));
            peer.readFrame(UNCHOKE);
            int[][] wanted = {{0, 0, PIECE}, {0, 1, 1}, {7, PIECE - 1, 1}, {PIECES - 1, 5, PIECE - 5}, {3, 100, 200}, {3, 300, 50}};
            for (int[] w : wanted) {
                peer.send(RawPeer.frame(REQUEST, w[0], w[1], w[2]));
            }
            // in any order: reads for different pieces overtake each other
            Set<List<Integer>> missing = new HashSet<>();
            Arrays.stream(wanted).forEach(w -> missing.add(List.of(w[0], w[1], w[2])));
            while (!missing.isEmpty()) {
                ByteBuffer answer = ByteBuffer.wrap(peer.readFrame(BLOCK).payload().toArray());
                int from = answer.getInt() * PIECE + answer.getInt();
                byte[] data = new byte[answer.remaining()];
                answer.get(data);
                assertThat(missing.remove(List.of(from / PIECE, from % PIECE, data.length))).isTrue();
                assertThat(data).isEqualTo(Arrays.copyOfRange(content, from, from + data.length));
            }
        }
    }

    @Test
    void onlySoManyPeersAreLetInAsThereAreSlots() throws Exception {
        Engine engine = engines.seeding("seeder", torrent);
        Settings.Limits limits = engine.settings().limits();
        done(engine.changeSettings(engine.settings().withLimits(new Settings.Limits(limits.connections(),
                limits.connectionsPerTorrent(), 1, limits.activeDownloads(), limits.activeSeeds(), limits.pieceMemoryBytes()))));

        try (RawPeer first = dial(engine, "127.0.0.2", PLAIN); RawPeer second = dial(engine, "127.0.0.3", RawPeer.RESERVED)) {
            first.send(RawPeer.frame(INTERESTED));
            first.readFrame(UNCHOKE);
            // not one of the few that it may ask for without a slot (BEP 6)
            Set<Integer> free = AllowedFast.of(InetAddress.getByName("127.0.0.3"), torrent.hash(), PIECES, 10);
            int wanted = IntStream.range(0, PIECES).filter(piece -> !free.contains(piece)).findFirst().orElseThrow();
            second.send(RawPeer.frame(INTERESTED), RawPeer.frame(REQUEST, wanted, 0, PIECE));
            assertThat(second.readFrame(REJECT).number(0)).isEqualTo(wanted);
        }
    }

    @Test
    void twoEnginesThatDialEachOtherKeepOneConnection() throws Exception {
        Engine a = engines.start("a");
        Engine b = engines.start("b");

        done(a.add(engines.download("a", torrent, addressOf(b)).withPaused(true)));
        done(b.add(engines.download("b", torrent, addressOf(a)).withPaused(true)));
        for (int round = 0; round < 3; round++) {
            var started = a.start(torrent.hash());
            done(b.start(torrent.hash()));
            done(started);
            awaitThat(a, torrent.hash(), t -> t.peers() == 1);
            awaitThat(b, torrent.hash(), t -> t.peers() == 1);
            await().atMost(SOON).until(() -> a.snapshot().connections() == 1 && b.snapshot().connections() == 1);
            done(a.pause(torrent.hash()));
            done(b.pause(torrent.hash()));
        }
    }

    @Test
    void anEngineDoesNotTalkToItself() throws Exception {
        try (ScriptedSeed silent = ScriptedSeed.fast(torrent, "127.0.0.2", (talk, ask) -> { })) {
            Engine engine = engines.start("leecher");
            done(engine.add(engines.download("leecher", torrent, addressOf(engine), silent.address())));

            // its own two ends would stay: neither has anything to give, neither is complete
            await().atMost(SOON).until(() -> silent.connections() == 1 && engine.snapshot().connections() == 1);
            assertThat(engine.details(torrent.hash()).join().orElseThrow().peers()).extracting(PeerSnapshot::address)
                    .containsExactly(silent.address().toString());
            assertThat(events(engine, "peer.banned")).isEmpty();
        }
    }

    /** Somebody who copies the id of a peer we dialled must not get that peer's connection closed. */
    @Test
    void aCopiedPeerIdDoesNotPushOutItsOwner() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", (talk, ask) -> never.countDown())) {
            Engine engine = engines.start("leecher");
            done(engine.add(engines.download("leecher", torrent, seed.address())));
            awaitThat(engine, torrent.hash(), t -> t.peers() == 1);

            try (RawPeer copy = RawPeer.connect(InetAddress.getByName("127.0.0.3"), socketOf(engine))) {
                copy.send(RawPeer.handshake(torrent.hash(), seed.peerId()));
                copy.drainToEnd();
            }
            await().atMost(SOON).until(() -> engine.snapshot().connections() == 1);
            List<PeerSnapshot> peers = engine.details(torrent.hash()).join().orElseThrow().peers();
            assertThat(peers).extracting(PeerSnapshot::address).containsExactly(seed.address().toString());
            assertThat(seed.connections()).isEqualTo(1);
        }
    }
}
