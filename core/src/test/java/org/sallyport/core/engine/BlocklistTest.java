package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.addressOf;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.refused;
import static org.sallyport.core.engine.TestEngines.socketOf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.BlocklistState;
import org.sallyport.core.model.BlocklistState.Kind;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.RawListener;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.TestTracker;
import org.sallyport.core.testkit.TorrentFixture;

/** Nobody on the blocklist is let in, called or asked, and who is there is dropped. */
@Timeout(60)
class BlocklistTest {
    private static final Bytes PEER_ID = RawPeer.peerId("abcdefghijkl");

    @TempDir
    Path temp;
    private TestEngines engines;

    @BeforeEach
    void open() {
        engines = new TestEngines(temp);
    }

    @AfterEach
    void close() {
        engines.close();
    }

    @Test
    void whoIsConnectedIsDroppedAndNotLetInAgainUntilTheListIsCleared() throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("home"), "a.bin", 32 << 10, 500_000);
        Engine seeder = engines.seeding("seeder", torrent);
        RawPeer stranger = RawPeer.dial(socketOf(seeder), torrent.hash(), PEER_ID);
        stranger.readHandshake();
        await().atMost(SOON).until(() -> at(seeder, torrent.hash()).peers() == 1);

        BlocklistState loaded = done(seeder.loadBlocklist(list("this computer:127.0.0.0-127.255.255.255\nnonsense\n::1\n")));

        assertThat(loaded.kind()).isEqualTo(Kind.LOADED);
        assertThat(loaded.ranges()).isEqualTo(2);
        assertThat(loaded.badLines()).isEqualTo(1);
        await().atMost(SOON).until(() -> at(seeder, torrent.hash()).peers() == 0);
        stranger.drainToEnd();
        try (RawPeer again = RawPeer.connect(socketOf(seeder))) {
            assertThat(again.drainToEnd()).isZero();
        }
        await().atMost(SOON).until(() -> events(seeder, "policy.denied").stream().anyMatch(e -> e.fact("rule").equals("policy.blocklist")));

        assertThat(done(seeder.clearBlocklist())).isEqualTo(BlocklistState.NONE);
        RawPeer welcome = RawPeer.dial(socketOf(seeder), torrent.hash(), PEER_ID);
        welcome.readHandshake();
        welcome.close();
        stranger.close();
        awaitEvent(seeder, "blocklist.cleared");
    }

    @Test
    void nobodyOnTheListIsCalled() throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("home"), "a.bin", 32 << 10, 500_000);
        Engine seeder = engines.seeding("seeder", torrent);
        Engine engine = engines.start("one");
        done(engine.loadBlocklist(list("127.0.0.0/8")));

        done(engine.add(engines.download("one", torrent, addressOf(seeder))));
        await().atMost(SOON).until(() -> events(engine, "policy.denied").stream().anyMatch(e -> e.fact("rule").equals("policy.blocklist")));
        assertThat(at(engine, torrent.hash()).doneBytes()).isZero();

        done(engine.clearBlocklist());
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
    }

    @Test
    void aCallThatWasUnderWayEndsWhenItIsAnswered() throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("home"), "a.bin", 32 << 10, 500_000);
        Engine engine = engines.start("one");
        done(engine.changeSettings(engine.settings().withEncryption(Encryption.OFF)));
        try (RawListener listener = RawPeer.listen()) {
            done(engine.add(engines.download("one", torrent, PeerAddress.of(listener.address()))));
            RawPeer called = listener.accept();
            called.readHandshake();

            done(engine.loadBlocklist(list("127.0.0.0/8")));
            called.send(RawPeer.handshake(torrent.hash(), PEER_ID));

            assertThat(called.drainToEnd()).isZero();
            called.close();
        }
    }

    @Test
    void noTrackerOnTheListIsAsked() throws Exception {
        try (TestTracker tracker = TestTracker.start()) {
            TorrentFixture torrent = TorrentFixture.single(temp.resolve("home"), "a.bin", 32 << 10, 500_000, tracker.announceUrl());
            Engine engine = engines.start("one");
            done(engine.changeSettings(engine.settings().withTrackers(new Settings.Trackers(true))));
            done(engine.loadBlocklist(list("127.0.0.0/8\n::1")));

            done(engine.add(engines.download("one", torrent)));

            await().atMost(SOON).until(() -> events(engine, "policy.denied").stream().anyMatch(e -> e.fact("rule").equals("policy.blocklist")));
            assertThat(tracker.connections()).isZero();
        }
    }

    @Test
    void theListIsInForceAfterARestartAndADamagedOneIsTold() throws Exception {
        Engine engine = engines.start("one");
        BlocklistState loaded = done(engine.loadBlocklist(list("10.0.0.0/8\n2001:db8::/32")));

        Engine again = engines.restart("one");
        assertThat(again.blocklist()).isEqualTo(new BlocklistState(Kind.LOADED, 2, 0, again.blocklist().loadedAt(), loaded.sentence()));
        again.close();
        Files.writeString(temp.resolve("data-one/blocklist"), "nonsense");

        Engine third = engines.start("one");
        assertThat(third.blocklist().kind()).isEqualTo(Kind.DAMAGED);
        awaitEvent(third, "blocklist.damaged");
        assertThat(done(third.clearBlocklist())).isEqualTo(BlocklistState.NONE);
        assertThat(temp.resolve("data-one/blocklist")).doesNotExist();
    }

    @Test
    void aDamagedListShutsOutEverybodyUntilItIsCleared() throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("home"), "a.bin", 32 << 10, 500_000);
        engines.seeding("seed", torrent).close();
        Files.writeString(temp.resolve("data-seed/blocklist"), "nonsense");
        Engine seed = engines.start("seed");
        awaitState(seed, torrent.hash(), TorrentState.SEEDING);
        RawPeer stranger = RawPeer.connect(TestEngines.socketOf(seed));

        assertThat(stranger.drainToEnd()).isZero();
        awaitEvent(seed, "policy.denied");
        assertThat(events(seed, "policy.denied")).extracting(event -> event.fact("rule")).containsOnly("policy.blocklist-unreadable");

        done(seed.clearBlocklist());
        Engine leech = engines.start("leech");
        done(leech.add(engines.download("leech", torrent, TestEngines.addressOf(seed))));
        awaitState(leech, torrent.hash(), TorrentState.SEEDING);
    }

    @Test
    void aListThatCannotBeUsedChangesNothing() throws Exception {
        Engine engine = engines.start("one");
        BlocklistState loaded = done(engine.loadBlocklist(list("10.0.0.0/8")));

        assertThat(refused(engine.loadBlocklist(list("nonsense"))).rule()).isEqualTo("blocklist.no-ranges");
        assertThat(refused(engine.loadBlocklist(temp.resolve("absent"))).rule()).isEqualTo("blocklist.no-file");
        assertThat(refused(engine.loadBlocklist(temp)).rule()).isEqualTo("blocklist.no-file");
        Path large = temp.resolve("large");
        try (var file = Files.newByteChannel(Files.createFile(large), StandardOpenOption.WRITE)) {
            file.position(32L << 20).write(ByteBuffer.wrap(new byte[1]));
        }
        assertThat(refused(engine.loadBlocklist(large)).rule()).isEqualTo("blocklist.file-size");

        assertThat(engine.blocklist()).isEqualTo(loaded);
        assertThat(temp.resolve("data-one/blocklist")).hasContent("10.0.0.0/8");
        assertThat(temp.resolve("data-one/blocklist.new")).doesNotExist();
    }

    private Path list(String text) throws IOException {
        return Files.writeString(temp.resolve("list.txt"), text);
    }
}
