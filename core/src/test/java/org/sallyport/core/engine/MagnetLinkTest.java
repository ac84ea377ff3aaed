package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.addressOf;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.refused;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.QueueMove;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.screening.FileNames;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.MetadataPeers;
import org.sallyport.core.testkit.SampleTorrent;
import org.sallyport.core.testkit.TestTracker;
import org.sallyport.core.testkit.TorrentFixture;
import org.sallyport.core.wire.MetadataMessage;

/** From a magnet link to the files, through the public door. */
@Timeout(90)
class MagnetLinkTest {
    @TempDir
    private Path temp;
    private TestEngines engines;
    private TorrentFixture torrent;

    @BeforeEach
    void open() {
        engines = new TestEngines(temp);
        torrent = TorrentFixture.folder(temp.resolve("home"), "course", 16 << 10, 60_000, 70_000, 80_000);
    }

    @AfterEach
    void close() {
        engines.close();
    }

    /** One whose rules let strangers name peers on this computer: here all of them are. */
    private Engine leech(String name) throws EngineStartException {
        Engine engine = engines.start(name);
        done(engine.changeSettings(engine.settings().withTrackers(new Settings.Trackers(true))));
        return engine;
    }

    private static String link(InfoHash hash, PeerAddress... peers) {
        StringBuilder link = new StringBuilder("magnet:?xt=urn:btih:" + hash + "&dn=The+course");
        for (PeerAddress peer : peers) {
            link.append("&x.pe=").append(peer);
        }
        return link.toString();
    }

    private AddRequest request(String name, String link) {
        return AddRequest.download(link, engines.downloads(name));
    }

    @Test
    void linkBecomesTheTorrentAndIsServedOn() throws Exception {
        Engine seed = engines.seeding("seed", torrent);
        Engine first = leech("first");
        done(first.add(request("first", link(torrent.hash(), addressOf(seed)))));
        awaitState(first, torrent.hash(), TorrentState.SEEDING);

        seed.close();
        Engine second = leech("second");
        done(second.add(request("second", link(torrent.hash(), addressOf(first)))));
        awaitState(second, torrent.hash(), TorrentState.SEEDING);

        assertThat(torrent.differencesTo(engines.downloads("first"))).isEmpty();
        assertThat(torrent.differencesTo(engines.downloads("second"))).isEmpty();
        assertThat(events(second, "torrent.metadata")).singleElement().satisfies(event -> assertThat(event.fact("name")).isEqualTo("course"));
        assertThat(second.snapshot().torrents()).hasSize(1);
    }

    @Test
    void trackerOfTheLinkIsAskedAndKept() throws Exception {
        try (TestTracker tracker = TestTracker.start()) {
            Engine seed = engines.seeding("seed", torrent);
            tracker.swarms().add(torrent.hash(), addressOf(seed), true);
            Engine engine = leech("leech");

            done(engine.add(request("leech", link(torrent.hash()) + "&tr=" + tracker.announceUrl())));
            awaitState(engine, torrent.hash(), TorrentState.SEEDING);

            assertThat(engine.details(torrent.hash()).join().orElseThrow().info().tiers()).isEqualTo(List.of(List.of(tracker.announceUrl())));
        }
    }

    @Test
    void linkWaitsInTheListAndSurvivesARestart() throws Exception {
        Engine engine = leech("leech");
        done(engine.add(request("leech", link(torrent.hash()))));

        TorrentSnapshot waiting = at(engine, torrent.hash());
        assertThat(waiting.state()).isEqualTo(TorrentState.METADATA);
        assertThat(waiting.name()).isEqualTo("The course");
        assertThat(waiting.isComplete()).isFalse();
        assertThat(waiting.progress()).isZero();
        assertThat(refused(engine.add(request("leech", link(torrent.hash())))).rule()).isEqualTo("engine.duplicate");

        done(engine.pause(torrent.hash()));
        assertThat(at(engine, torrent.hash()).state()).isEqualTo(TorrentState.PAUSED);
        engine = engines.restart("leech");
        assertThat(at(engine, torrent.hash()).state()).isEqualTo(TorrentState.PAUSED);
        assertThat(engine.details(torrent.hash()).join()).isPresent();

        Engine seed = engines.seeding("seed", torrent);
        done(engine.start(torrent.hash()));
        done(engine.addPeers(torrent.hash(), List.of(addressOf(seed))));
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);

