package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.addressOf;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.awaitThat;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.refused;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.metainfo.AuthorRequest;
import org.sallyport.core.metainfo.Magnet;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.metainfo.MetainfoReader;
import org.sallyport.core.metainfo.TorrentAuthor;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.TrackerSnapshot;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.TestTracker;
import org.sallyport.core.testkit.TorrentFixture;

/** Other trackers than a torrent came with, the torrent handed on, and addresses shut out. */
@Timeout(90)
class TrackerEditingTest {
    private static final int PIECE = 32 << 10;

    @TempDir
    Path temp;
    private TestEngines engines;
    private TestTracker first;
    private TestTracker second;
    private TorrentFixture torrent;

    @BeforeEach
    void open() {
        engines = new TestEngines(temp);
        first = TestTracker.start();
        second = TestTracker.start();
        torrent = TorrentFixture.single(temp.resolve("home"), "film.bin", PIECE, 100_000, first.announceUrl());
    }

    @AfterEach
    void close() {
        engines.close();
        first.close();
        second.close();
    }

    private Engine seeding(String name) throws Exception {
        Engine engine = engines.start(name);
        done(engine.changeSettings(engine.settings().withTrackers(new Settings.Trackers(true))));
        done(engine.add(AddRequest.seed(torrent.file(), torrent.home())));
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        return engine;
    }

    private List<TrackerSnapshot> trackers(Engine engine) {
        return engine.details(torrent.hash()).join().orElseThrow().trackers();
    }

    private static void awaitEvents(TestTracker tracker, String... events) {
        await().atMost(SOON).until(tracker::events, seen -> seen.equals(List.of(events)));
    }

    @Test
    void anAddedTrackerIsToldAtOnceAndARemovedOneThatWeAreGone() throws Exception {
        Engine engine = seeding("one");
        awaitEvents(first, "started");

        done(engine.torrents().trackers(torrent.hash(), List.of(List.of(first.announceUrl()), List.of(second.announceUrl()))));
        awaitEvents(second, "started");
        assertThat(first.events()).containsExactly("started"); // it did not change
        done(engine.torrents().trackers(torrent.hash(), List.of(List.of(second.announceUrl()))));

        awaitEvents(first, "started", "stopped");
        assertThat(second.events()).containsExactly("started");
        assertThat(trackers(engine)).extracting(TrackerSnapshot::url).containsExactly(second.announceUrl());
        Engine again = engines.restart("one");
        awaitEvents(second, "started", "stopped", "started");
        assertThat(trackers(again)).extracting(TrackerSnapshot::url).containsExactly(second.announceUrl());
        done(again.pause(torrent.hash()));
        done(again.torrents().trackers(torrent.hash(), List.of()));
        assertThat(trackers(again)).isEmpty();
    }

    @Test
    void whatIsNoTrackerIsRefused() throws Exception {
        Engine engine = seeding("one");

        assertThat(refused(engine.torrents().trackers(torrent.hash(), List.of(List.of("ftp://a.example/x")))).rule()).isEqualTo("trackers.url");
        assertThat(refused(engine.torrents().trackers(torrent.hash(), List.of(List.of("http://me:secret@a.example/")))).rule())
                .isEqualTo("trackers.url");
        List<String> many = IntStream.range(0, 101).mapToObj(i -> "udp://t" + i + ".example:80").toList();
        assertThat(refused(engine.torrents().trackers(torrent.hash(), List.of(many))).rule()).isEqualTo("trackers.count");
        done(engine.torrents().trackers(torrent.hash(), List.of(many.subList(0, 100))));
        assertThat(trackers(engine)).hasSize(100);
    }

