package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.awaitThat;
import static org.sallyport.core.engine.TestEngines.done;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.RawPeer.Frame;
import org.sallyport.core.testkit.ScriptedSeed;
import org.sallyport.core.testkit.TorrentFixture;

/** When a torrent's bytes may be sent, counted by who asks for them. */
@Timeout(90)
class UploadPolicyTest {
    private static final int PIECE = 16 << 10;
    private static final int PIECES = 640;
    /** Less than the system keeps for a connection to this computer, and several times what the narrow peer keeps. */
    private static final int TAKEN = 64 * PIECE;
    private static final int UNCHOKE = 1;
    private static final int CHOKE = 0;
    private static final int INTERESTED = 2;
    private static final int REQUEST = 6;
    private static final int BLOCK = 7;
    private static final int REJECT = 16;

    @TempDir
    Path temp;
    private Household house;
    private TorrentFixture torrent;

    @BeforeEach
    void open() {
        house = new Household(temp);
        torrent = TorrentFixture.single(temp.resolve("home"), "film.bin", PIECE, PIECES * PIECE);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Engine offering(String name, UploadPolicy policy) throws EngineStartException {
        Engine engine = house.start(name);
        done(engine.add(AddRequest.seed(torrent.file(), torrent.home()).withSharing(Sharing.DOWNLOAD.withUpload(policy))));
        return engine;
    }

    private Engine fetching(String name, UploadPolicy policy, PeerAddress from) throws EngineStartException {
        Engine engine = house.start(name);
        done(engine.add(house.engines().download(name, torrent, from).withSharing(Sharing.DOWNLOAD.withUpload(policy))));
        return engine;
    }

    private static void set(Engine engine, TorrentFixture torrent, UploadPolicy policy) {
        done(engine.shares().upload(torrent.hash(), policy));
    }

    private RawPeer dial(Engine engine) throws IOException {
        RawPeer peer = RawPeer.dial(TestEngines.socketOf(engine), torrent.hash(), RawPeer.peerId("asks"));
        peer.readHandshake();
        return peer;
    }

    /** Asks for a piece that is there, and reads on until it was refused. */
    private static void assertRefused(RawPeer peer) throws IOException {
        peer.send(RawPeer.frame(INTERESTED), RawPeer.frame(REQUEST, 0, 0, PIECE));
        Frame answer = peer.readFrame();
        while (answer.id() != REJECT) {
            assertThat(answer.id()).isNotIn(UNCHOKE, BLOCK);
            answer = peer.readFrame();
        }
    }

    private static void assertServed(RawPeer peer) throws IOException {
        peer.send(RawPeer.frame(INTERESTED));
        peer.readFrame(UNCHOKE);
        peer.send(RawPeer.frame(REQUEST, 0, 0, PIECE));
        assertThat(peer.readFrame(BLOCK).payload().length()).isEqualTo(8 + PIECE);
    }

    @Test
    void aDownloadThatIsNeverUploadedTakesAndGivesNothing() throws Exception {
        Semaphore blocks = new Semaphore(PIECES / 2);
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", (talk, ask) -> {
            blocks.acquireUninterruptibly();
            talk.give(ask);
        })) {
            Engine engine = fetching("one", UploadPolicy.NEVER, seed.address());
            awaitThat(engine, torrent.hash(), t -> t.doneBytes() > (long) (PIECES / 3) * PIECE);
            try (RawPeer peer = dial(engine)) {
                for (int piece = 0; piece < PIECES; piece++) {
                    peer.send(RawPeer.frame(REQUEST, piece, 0, PIECE));
                }
                assertRefused(peer);
                blocks.release(PIECES);
                awaitState(engine, torrent.hash(), TorrentState.FINISHED);
                peer.drainToEnd();
            }
            assertThat(at(engine, torrent.hash()).uploadedBytes()).isZero();
            assertThat(at(engine, torrent.hash()).sentence()).isEqualTo("Done, set never to be shared");
        }
    }

    @Test
    void whatWasSetNeverToBeSharedStaysSoAfterARestart() throws Exception {
        Engine engine = offering("one", UploadPolicy.NORMAL);
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        set(engine, torrent, UploadPolicy.NEVER);
        awaitState(engine, torrent.hash(), TorrentState.FINISHED);
        engine.close();

        Engine again = house.start("one");
        awaitState(again, torrent.hash(), TorrentState.FINISHED);
        assertThat(at(again, torrent.hash()).sharing().upload()).isEqualTo(UploadPolicy.NEVER);
        try (RawPeer peer = RawPeer.dial(TestEngines.socketOf(again), torrent.hash(), RawPeer.peerId("asks"))) {
            assertThat(peer.drainToEnd()).isZero();
        }

        set(again, torrent, UploadPolicy.NORMAL);
        awaitState(again, torrent.hash(), TorrentState.SEEDING);
        try (RawPeer peer = dial(again)) {
            assertServed(peer);
        }
    }

    /** Its queue is full, it reads nothing, and megabytes lie ready for it when the owner changes his mind. */
    @Test
    void aChangeCutsOffWhatIsOnItsWay() throws Exception {
        Engine engine = offering("one", UploadPolicy.NORMAL);
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        try (RawPeer peer = dial(engine)) {
            peer.send(RawPeer.frame(INTERESTED));
            peer.readFrame(UNCHOKE);
            for (int round = 0; round < 3; round++) {
                for (int piece = 0; piece < PIECES; piece++) {
                    peer.send(RawPeer.frame(REQUEST, piece, 0, PIECE));
                }
            }
            awaitThat(engine, torrent.hash(), t -> t.uploadedBytes() > 1_000_000);

            set(engine, torrent, UploadPolicy.TRUSTED_ONLY);
            long counted = at(engine, torrent.hash()).uploadedBytes();
            assertThat(peer.drainToEnd()).isLessThan(3L * PIECES * PIECE / 2);
            assertThat(at(engine, torrent.hash()).uploadedBytes()).isEqualTo(counted);
            await().atMost(SOON).until(() -> engine.snapshot().connections() == 0);
        }
        try (RawPeer back = dial(engine)) {
            assertRefused(back);
            set(engine, torrent, UploadPolicy.NORMAL);
            assertServed(back);
            set(engine, torrent, UploadPolicy.TRUSTED_ONLY);
            back.readFrame(CHOKE);
            assertRefused(back);
        }
    }

    /** The system has taken all of it already, and would go on sending it for as long as the peer reads slowly. */
    @ParameterizedTest
    @EnumSource(value = UploadPolicy.class, names = {"TRUSTED_ONLY", "NEVER"})
    void whatTheSystemHasTakenIsCutOffToo(UploadPolicy policy) throws Exception {
        Engine engine = offering("one", UploadPolicy.NORMAL);
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        try (RawPeer peer = RawPeer.connectNarrow(TestEngines.socketOf(engine))) {
            peer.send(RawPeer.handshake(torrent.hash(), RawPeer.peerId("slow")), RawPeer.frame(INTERESTED));
            peer.readHandshake();
            peer.readFrame(UNCHOKE);
            for (int piece = 0; piece < TAKEN / PIECE; piece++) {
                peer.send(RawPeer.frame(REQUEST, piece, 0, PIECE));
            }
            awaitThat(engine, torrent.hash(), t -> t.uploadedBytes() == TAKEN);

            set(engine, torrent, policy);

            assertThat(peer.drainToEnd()).isLessThan(TAKEN / 2);
            await().atMost(SOON).until(() -> engine.snapshot().connections() == 0);
        }
    }

    @Test
    void trustedDevicesOnlyAreSentAPublicTorrent() throws Exception {
        house.pair("sender", "device");
        Engine sender = offering("sender", UploadPolicy.TRUSTED_ONLY);
        awaitState(sender, torrent.hash(), TorrentState.SEEDING);
        try (RawPeer stranger = dial(sender)) {
            assertRefused(stranger);
            Engine device = fetching("device", UploadPolicy.NORMAL, house.address("sender"));
            awaitState(device, torrent.hash(), TorrentState.SEEDING);
            assertRefused(stranger);
        }
        awaitThat(sender, torrent.hash(), t -> t.uploadedBytes() == torrent.metainfo().totalBytes());
    }

    @Test
    void aDownloadIsSharedUntilItIsComplete() throws Exception {
        Semaphore blocks = new Semaphore(PIECES / 2);
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", (talk, ask) -> {
            blocks.acquireUninterruptibly();
            talk.give(ask);
        })) {
            Engine engine = house.start("one");
            done(engine.add(house.engines().download("one", torrent, seed.address()).withSequential(true)
                    .withSharing(Sharing.DOWNLOAD.withUpload(UploadPolicy.WHILE_DOWNLOADING))));
            awaitThat(engine, torrent.hash(), t -> t.doneBytes() > (long) (PIECES / 3) * PIECE);
            try (RawPeer peer = dial(engine)) {
                assertServed(peer);
                blocks.release(PIECES);
                awaitState(engine, torrent.hash(), TorrentState.FINISHED);
                peer.drainToEnd();
            }
            assertThat(at(engine, torrent.hash()).sentence()).isEqualTo("Done, was shared only while it was downloading");
            try (RawPeer late = RawPeer.dial(TestEngines.socketOf(engine), torrent.hash(), RawPeer.peerId("late"))) {
                assertThat(late.drainToEnd()).isZero();
            }
        }
    }
}