        engine = engines.restart("leech");
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        assertThat(engine.snapshot().torrents()).hasSize(1);
    }

    @Test
    void whatIsChosenBeforeItsFilesAreKnownHoldsForTheTorrent() throws Exception {
        Engine engine = leech("leech");
        done(engine.add(request("leech", link(torrent.hash()))));
        TorrentOptions chosen = TorrentOptions.DEFAULT.withSequential(true).withLimits(5_000_000, 100_000).withLabels(Set.of("course"))
                .withGoal(new SeedGoal(-1, 600, -1, SeedGoal.Then.STOP));

        done(engine.torrents().change(torrent.hash(), before -> chosen));
        assertThat(at(engine, torrent.hash()).options()).isEqualTo(chosen);
        assertThat(refused(engine.torrents().change(torrent.hash(), before -> before.withPriorities(Map.of(0, FilePriority.SKIP)))).rule())
                .isEqualTo("options.no-metadata");
        assertThat(refused(engine.torrents().change(torrent.hash(), before -> before.withLimits(1, 0))).rule()).isEqualTo("options.rate");
        assertThat(refused(engine.torrents().queue(torrent.hash(), QueueMove.UP)).rule()).isEqualTo("queue.no-metadata");

        engine = engines.restart("leech");
        assertThat(at(engine, torrent.hash()).options()).isEqualTo(chosen);
        done(engine.addPeers(torrent.hash(), List.of(addressOf(engines.seeding("seed", torrent)))));
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        assertThat(at(engine, torrent.hash()).options()).isEqualTo(chosen);
    }

    @Test
    void linkIsRemovedForGood() throws Exception {
        Engine engine = leech("leech");
        done(engine.add(request("leech", link(torrent.hash()))));
        done(engine.remove(torrent.hash(), true));

        assertThat(engine.snapshot().torrents()).isEmpty();
        assertThat(engines.restart("leech").snapshot().torrents()).isEmpty();
    }

    @Test
    void torrentFileTakesThePlaceOfItsLink() throws Exception {
        Engine engine = leech("leech");
        done(engine.add(request("leech", link(torrent.hash()))));

        done(engine.add(engines.download("leech", torrent).withPaused(true)));

        assertThat(engine.snapshot().torrents()).singleElement().satisfies(there -> assertThat(there.isKnown()).isTrue());
        assertThat(engines.restart("leech").snapshot().torrents()).hasSize(1);
    }

    @Test
    void filesThatTheLinkSelectsAreFetchedAndNoOthers() throws Exception {
        Engine seed = engines.seeding("seed", torrent);
        Engine engine = leech("leech");

        done(engine.add(request("leech", link(torrent.hash(), addressOf(seed)) + "&so=1,7-9")));
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);

        assertThat(engine.details(torrent.hash()).join().orElseThrow().files()).filteredOn(FileSnapshot::wanted)
                .extracting(FileSnapshot::index).containsExactly(1);
        assertThat(Files.exists(engines.downloads("leech").resolve("course/file0000"))).isFalse();
    }

    @Test
    void privateTorrentTakesNoAddressesFromItsLink() throws Exception {
        byte[] info = Bencode.encode(Map.of("name", "x", "piece length", 16_384L, "length", 16_384L, "pieces", new byte[20], "private", 1L));
        InfoHash hash = InfoHash.of(SampleTorrent.sha1(info));
        Engine engine = leech("leech");
        try (MetadataPeers peer = MetadataPeers.at("127.0.7.1", hash, info.length, (talk, piece) -> talk.give(info, piece))) {
            done(engine.add(request("leech", link(hash, peer.address()))));
            awaitState(engine, hash, TorrentState.DOWNLOADING);
        }

        assertThat(at(engine, hash).privateTorrent()).isTrue();
        assertThat(at(engine, hash).knownPeers()).isZero();
    }

    @Test
    void looksAtALinkWithoutAddingItAndDoesNotAskAgain() throws Exception {
        Engine engine = leech("leech");
        try (MetadataPeers peer = MetadataPeers.at("127.0.7.2", torrent.hash(), torrent.metainfo().infoLength(), (talk, piece) ->
                talk.give(torrent.metainfo().infoBytes(), piece))) {
            TorrentPreview preview = done(engine.torrents().look(link(torrent.hash(), peer.address())));

            assertThat(preview.files()).isEqualTo(FileNames.preview(torrent.metainfo()).files());
            assertThat(engine.snapshot().torrents()).isEmpty();
            assertThat(done(engine.torrents().look(link(torrent.hash())))).isNotNull();
            assertThat(done(engine.add(request("leech", link(torrent.hash())).withWanted(Set.of(2)).withPaused(true)))).isEqualTo(torrent.hash());
            assertThat(at(engine, torrent.hash()).isKnown()).isTrue();
            assertThat(peer.asked()).isEqualTo(MetadataMessage.pieces(torrent.metainfo().infoLength()));
        }
    }

    @Test
    void onlyFourAreLookedAtAtOnceAndACancelledOneMakesRoom() throws Exception {
        Engine engine = leech("leech");
        List<CompletableFuture<Outcome<TorrentPreview>>> looks = IntStream.range(0, 4)
                .mapToObj(i -> engine.torrents().look("magnet:?xt=urn:btih:" + ("" + i).repeat(40))).toList();
        String fifth = "magnet:?xt=urn:btih:" + "5".repeat(40);

        assertThat(refused(engine.torrents().look(fifth)).rule()).isEqualTo("magnet.too-many-looks");
        looks.get(0).cancel(true);

        await().atMost(SOON).until(() -> {
            CompletableFuture<Outcome<TorrentPreview>> again = engine.torrents().look(fifth);
            try {
                return again.get(200, TimeUnit.MILLISECONDS) instanceof Outcome.Done;
            } catch (TimeoutException waiting) {
                return true; // it is looked at, and nobody answers
            }
        });
    }

    @Test
    void brokenLinkIsRefused() throws Exception {
        Engine engine = leech("leech");

        assertThat(refused(engine.add(request("leech", "magnet:?dn=x"))).rule()).isEqualTo("magnet.no-hash");
        assertThat(refused(engine.torrents().look("magnet:?xt=urn:btmh:1220" + "a".repeat(64))).rule()).isEqualTo("magnet.v2-only");
    }
}
