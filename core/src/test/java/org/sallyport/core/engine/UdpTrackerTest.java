package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.SocketSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.TrackerSnapshot;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.TestUdpTracker;
import org.sallyport.core.testkit.TorrentFixture;

/** Two engines find each other by a UDP tracker, through the one port. */
@Timeout(120)
class UdpTrackerTest {
    @TempDir
    Path temp;
    private final TestUdpTracker tracker = TestUdpTracker.start();
    private TestEngines engines;

    @BeforeEach
    void open() {
        engines = new TestEngines(temp);
    }

    @AfterEach
    void close() {
        engines.close();
        tracker.close();
    }

    private Engine start(String name) throws Exception {
        Engine engine = engines.start(name);
        Settings settings = engine.settings();
        done(engine.changeSettings(settings.withTrackers(new Settings.Trackers(true))
                .withDiscovery(new Settings.Discovery(false, List.of(), false, false))));
        return engine;
    }

    private static List<SocketSnapshot> datagrams(Engine engine) {
        return done(engine.auditPort()).sockets().stream()
                .filter(socket -> socket.protocol().startsWith("udp") && socket.port() == engine.snapshot().port().port()).toList();
    }

    @Test
    void aDownloadFindsItsSeedAndBothSayGoodbye() throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("home"), "film", 16_384, 300_000, tracker.announceUrl());
        Engine seed = start("seed");
        assertThat(datagrams(seed)).as("nothing uses UDP yet").isEmpty();
        done(seed.add(AddRequest.seed(torrent.file(), torrent.home())));
        awaitState(seed, torrent.hash(), TorrentState.SEEDING);
        await().atMost(SOON).until(() -> tracker.events().equals(List.of("started")));
        assertThat(tracker.announces().get(0).from().port()).isEqualTo(seed.snapshot().port().port());
        assertThat(tracker.announces().get(0).urlData()).isEqualTo("/announce");

        Engine leech = start("leech");
        done(leech.add(engines.download("leech", torrent)));
        awaitState(leech, torrent.hash(), TorrentState.SEEDING);
        assertThat(datagrams(leech)).isNotEmpty().allSatisfy(socket -> assertThat(socket.expected()).isTrue())
                .extracting(SocketSnapshot::owner).containsOnly("the one port, for the DHT and trackers");
        await().atMost(SOON).until(() -> tracker.events().contains("completed"));
        TrackerSnapshot shown = leech.details(torrent.hash()).join().orElseThrow().trackers().get(0);
        assertThat(shown.status()).isEqualTo(TrackerSnapshot.Status.WORKING);
        await().atMost(SOON).until(() -> leech.details(torrent.hash()).join().orElseThrow().trackers().get(0).downloads() == 7);

        done(leech.pause(torrent.hash()));
        await().atMost(SOON).until(() -> tracker.events().contains("stopped"));
        await().atMost(SOON).until(() -> datagrams(leech).isEmpty());
        seed.close();
        assertThat(tracker.events().stream().filter("stopped"::equals)).hasSize(2);
    }

    @Test
    void inReceiveOnlyATrackerIsAskedFromAnyNumber() throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("home"), "film", 16_384, 300_000, tracker.announceUrl());
        Engine seed = start("seed");
        done(seed.add(AddRequest.seed(torrent.file(), torrent.home())));
        await().atMost(SOON).until(() -> tracker.events().equals(List.of("started")));

        Engine leech = engines.start(engines.options("leech").withPort(0));
        done(leech.changeSettings(leech.settings().withTrackers(new Settings.Trackers(true))
                .withDiscovery(new Settings.Discovery(false, List.of(), false, false)).withReceiveOnly(true)));
        done(leech.add(engines.download("leech", torrent)));
        awaitState(leech, torrent.hash(), TorrentState.SEEDING);

        assertThat(leech.snapshot().port().sentence()).startsWith("Receive only: no port is open");
        assertThat(done(leech.auditPort()).sockets()).filteredOn(socket -> socket.owner().startsWith("answers to what Sallyport asks"))
                .isNotEmpty().allSatisfy(socket -> assertThat(socket.expected()).isTrue());
    }

    @Test
    void noiseOnTheUdpPortKeepsNobodyAway() throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("home"), "film", 16_384, 300_000, tracker.announceUrl());
        Engine seed = start("seed");
        done(seed.add(AddRequest.seed(torrent.file(), torrent.home())));
        await().atMost(SOON).until(() -> tracker.events().equals(List.of("started")));

        Random random = new Random(5);
        try (DatagramSocket stranger = new DatagramSocket()) {
            for (int i = 0; i < 20_000; i++) {
                byte[] noise = new byte[1 + random.nextInt(1400)];
                random.nextBytes(noise);
                noise[0] = new byte[] {'d', 0, 0x41, noise[0]}[i % 4];
                stranger.send(new DatagramPacket(noise, noise.length, InetAddress.getLoopbackAddress(), seed.snapshot().port().port()));
            }
        }
        Engine leech = start("leech");
        done(leech.add(engines.download("leech", torrent)));

        awaitState(leech, torrent.hash(), TorrentState.SEEDING);
        assertThat(seed.details(torrent.hash()).join().orElseThrow().trackers().get(0).status()).isEqualTo(TrackerSnapshot.Status.WORKING);
        assertThat(TestEngines.events(seed, "policy.denied")).isEmpty();
    }

    @Test
    void aBusyUdpPortIsToldAndNothingElseIsOpened() throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("home"), "film", 16_384, 300_000, tracker.announceUrl());
        Engine seed = start("seed");
        int port = seed.snapshot().port().port();
        try (DatagramSocket other = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            done(seed.add(AddRequest.seed(torrent.file(), torrent.home())));
            TestEngines.awaitEvent(seed, "port.udp-busy");
            await().atMost(SOON).until(() -> seed.snapshot().port().sentence()
                    .equals("One port: " + port + ", open; another program has UDP " + port + ", so peers are found without it"));
            assertThat(other.isBound()).isTrue();
            assertThat(tracker.announces()).isEmpty();
        }
    }
}
