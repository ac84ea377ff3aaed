package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.addressOf;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.awaitThat;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.refused;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.LocalNetwork;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.SocketSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.RawListener;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.TestTracker;
import org.sallyport.core.testkit.TorrentFixture;
import org.sallyport.core.trust.PairingCode;

/** One interface and no other. The loopback interface stands for it; the kill switch itself is tried with real interfaces in app. */
@Timeout(120)
class NetworkTest {
    private static final String NOWHERE = "nosuch0";
    private static final String WAITING = "Waiting for nosuch0. Nothing is sent or received until it is back.";

    @TempDir
    Path temp;
    private TestEngines engines;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(NetworkInterface.getByName("lo") != null, "no interface lo on this system");
        engines = new TestEngines(temp);
    }

    @AfterEach
    void close() {
        engines.close();
    }

    private static Settings on(Engine engine, String name) {
        return engine.settings().withNetwork(new Settings.Network(name));
    }

    /** The sockets with the number of the one port; other tests of this process have others. */
    private static List<SocketSnapshot> atThePort(Engine engine) {
        return done(engine.auditPort()).sockets().stream().filter(socket -> socket.port() == engine.settings().port()).toList();
    }

    @Test
    void aTransferRunsOnTheInterfaceThatWasChosen() throws Exception {
        TorrentFixture torrent = TorrentFixture.folder(temp, "photos", 65_536, 300_000, 17);
        Engine seed = engines.start(engines.options("seed").withInterface("lo"));
        done(seed.add(AddRequest.seed(torrent.file(), torrent.home())));
        awaitState(seed, torrent.hash(), TorrentState.SEEDING);
        int port = seed.snapshot().port().port();
        assertThat(seed.snapshot().port()).isEqualTo(
                new PortState(port, PortState.Kind.OPEN, "One port: " + port + ", open on lo only").withNetwork("lo"));
        Engine leech = engines.start(engines.options("leech").withInterface("lo"));

        done(leech.add(engines.download("leech", torrent, addressOf(seed))));

        awaitState(leech, torrent.hash(), TorrentState.SEEDING);
        assertThat(atThePort(seed)).isNotEmpty().allMatch(SocketSnapshot::expected);
        assertThat(seed.settings().network()).as("for this run only").isEqualTo(Settings.Network.DEFAULT);
    }

    @Test
    void aPairingCodeNamesAddressesOfTheChosenInterfaceOnly() throws Exception {
        Engine engine = engines.start(engines.options("one").withInterface("lo").withBind(InetAddress.getByAddress(new byte[4])));

        PairingCode code = PairingCode.parse(done(engine.devices().offer()).code());

        assertThat(code.addresses()).isNotEmpty().allMatch(address -> address.host().isLoopbackAddress());
    }

    @Test
    void anInterfaceThatIsAwayOpensNothingAndCallsNobody() throws Exception {
        try (TestTracker tracker = TestTracker.start(); RawListener peer = RawPeer.listen()) {
            TorrentFixture torrent = TorrentFixture.single(temp, "photos", 65_536, 300_000, tracker.announceUrl());
            Engine engine = engines.start(engines.options("one").withInterface(NOWHERE));
            done(engine.changeSettings(engine.settings().withTrackers(new Settings.Trackers(true))));
            int port = engine.settings().port();

            done(engine.add(engines.download("one", torrent, PeerAddress.of(peer.address()))));
            awaitEvent(engine, "network.interface-gone");
            await().atMost(SOON).until(() -> trackerMessage(engine, torrent).contains("Waiting for nosuch0"));

            awaitThat(engine, torrent.hash(), now -> now.sentence().equals("Waiting for nosuch0: nothing is sent or received"));
            assertThat(engine.snapshot().port()).isEqualTo(new PortState(port, PortState.Kind.WAITING, WAITING).withNetwork(NOWHERE));
            assertThat(atThePort(engine)).isEmpty();
            assertThat(tracker.connections()).isZero();
            Event gone = events(engine, "network.interface-gone").get(0);
            assertThat(gone.sentence()).isEqualTo("nosuch0 is not there, or not connected. " + WAITING);
            assertThat(gone.fact("interface")).isEqualTo(NOWHERE);
            assertThat(events(engine, "policy.denied")).isEmpty();
        }
    }

    private static String trackerMessage(Engine engine, TorrentFixture torrent) {
        return engine.details(torrent.hash()).join().orElseThrow().trackers().get(0).message();
    }

    @Test
    void whatWaitedGoesOnWithAnotherChoice() throws Exception {
        try (TestTracker tracker = TestTracker.start()) {
            TorrentFixture torrent = TorrentFixture.single(temp, "photos", 65_536, 300_000, tracker.announceUrl());
            Engine seed = engines.seeding("seed", torrent);
            Engine engine = engines.start(engines.options("one"));
            done(engine.changeSettings(on(engine, NOWHERE).withTrackers(new Settings.Trackers(true))));
            int port = engine.settings().port();
            assertThatThrownBy(() -> RawPeer.connect(port).close()).isInstanceOf(ConnectException.class);
            done(engine.add(engines.download("one", torrent, addressOf(seed))));
            await().atMost(SOON).until(() -> engine.snapshot().port().kind() == PortState.Kind.WAITING);

            done(engine.changeSettings(on(engine, "lo")));

            assertThat(engine.settings().port()).isEqualTo(port);
            RawPeer.connect(port).close();
            awaitState(engine, torrent.hash(), TorrentState.SEEDING);
            await().atMost(SOON).until(() -> !tracker.requests().isEmpty());
            assertThat(events(engine)).extracting(Event::id).containsSubsequence("network.interface-gone", "network.interface-chosen");

            done(engine.changeSettings(on(engine, "")));
            await().atMost(SOON).until(() -> engine.snapshot().port().sentence().startsWith("One port: " + port + ", open")
                    && engine.snapshot().port().network().isEmpty());
        }
    }

    @Test
    void choosingAnInterfaceEndsConnectionsOnOthers() throws Exception {
        Engine engine = engines.start("one");
        TorrentFixture torrent = TorrentFixture.single(temp, "photos", 65_536, 300_000);
        done(engine.add(AddRequest.seed(torrent.file(), torrent.home())));
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        try (RawPeer peer = RawPeer.dial(TestEngines.socketOf(engine), torrent.hash(), RawPeer.peerId("one"))) {
            peer.readHandshake();

            done(engine.changeSettings(on(engine, NOWHERE)));

            peer.drainToEnd();
        }
        await().atMost(SOON).until(() -> engine.snapshot().connections() == 0);
        assertThat(atThePort(engine)).isEmpty();
    }

    @Test
    void receiveOnlyWaitsToo() throws Exception {
        Engine engine = engines.start(engines.options("one").withPort(0).withInterface(NOWHERE));

        assertThat(engine.snapshot().port()).isEqualTo(new PortState(0, PortState.Kind.WAITING, WAITING).withNetwork(NOWHERE));
        done(engine.changeSettings(on(engine, "lo").withReceiveOnly(true)));
        await().atMost(SOON).until(() -> engine.snapshot().port().sentence().equals("Receive only: no port is open, lo only"));
    }

    @Test
    void theInterfacesOfThisComputerAreListed() throws Exception {
        Engine engine = engines.start("one");

        assertThat(done(engine.networks())).filteredOn(each -> each.name().equals("lo")).singleElement()
                .satisfies(lo -> assertThat(lo.addresses()).contains("127.0.0.1")).extracting(LocalNetwork::up).isEqualTo(true);
    }

    /** What cannot be saved is not in force: the next start would use another network than this run. */
    @Test
    void aChoiceThatCannotBeSavedIsTakenBack() throws Exception {
        EngineOptions options = engines.options("one");
        Engine engine = engines.start(options);
        done(engine.changeSettings(on(engine, "lo")));
        PortState before = engine.snapshot().port();
        Path file = options.dataDirectory().resolve("settings.json");
        Files.delete(file);
        Files.createDirectories(file.resolve("in the way"));

        Outcome<Settings> outcome = engine.changeSettings(on(engine, "")).join();

        assertThat(outcome.isDone()).isFalse();
        assertThat(engine.settings().network().interfaceName()).isEqualTo("lo");
        Instant now = Instant.now();
        await().atMost(SOON).until(() -> engine.snapshot().at().isAfter(now));
        assertThat(engine.snapshot().port()).isEqualTo(before);
    }

    @Test
    void aNameThatNoInterfaceCanHaveIsRefused() throws Exception {
        Engine engine = engines.start("one");

        assertThat(refused(engine.changeSettings(on(engine, "../tun0"))).rule()).isEqualTo("settings.network-interface");
        assertThat(engine.settings().network().interfaceName()).isEmpty();
    }
}
