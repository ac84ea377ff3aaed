package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.socketOf;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.TrackerSnapshot;
import org.sallyport.core.model.TrackerSnapshot.Status;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.Addresses;
import org.sallyport.core.testkit.Aftermath;
import org.sallyport.core.testkit.Mischief;
import org.sallyport.core.testkit.RawListener;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.TestTracker;
import org.sallyport.core.testkit.TorrentFixture;

/** A tracker that means harm costs its torrent that tracker and nobody anything else: the engine goes on, and says once what it refused. */
@Tag("hostile")
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class TrackerMischiefTest {
    @RegisterExtension
    static final Aftermath AFTERMATH = new Aftermath();
    @RegisterExtension
    final EngineAftermath after = new EngineAftermath(() -> this.engines.all());
    private static final int PIECE = 16 << 10;
    // what both kernels may hold in socket buffers besides the 1 MiB we read
    private static final long MOST_TAKEN = 17L << 20;

    private final TestTracker tracker = TestTracker.start();
    private Path home;
    private TestEngines engines;
    private Engine engine;
    private int torrents;

    @BeforeAll
    void open(@TempDir Path temp) throws Exception {
        home = temp.resolve("home");
        engines = new TestEngines(temp);
        engine = engines.start("one");
        // so that our tracker on this computer is asked at all
        done(engine.changeSettings(engine.settings().withTrackers(new Settings.Trackers(true))));
    }

    @AfterAll
    void close() {
        engines.close();
        tracker.close();
    }

    /** A torrent of its own, which is complete. */
    private TorrentFixture seed(String trackerUrl) {
        int number = ++torrents;
        TorrentFixture torrent = TorrentFixture.single(home.resolve("of" + number), "film" + number, PIECE, 40_000, trackerUrl);
        done(engine.add(AddRequest.seed(torrent.file(), torrent.home())));
        return torrent;
    }

    private TrackerSnapshot tracker(TorrentFixture torrent) {
        return engine.details(torrent.hash()).join().orElseThrow().trackers().get(0);
    }

    private TrackerSnapshot awaitAnswered(TorrentFixture torrent) {
        return await("the tracker is done with").atMost(SOON).until(() -> tracker(torrent),
                now -> now.status() != Status.NOT_CONTACTED && now.status() != Status.ANNOUNCING);
    }

    private List<String> refusals(TorrentFixture torrent) {
        return events(engine).stream().filter(event -> event.severity() == Event.Severity.REFUSED
                && event.fact("hash").equals(torrent.hash().hex())).map(event -> event.fact("rule")).toList();
    }

    private void assertRefusedOnce(TorrentFixture torrent, String rule) {
        TrackerSnapshot told = awaitAnswered(torrent);
        assertThat(told.status()).isEqualTo(Status.REFUSED);
        assertThat(told.message()).isNotBlank();
        await().atMost(SOON).until(() -> !refusals(torrent).isEmpty());
        assertThat(refusals(torrent)).containsExactly(rule);
    }

    private void assertServes(TorrentFixture torrent) throws IOException {
        try (RawPeer honest = RawPeer.connect(InetAddress.getByName("127.0.8." + torrents), socketOf(engine))) {
            honest.send(RawPeer.handshake(torrent.hash(), RawPeer.peerId("honest")), RawPeer.frame(2));
            honest.readHandshake();
            honest.readFrame(1);
            honest.send(RawPeer.frame(6, 1, 0, PIECE));
            assertThat(honest.readFrame(7).number(0)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ENDLESS_BODY, discovery.body-size", "ENDLESS_CHUNKS, discovery.body-size", "GZIP_BOMB, discovery.encoding",
        "HEADER_FLOOD, discovery.header-size", "LONG_LINE, discovery.header-size",
        "REDIRECT_LOOP, discovery.redirect-count", "HTML, discovery.reply",
    })
    void mischiefIsRefusedOnce(Mischief mischief, String rule) throws Exception {
        long before = tracker.bytesSent();

        assertRefusedOnce(seed(tracker.hostileUrl(mischief)), rule);

        assertThat(tracker.bytesSent() - before).isLessThan(MOST_TAKEN);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -1800, Integer.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE})
    void noIntervalMakesUsHurryOrFallAsleep(long seconds) {
        Instant before = Instant.now();
        String body = "d8:intervali" + seconds + "e12:min intervali" + seconds + "e5:peers0:e";

        TrackerSnapshot told = awaitAnswered(seed(tracker.answeringUrl(body.getBytes(StandardCharsets.ISO_8859_1))));

        assertThat(told.status()).isEqualTo(Status.WORKING);
        assertThat(told.nextAnnounce()).isAfterOrEqualTo(before.plusSeconds(59)).isBefore(Instant.now().plus(Duration.ofHours(2)));
    }

    /** Their deadline is the one that users have, 30 s, so that all of them wait for it together. */
    @Test
    void whoDripsIsLeftAfterHalfAMinuteAndHoldsNobodyUp() throws Exception {
        List<TorrentFixture> dripped = new ArrayList<>();
        for (Mischief mischief : List.of(Mischief.DRIP_BODY, Mischief.DRIP_HEADER, Mischief.ENDLESS_CONTINUE)) {
            dripped.add(seed(tracker.hostileUrl(mischief)));
        }
        await("all are being asked").atMost(SOON)
                .until(() -> dripped.stream().allMatch(each -> tracker(each).status() == Status.ANNOUNCING));

        for (TorrentFixture each : dripped) {
            assertServes(each);
        }
        TorrentFixture other = seed(tracker.announceUrl());
        assertThat(awaitAnswered(other).status()).isEqualTo(Status.WORKING);

        for (TorrentFixture each : dripped) {
            assertThat(awaitAnswered(each).message()).isEqualTo("The tracker did not finish its answer within 30 seconds.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/announce", "gopher://127.0.0.1:70/_x", "jar:file:///etc/passwd!/announce"})
    void aRedirectToWhatIsNoTrackerIsNotFollowed(String location) {
        TorrentFixture torrent = seed(tracker.redirectUrl(location));

        TrackerSnapshot told = awaitAnswered(torrent);

        assertThat(told.status()).isIn(Status.REFUSED, Status.FAILED);
        assertThat(told.message()).isNotBlank();
        assertThat(refusals(torrent)).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "0.0.0.0", "[::ffff:127.0.0.1]", "2130706433"})
    void aRedirectInwardsReachesNobody(String host) throws Exception {
        InetAddress outside = Addresses.ofNetwork();

        try (TestTracker outer = TestTracker.start(outside); RawListener inner = RawPeer.listen()) {
            TorrentFixture torrent = seed(outer.redirectUrl("http://" + host + ":" + inner.address().getPort() + "/announce"));

            TrackerSnapshot told = awaitAnswered(torrent);

            assertThat(told.status()).isIn(Status.REFUSED, Status.FAILED);
            assertThat(outer.connections()).isPositive(); // it was asked, and we were sent on
            assertThat(inner.hasCaller()).isFalse();
            if (host.equals("127.0.0.1")) {
                assertRefusedOnce(torrent, "discovery.redirect-private");
            }
        }
    }
}
