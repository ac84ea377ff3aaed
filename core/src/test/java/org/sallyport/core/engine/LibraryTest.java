package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.addressOf;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.awaitThat;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.failed;
import static org.sallyport.core.engine.TestEngines.refused;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.EngineSnapshot;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.ScriptedSeed;
import org.sallyport.core.testkit.ScriptedSeed.Script;
import org.sallyport.core.testkit.ScriptedSeed.Talk;
import org.sallyport.core.testkit.TorrentFixture;

/** Commands to the engine, and what its snapshots and events say of them. */
@Timeout(60)
class LibraryTest {
    private static final int PIECE = 32 << 10;

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

    private TorrentFixture torrent(String name) {
        return TorrentFixture.single(temp.resolve("home"), name, PIECE, 20 * PIECE);
    }

    @Test
    void aTorrentIsAddedOnce() throws Exception {
        TorrentFixture torrent = torrent("a.bin");
        Engine engine = engines.start("one");
        assertThat(done(engine.add(engines.download("one", torrent).withPaused(true)))).isEqualTo(torrent.hash());

        Refusal refusal = refused(engine.add(engines.download("two", torrent)));

        assertThat(refusal.rule()).isEqualTo("engine.duplicate");
        assertThat(refusal.sentence()).contains("a.bin");
        assertThat(engine.snapshot().torrents()).hasSize(1);
        awaitEvent(engine, "command.refused");
        assertThat(events(engine, "command.refused")).extracting(event -> event.fact("rule")).containsExactly("engine.duplicate");
    }

    @Test
    void whatIsNoTorrentIsRefusedWithItsRule() throws Exception {
        Engine engine = engines.start("one");
        Path junk = Files.writeString(temp.resolve("junk.torrent"), "d4:infod4:name1:aee");

        Refusal refusal = refused(engine.add(AddRequest.download(junk, temp)));

        assertThat(refusal.rule()).startsWith("metainfo.");
        assertThat(refused(engine.inspect(junk))).isEqualTo(refusal);
        assertThat(engine.snapshot().torrents()).isEmpty();
        assertThat(failed(engine.add(AddRequest.download(temp.resolve("none.torrent"), temp)))).isNotBlank();
    }

    @Test
    void existingDataThatIsNotThereIsRefused() throws Exception {
        TorrentFixture torrent = torrent("a.bin");
        Engine engine = engines.start("one");

        assertThat(refused(engine.add(AddRequest.seed(torrent.file(), temp.resolve("elsewhere")))).rule()).isEqualTo("engine.no-data");
    }

    @Test
    void commandsForAnUnknownTorrentFail() throws Exception {
        Engine engine = engines.start("one");
        InfoHash nobody = new InfoHash("00".repeat(20));

        for (String sentence : List.of(failed(engine.start(nobody)), failed(engine.pause(nobody)), failed(engine.recheck(nobody)),
                failed(engine.remove(nobody, true)))) {
            assertThat(sentence).contains("0000");
        }
        assertThat(engine.details(nobody).join()).isEmpty();
    }

