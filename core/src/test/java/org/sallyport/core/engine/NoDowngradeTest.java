package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitThat;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PeerSnapshot;
import org.sallyport.core.persist.DataDirectory;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.TestTracker;
import org.sallyport.core.testkit.TorrentFixture;
import org.sallyport.core.wire.ExtendedHandshake;

/** A paired device is spoken to in TLS or not at all (invariant I5), and nobody in clear takes its place. */
@Timeout(90)
class NoDowngradeTest {
    @TempDir
    Path temp;
    private Household house;
    private TestTracker tracker;
    private TorrentFixture torrent;

    @BeforeEach
    void open() {
        house = new Household(temp);
        tracker = TestTracker.start();
        torrent = TorrentFixture.single(temp.resolve("home"), "film.bin", 16 << 10, 100_000, tracker.announceUrl());
    }

    @AfterEach
    void close() {
        house.close();
        tracker.close();
    }

    private Engine start(String name) throws EngineStartException {
        Engine engine = house.start(name);
        done(engine.changeSettings(engine.settings().withTrackers(new Settings.Trackers(true))));
        return engine;
    }

    /** With a torrent for everybody. */
    private Engine wanting(String name, PeerAddress... named) throws EngineStartException {
        Engine engine = start(name);
        done(engine.add(house.engines().download(name, torrent, named)));
        return engine;
    }

    private ServerSocket listenAs(String name) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(house.address(name).socketAddress());
        listener.setSoTimeout(RawPeer.READ_MILLIS);
        return listener;
    }

    /** What a caller says before it hears that there is no TLS here. */
    private static byte[] heard(ServerSocket listener) throws IOException {
        try (Socket socket = listener.accept()) {
            socket.setSoTimeout(RawPeer.READ_MILLIS);
            byte[] first = socket.getInputStream().readNBytes(200);
            socket.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] rest = new byte[0];
            try {
                rest = socket.getInputStream().readAllBytes();
            } catch (IOException reset) {
                // it hangs up on us
            }
            byte[] all = Arrays.copyOf(first, first.length + rest.length);
            System.arraycopy(rest, 0, all, first.length, rest.length);
            return all;
        }
    }

    private void assertOnlyHello(byte[] heard) {
        assertThat(heard).startsWith(0x16, 0x03);
        String text = new String(heard, StandardCharsets.ISO_8859_1);
        assertThat(text).doesNotContain("BitTorrent protocol").doesNotContainIgnoringCase(torrent.hash().hex())
                .doesNotContain(new String(torrent.hash().bytes(), StandardCharsets.ISO_8859_1));
    }

    @Test
    void aDeviceThatSpeaksNoTlsIsCalledAgainAndNeverInClear() throws Exception {
        house.pair("caller", "device");
        try (ServerSocket listener = listenAs("device")) {
            Engine caller = wanting("caller", house.address("device"));
            for (int call = 0; call < 3; call++) {
                assertOnlyHello(heard(listener));
            }

            awaitEvent(caller, "device.call-refused");
            assertThat(events(caller, "device.call-refused")).first().satisfies(event -> {
                assertThat(event.fact("rule")).startsWith("tls.");
                assertThat(event.sentence()).contains("data-device", "Nothing was sent in clear");
            });
            await().atMost(SOON).untilAsserted(() -> assertThat(caller.snapshot().devices().devices()).singleElement()
                    .satisfies(device -> assertThat(device.trouble()).contains("could not be called securely")));
        }
    }

    /** The list of devices is read while the torrents of the last run go on already. */
    @Test
    void aTrackerThatNamesTheAddressOfADeviceIsNotBelievedThatItIsAStranger() throws Exception {
        house.pair("caller", "device");
        tracker.swarms().add(torrent.hash(), house.address("device"), true);
        Engine caller = wanting("caller");
        try (ServerSocket listener = listenAs("device")) {
            assertOnlyHello(heard(listener));
            caller.close();
        }
        try (ServerSocket listener = listenAs("device")) {
            start("caller");
            assertOnlyHello(heard(listener));
        }
    }

    @Test
    void whileTheListOfDevicesCannotBeVerifiedNoneOfThemIsCalled() throws Exception {
        house.pair("caller", "device");
        ruinKeyOf("caller");
        try (ServerSocket listener = listenAs("device")) {
            Engine caller = wanting("caller", house.address("device"));
            awaitEvent(caller, "policy.denied");

            assertThat(events(caller, "policy.denied")).extracting(event -> event.fact("rule")).containsOnly("peer.device-removed");
            listener.setSoTimeout(3_000);
            assertThat(catchThrowable(listener::accept)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private void ruinKeyOf(String name) throws Exception {
        try (DataDirectory data = DataDirectory.open(house.directory(name)); Stream<Path> files = Files.list(data.keyFolder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(file, new byte[10]);
            }
        }
    }

    private static List<PeerSnapshot> peers(Engine engine, TorrentFixture torrent) {
        return engine.details(torrent.hash()).join().orElseThrow().peers();
    }

    /** Asked in clear, again until the torrent runs. */
    private Bytes peerIdOf(Engine engine) {
        return await().atMost(SOON).ignoreExceptionsInstanceOf(IOException.class).until(() -> askPeerId(engine), id -> true);
    }

    private Bytes askPeerId(Engine engine) throws IOException {
        try (RawPeer probe = RawPeer.dial(TestEngines.socketOf(engine), torrent.hash(), RawPeer.peerId("probe"))) {
            return Bytes.copyOf(Arrays.copyOfRange(probe.readHandshake(), 48, 68));
        }
    }

    @Test
    void aStrangerWithThePeerIdOfADeviceDoesNotPushItOut() throws Exception {
        house.pair("one", "other");
        Engine one = wanting("one", house.address("other"));
        Engine other = wanting("other");
        Bytes id = peerIdOf(other);
        awaitThat(one, torrent.hash(), t -> t.peers() == 1);
        String address = peers(one, torrent).get(0).address();

        try (RawPeer stranger = RawPeer.dial(TestEngines.socketOf(one), torrent.hash(), id)) {
            stranger.drainToEnd();
        }
        await().atMost(SOON).until(() -> peers(one, torrent).size() < 2);
        assertThat(peers(one, torrent)).singleElement().satisfies(peer -> {
            assertThat(peer.tls()).isTrue();
            assertThat(peer.address()).isEqualTo(address);
        });
    }

    @Test
    void aStrangerThatIsThereFirstDoesNotKeepADeviceOut() throws Exception {
        house.pair("one", "other");
        Engine other = wanting("other");
        Bytes id = peerIdOf(other);
        Engine one = start("one");
        done(one.add(house.engines().download("one", torrent)));
        peerIdOf(one);
        try (RawPeer stranger = RawPeer.dial(TestEngines.socketOf(one), torrent.hash(), id)) {
            byte[] listens = new ExtendedHandshake("Fake", 250, house.address("other").port(), 0, Map.of()).encode();
            byte[] payload = new byte[1 + listens.length];
            System.arraycopy(listens, 0, payload, 1, listens.length);
            stranger.send(RawPeer.frame(20, payload));
            awaitThat(one, torrent.hash(), t -> t.peers() == 1);
            done(one.addPeers(torrent.hash(), List.of(house.address("other"))));

            stranger.drainToEnd();
            await().atMost(SOON).until(() -> peers(one, torrent).stream().anyMatch(PeerSnapshot::tls));
        }
    }
}
