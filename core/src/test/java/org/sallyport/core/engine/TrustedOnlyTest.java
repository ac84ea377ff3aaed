package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.awaitThat;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.TrackerSnapshot;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.TestTracker;
import org.sallyport.core.testkit.TorrentFixture;

/** A torrent for trusted devices passes between them in TLS; for everybody else it is one that nobody here has heard of. */
@Timeout(90)
class TrustedOnlyTest {
    private static final InfoHash UNKNOWN = new InfoHash("ab".repeat(20));

    @TempDir
    Path temp;
    private Household house;
    private TestTracker tracker;
    private TorrentFixture torrent;

    @BeforeEach
    void open() {
        house = new Household(temp);
        tracker = TestTracker.start();
        torrent = TorrentFixture.single(temp.resolve("home"), "film.bin", 16 << 10, 1_000_000, tracker.announceUrl());
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

    private Engine offering(String name, Sharing sharing) throws EngineStartException {
        Engine engine = start(name);
        done(engine.add(AddRequest.seed(torrent.file(), torrent.home()).withSharing(sharing)));
        return engine;
    }

    private Engine wanting(String name, PeerAddress... named) throws EngineStartException {
        Engine engine = start(name);
        done(engine.add(house.engines().download(name, torrent, named).withSharing(Sharing.trustedDownload())));
        return engine;
    }

    private static Sharing sharedWith(Set<String> devices, Instant until) {
        return new Sharing(UploadPolicy.NORMAL, true, devices, false, "", until);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itMovesInTlsWhoeverOfTheTwoCanCall(boolean receiverCalls) throws Exception {
        house.pairOneWay(receiverCalls ? "receiver" : "sender", receiverCalls ? "sender" : "receiver");
        Engine sender = offering("sender", Sharing.trustedDownload());
        awaitState(sender, torrent.hash(), TorrentState.SEEDING);
        Engine receiver = wanting("receiver");
        awaitState(receiver, torrent.hash(), TorrentState.SEEDING);

        assertThat(torrent.differencesTo(house.engines().downloads("receiver"))).isEmpty();
        awaitThat(sender, torrent.hash(), t -> t.uploadedBytes() >= 1_000_000);
        assertThat(tracker.requests()).as("what a tracker hears").isEmpty();
        assertThat(sender.details(torrent.hash()).join().orElseThrow().trackers()).extracting(TrackerSnapshot::status)
                .containsExactly(TrackerSnapshot.Status.NOT_CONTACTED);
    }

    /** Also the list of files comes in TLS only, and nobody else is asked for it, though the link names others. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAMagnetStandsForComesInTlsToo(boolean receiverCalls) throws Exception {
        house.pairOneWay(receiverCalls ? "receiver" : "sender", receiverCalls ? "sender" : "receiver");
        Engine sender = offering("sender", Sharing.trustedDownload());
        awaitState(sender, torrent.hash(), TorrentState.SEEDING);
        Engine receiver = start("receiver");
        try (var stranger = RawPeer.listen()) {
            String link = "magnet:?xt=urn:btih:" + torrent.hash().hex() + "&tr=" + URLEncoder.encode(tracker.announceUrl(), StandardCharsets.UTF_8)
                    + "&x.pe=" + PeerAddress.of(stranger.address());

            done(receiver.add(AddRequest.download(new AddSource.MagnetLink(link), house.engines().downloads("receiver"))
                    .withSharing(Sharing.trustedDownload())));

            awaitState(receiver, torrent.hash(), TorrentState.SEEDING);
            assertThat(torrent.differencesTo(house.engines().downloads("receiver"))).isEmpty();
            assertThat(stranger.hasCaller()).isFalse();
        }
        assertThat(tracker.requests()).as("what a tracker hears").isEmpty();
    }

    @Test
    void aPeerThatIsADeviceIsShownAsSuch() throws Exception {
        house.pair("one", "other");
        Engine one = wanting("one");
        wanting("other");

        awaitThat(one, torrent.hash(), t -> t.peers() == 1);
        assertThat(one.details(torrent.hash()).join().orElseThrow().peers()).singleElement().satisfies(peer -> {
            assertThat(peer.tls()).isTrue();
            assertThat(peer.device()).isEqualTo("data-other");
        });
    }

    @Test
    void aStrangerGetsWhatAnUnknownTorrentGets() throws Exception {
        house.pair("sender", "receiver");
        Engine sender = offering("sender", Sharing.trustedDownload());
        awaitState(sender, torrent.hash(), TorrentState.SEEDING);
        byte[] secret = RawPeer.handshake(torrent.hash(), RawPeer.peerId("stranger"));
        byte[] unknown = RawPeer.handshake(UNKNOWN, RawPeer.peerId("stranger"));

        assertThat(answer(sender, secret)).isEqualTo(answer(sender, unknown)).isEqualTo("0 bytes, then the end");
        awaitEvent(sender, "policy.denied");
        assertThat(events(sender, "policy.denied")).extracting(event -> event.fact("rule")).containsExactly("peer.trusted-only");
        assertThat(at(sender, torrent.hash()).uploadedBytes()).isZero();
    }

    @Test
    void anEngineThatIsNotPairedGetsNothing() throws Exception {
        house.pair("sender", "receiver");
        Engine sender = offering("sender", Sharing.trustedDownload());
        awaitState(sender, torrent.hash(), TorrentState.SEEDING);
        Engine stranger = start("stranger");
        done(stranger.add(house.engines().download("stranger", torrent, house.address("sender"))));

        awaitEvent(sender, "policy.denied");
        assertThat(at(stranger, torrent.hash()).peers()).isZero();
        assertThat(at(stranger, torrent.hash()).doneBytes()).isZero();
        assertThat(at(sender, torrent.hash()).uploadedBytes()).isZero();
    }

    @Test
    void aDeviceThatItIsNotForGetsNothing() throws Exception {
        house.pair("sender", "friend");
        house.pair("sender", "outsider");
        String friend = PairedEngines.idOf(house.directory("friend")).text();
        Engine sender = offering("sender", sharedWith(Set.of(friend), Instant.MAX));
        awaitState(sender, torrent.hash(), TorrentState.SEEDING);
        Engine outsider = wanting("outsider");
        awaitEvent(sender, "policy.denied");
        Engine wanted = wanting("friend");
        awaitState(wanted, torrent.hash(), TorrentState.SEEDING);

        assertThat(events(sender, "policy.denied")).extracting(event -> event.fact("rule")).containsOnly("peer.trusted-only");
        assertThat(at(outsider, torrent.hash()).doneBytes()).isZero();
        awaitThat(sender, torrent.hash(), t -> t.uploadedBytes() >= 1_000_000);
    }

    @Test
    void nobodyGetsItAfterItsTime() throws Exception {
        house.pair("sender", "receiver");
        Engine sender = offering("sender", sharedWith(Set.of(), Instant.now().minusSeconds(1)));
        awaitThat(sender, torrent.hash(), t -> t.sharing().upload() == UploadPolicy.NEVER);
        awaitEvent(sender, "share.expired");
        Engine receiver = wanting("receiver");

        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> at(receiver, torrent.hash()).doneBytes() == 0);
        assertThat(at(sender, torrent.hash()).uploadedBytes()).isZero();
    }

    @Test
    void aShareThatRunsOutEndsWhileItIsSent() throws Exception {
        house.pair("sender", "receiver");
        Engine sender = offering("sender", sharedWith(Set.of(), Instant.now().plusSeconds(3)));
        awaitState(sender, torrent.hash(), TorrentState.SEEDING);
        awaitThat(sender, torrent.hash(), t -> t.sharing().upload() == UploadPolicy.NEVER);
        assertThat(answer(sender, RawPeer.handshake(torrent.hash(), RawPeer.peerId("late")))).isEqualTo("0 bytes, then the end");
    }

    @Test
    void aPeerThatIsNoDeviceIsNotCalled() throws Exception {
        house.pair("receiver", "sender");
        try (var stranger = RawPeer.listen()) {
            Engine receiver = wanting("receiver", PeerAddress.of(stranger.address()));
            awaitEvent(receiver, "policy.denied");
            Engine sender = offering("sender", Sharing.trustedDownload());
            awaitState(receiver, torrent.hash(), TorrentState.SEEDING);

            assertThat(events(receiver, "policy.denied")).extracting(event -> event.fact("rule")).contains("peer.trusted-only");
            assertThat(stranger.hasCaller()).isFalse();
            awaitThat(sender, torrent.hash(), t -> t.uploadedBytes() >= 1_000_000);
        }
    }

    /** All that comes back, and how it ends. */
    private static String answer(Engine engine, byte[] hello) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(TestEngines.socketOf(engine));
            socket.setSoTimeout(RawPeer.READ_MILLIS);
            socket.getOutputStream().write(hello);
            InputStream in = socket.getInputStream();
            int bytes = 0;
            try {
                while (in.read() >= 0) {
                    bytes++;
                }
                return bytes + " bytes, then the end";
            } catch (SocketException reset) {
                return bytes + " bytes, then a reset";
            }
        }
    }
}