    @Test
    void aPausedDownloadStopsAndGoesOnWhereItWas() throws Exception {
        TorrentFixture torrent = torrent("a.bin");
        CountDownLatch resumed = new CountDownLatch(1);
        Script half = (talk, ask) -> {
            if (ask.piece() < 10 || resumed.getCount() == 0) {
                talk.give(ask);
            }
        };

        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", half)) {
            Engine engine = engines.start("one");
            done(engine.add(engines.download("one", torrent, seed.address())));
            awaitThat(engine, torrent.hash(), t -> t.doneBytes() == 10 * PIECE);
            done(engine.pause(torrent.hash()));
            assertThat(at(engine, torrent.hash()).state()).isEqualTo(TorrentState.PAUSED);
            await().atMost(SOON).until(() -> engine.snapshot().connections() == 0);
            int asked = seed.asks().size();
            resumed.countDown();
            done(engine.start(torrent.hash()));
            awaitEvent(engine, "torrent.released");

            assertThat(torrent.differencesTo(engines.downloads("one"))).isEmpty();
            assertThat(seed.asks().subList(asked, seed.asks().size())).allMatch(ask -> ask.piece() >= 10);
            done(engine.pause(torrent.hash()));
            assertThat(at(engine, torrent.hash()).state()).isEqualTo(TorrentState.FINISHED);
        }
    }

    @Test
    void removingFromTheListLeavesTheFiles() throws Exception {
        TorrentFixture torrent = torrent("a.bin");
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            Engine engine = engines.start("one");
            done(engine.add(engines.download("one", torrent, seed.address())));
            awaitEvent(engine, "torrent.released");

            done(engine.remove(torrent.hash(), false));

            assertThat(engine.snapshot().torrents()).isEmpty();
            assertThat(torrent.differencesTo(engines.downloads("one"))).isEmpty();
            engine.close();
            assertThat(engines.start("one").snapshot().torrents()).isEmpty();
        }
    }

    @Test
    void aPlaceIsTakenUntilTheTorrentLeavesOrMoves() throws Exception {
        Engine engine = engines.start("one");
        List<TorrentFixture> sameName = IntStream.range(1, 5)
                .mapToObj(i -> TorrentFixture.single(temp.resolve("home" + i), "a.bin", PIECE, i * PIECE)).toList();
        for (TorrentFixture torrent : sameName.subList(0, 3)) {
            done(engine.add(engines.download("one", torrent).withPaused(true)));
        }
        assertThat(engine.snapshot().torrents()).extracting(torrent -> torrent.path().getFileName().toString())
                .containsExactly("a.bin", "a (2).bin", "a (3).bin");

        done(engine.remove(sameName.get(0).hash(), false));
        done(engine.torrents().move(sameName.get(1).hash(), temp.resolve("elsewhere")));
        for (TorrentFixture torrent : List.of(sameName.get(0), sameName.get(3))) {
            done(engine.add(engines.download("one", torrent).withPaused(true)));
        }
        assertThat(engine.snapshot().torrents()).extracting(torrent -> torrent.path().getFileName().toString())
                .containsExactly("a (2).bin", "a (3).bin", "a.bin", "a (2).bin");
    }

    @Test
    void removingWithDataMovesReleasedFilesToTheTrash() throws Exception {
        TorrentFixture torrent = TorrentFixture.folder(temp.resolve("home"), "album", PIECE, 100_000, 0, 5);
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            Engine engine = engines.start("one");
            done(engine.add(engines.download("one", torrent, seed.address())));
            awaitEvent(engine, "torrent.released");

            done(engine.remove(torrent.hash(), true));

            assertThat(engines.downloads("one")).isEmptyDirectory();
            assertThat(torrent.differencesTo(engines.trash().resolve("files"))).isEmpty();
        }
    }

    @Test
    void removingAnUnfinishedDownloadWithDataLeavesNothing() throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("home"), "big.bin", PIECE, 400 * PIECE);
        Engine seeder = engines.seeding("seeder", torrent);
        Engine engine = engines.start("one");
        for (int round = 0; round < 5; round++) {
            done(engine.add(engines.download("one", torrent, addressOf(seeder))));
            await().atMost(SOON).until(() -> engine.details(torrent.hash()).join().orElseThrow().pieces().verifiedCount() > 10);

            done(engine.remove(torrent.hash(), true));

            assertThat(engines.downloads("one")).isEmptyDirectory();
        }
    }

    @Test
    void existingDataIsNeverTrashed() throws Exception {
        TorrentFixture torrent = torrent("a.bin");
        Engine engine = engines.seeding("one", torrent);

        done(engine.remove(torrent.hash(), true));

        assertThat(torrent.data()).exists();
        assertThat(engines.trash()).doesNotExist();
    }

    @Test
    void theSecondDownloadWaitsForTheFirst() throws Exception {
        TorrentFixture first = torrent("a.bin");
        TorrentFixture second = torrent("b.bin");
        CountDownLatch go = new CountDownLatch(1);
        Script waits = (talk, ask) -> {
            if (go.getCount() == 0) {
                talk.give(ask);
            }
        };
        try (ScriptedSeed seedOfFirst = ScriptedSeed.fast(first, "127.0.0.2", waits);
                ScriptedSeed seedOfSecond = ScriptedSeed.fast(second, "127.0.0.3", Talk::give)) {
            Engine engine = engines.impatient().start("one");
            Settings.Limits limits = engine.settings().limits();
            done(engine.changeSettings(engine.settings().withLimits(new Settings.Limits(limits.connections(),
                    limits.connectionsPerTorrent(), limits.uploadSlots(), 1, limits.activeSeeds(), limits.pieceMemoryBytes()))));
            done(engine.add(engines.download("one", first, seedOfFirst.address())));
            done(engine.add(engines.download("one", second, seedOfSecond.address())));

            awaitThat(engine, first.hash(), t -> t.peers() == 1);
            assertThat(at(engine, second.hash()).state()).isEqualTo(TorrentState.QUEUED);
            assertThat(seedOfSecond.connections()).isZero();
            go.countDown();
            awaitState(engine, first.hash(), TorrentState.SEEDING);
            awaitState(engine, second.hash(), TorrentState.SEEDING);
        }
    }

    @Test
    void aDownloadThatIsStartedAgainTakesItsTurnFromTheNext() throws Exception {
        TorrentFixture first = torrent("first.bin");
        TorrentFixture second = torrent("second.bin");
        Engine engine = engines.start("one");
        Settings settings = engine.settings();
        Settings.Limits limits = settings.limits();
        done(engine.changeSettings(settings.withLimits(new Settings.Limits(limits.connections(), limits.connectionsPerTorrent(),
                limits.uploadSlots(), 1, limits.activeSeeds(), limits.pieceMemoryBytes()))));
        done(engine.add(AddRequest.download(first.file(), engines.downloads("one"))));
        done(engine.add(AddRequest.download(second.file(), engines.downloads("one"))));
        done(engine.pause(first.hash()));
        awaitState(engine, second.hash(), TorrentState.DOWNLOADING);

        done(engine.start(first.hash()));

        awaitState(engine, first.hash(), TorrentState.DOWNLOADING);
        awaitState(engine, second.hash(), TorrentState.QUEUED);
    }

    @Test
    void anUnchangedTorrentKeepsItsSnapshot() throws Exception {
        TorrentFixture torrent = torrent("a.bin");
        Engine engine = engines.seeding("one", torrent);
        List<EngineSnapshot> seen = new CopyOnWriteArrayList<>();

        try (Engine.Subscription listening = engine.onSnapshot(seen::add)) {
            await().atMost(SOON).until(() -> seen.size() >= 3);
        }
        List<TorrentSnapshot> last = seen.stream().map(s -> s.find(torrent.hash()).orElseThrow()).toList();
        assertThat(last.get(last.size() - 1)).isSameAs(last.get(last.size() - 2));
        assertThat(seen.get(1).at()).isAfter(seen.get(0).at());
    }

    @Test
    void ofManyCommandsInAMomentIsToldAtOnce() throws Exception {
        TorrentFixture torrent = torrent("a.bin");
        Engine engine = engines.seeding("one", torrent);
        AtomicInteger told = new AtomicInteger();
        long begun = System.nanoTime();

        try (Engine.Subscription listening = engine.onSnapshot(snapshot -> told.incrementAndGet())) {
            for (int i = 0; i < 100; i++) {
                done(engine.pause(torrent.hash()));
                done(engine.start(torrent.hash()));
            }
        }

        // every 50 ms at most, and twice a second whatever happens
        long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        assertThat((long) told.get()).isLessThanOrEqualTo(millis / 50 + millis / 500 + 3);
    }

    @Test
    void eventsAreNumberedWithoutGapsAndTheListenerHearsThemAll() throws Exception {
        TorrentFixture torrent = TorrentFixture.folder(temp.resolve("home"), "many", PIECE, IntStream.range(0, 40).map(i -> i * 10).toArray());
        List<Event> heard = new CopyOnWriteArrayList<>();
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            Engine engine = engines.start("one");
            engine.onEvent(heard::add);
            done(engine.add(engines.download("one", torrent, seed.address())));
            refused(engine.add(engines.download("one", torrent, seed.address())));
            awaitEvent(engine, "torrent.released");
            engine.close();

            Engine again = engines.start("one");
            done(again.remove(torrent.hash(), false));
            awaitEvent(again, "torrent.removed");
            List<Event> kept = events(again);
            assertThat(kept).extracting(Event::seq).containsExactlyElementsOf(LongStream.rangeClosed(1, kept.size()).boxed().toList());
            assertThat(kept).startsWith(heard.toArray(Event[]::new));
            assertThat(kept).filteredOn(event -> event.severity() == Event.Severity.REFUSED).isNotEmpty()
                    .allMatch(event -> event.fact("rule").matches("[a-z.-]+") && !event.sentence().isBlank());
            assertThat(again.events(3, 2).join()).extracting(Event::seq).containsExactly(4L, 5L);
        }
    }
}