    @Test
    void aPrivateTorrentKeepsItsTrackersAndATrustedOneTakesNone() throws Exception {
        Path file = temp.resolve("home").resolve("private.torrent");
        Metainfo secret = TorrentAuthor.write(AuthorRequest.of(torrent.data(), file).withTiers(List.of(List.of(first.announceUrl())))
                .withPrivateTorrent(true), done -> { }, () -> false);
        Engine engine = seeding("one");
        done(engine.add(AddRequest.seed(file, torrent.home())));
        Engine other = engines.start("two");
        done(other.add(AddRequest.seed(torrent.file(), torrent.home()).withSharing(Sharing.trustedDownload())));

        List<List<String>> tiers = List.of(List.of(second.announceUrl()));
        assertThat(refused(engine.torrents().trackers(secret.hash(), tiers)).rule()).isEqualTo("trackers.private");
        assertThat(refused(other.torrents().trackers(torrent.hash(), tiers)).rule()).isEqualTo("trackers.trusted-only");
        assertThat(refused(other.torrents().announce(torrent.hash())).rule()).isEqualTo("trackers.trusted-only");
        assertThat(refused(other.torrents().magnet(torrent.hash())).rule()).isEqualTo("export.trusted-only");
        assertThat(refused(other.torrents().export(torrent.hash(), temp.resolve("x.torrent"))).rule()).isEqualTo("export.trusted-only");
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void aPersonMayAskOnceAMinute() throws Exception {
        Engine engine = seeding("one");
        awaitEvents(first, "started");
        await().atMost(SOON).until(() -> trackers(engine).get(0).status() == TrackerSnapshot.Status.WORKING);

        assertThat(refused(engine.torrents().announce(torrent.hash())).rule()).isEqualTo("announce.too-soon");
        done(engine.pause(torrent.hash()));
        assertThat(refused(engine.torrents().announce(torrent.hash())).rule()).isEqualTo("announce.not-running");
    }

    @Test
    void theSameTorrentWithMoreTrackersBringsThemWhenThatIsWished() throws Exception {
        Engine engine = seeding("one");
        awaitEvents(first, "started");
        Path richer = temp.resolve("richer.torrent");
        TorrentAuthor.write(AuthorRequest.of(torrent.data(), richer).withPieceLength(PIECE)
                .withTiers(List.of(List.of(first.announceUrl()), List.of(second.announceUrl()))), done -> { }, () -> false);

        assertThat(refused(engine.add(AddRequest.seed(torrent.file(), torrent.home()))).rule()).isEqualTo("engine.duplicate");
        assertThat(refused(engine.add(AddRequest.seed(richer, torrent.home())))).satisfies(refusal -> {
            assertThat(refusal.rule()).isEqualTo("engine.duplicate-trackers");
            assertThat(refusal.sentence()).contains("film.bin", "1 tracker");
        });
        String link = Magnet.of(MetainfoReader.read(richer), MetainfoReader.read(richer).tiers()).text();
        assertThat(refused(engine.add(AddRequest.download(link, temp))).rule()).isEqualTo("engine.duplicate-trackers");
        assertThat(second.requests()).isEmpty();
        assertThat(done(engine.add(AddRequest.seed(richer, torrent.home()).withMergeTrackers(true)))).isEqualTo(torrent.hash());

        awaitEvents(second, "started");
        assertThat(trackers(engine)).extracting(TrackerSnapshot::url).containsExactly(first.announceUrl(), second.announceUrl());
        assertThat(engine.snapshot().torrents()).hasSize(1);
        assertThat(done(engine.add(AddRequest.seed(richer, torrent.home()).withMergeTrackers(true)))).isEqualTo(torrent.hash());
    }

    @Test
    void anExportedTorrentIsTheSameWithItsPresentTrackers() throws Exception {
        Engine engine = seeding("one");
        done(engine.torrents()
                .trackers(torrent.hash(), List.of(List.of(second.announceUrl(), "udp://a.example:80"), List.of("https://b.example/x"))));
        Path file = temp.resolve("out.torrent");

        assertThat(done(engine.torrents().export(torrent.hash(), file))).isEqualTo(file);

        Metainfo read = MetainfoReader.read(file);
        assertThat(read.infoBytes()).isEqualTo(torrent.metainfo().infoBytes());
        assertThat(read.tiers()).containsExactly(List.of(second.announceUrl(), "udp://a.example:80"), List.of("https://b.example/x"));
        assertThat(read.createdBy()).isEqualTo(torrent.metainfo().createdBy());
        byte[] before = Files.readAllBytes(file);
        assertThat(refused(engine.torrents().export(torrent.hash(), file)).rule()).isEqualTo("export.exists");
        assertThat(file).hasBinaryContent(before);
        assertThat(refused(engine.torrents().export(torrent.hash(), temp.resolve("no").resolve("x.torrent"))).rule()).isEqualTo("export.folder");
        Magnet link = Magnet.parse(done(engine.torrents().magnet(torrent.hash())));
        assertThat(link).isEqualTo(Magnet.of(torrent.metainfo(), read.tiers()));
        assertThat(link.trackers()).containsExactly(second.announceUrl(), "udp://a.example:80", "https://b.example/x");
        assertThat(link.sizeBytes()).isEqualTo(100_000);
    }

    @Test
    void whoIsShutOutIsDisconnectedAndStaysOut() throws Exception {
        Engine seed = seeding("one");
        Engine other = engines.start("two");
        done(other.add(engines.download("two", torrent).withPaused(true)));

        assertThat(refused(seed.torrents().ban(InetAddress.getByName("0.0.0.0"))).rule()).isEqualTo("ban.address");
        done(seed.torrents().ban(addressOf(other).host()));
        done(other.start(torrent.hash()));
        done(other.addPeers(torrent.hash(), Collections.singletonList(addressOf(seed))));

        await().atMost(SOON).until(() -> !events(seed, "policy.denied").isEmpty());
        assertThat(events(seed, "peer.shut-out")).singleElement().satisfies(event -> assertThat(event.fact("address")).isEqualTo("127.0.0.1"));
        awaitThat(other, torrent.hash(), now -> now.doneBytes() == 0 && now.peers() == 0);
    }
}
