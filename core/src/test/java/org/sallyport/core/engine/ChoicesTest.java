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
import static org.sallyport.core.engine.TestEngines.refused;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.QueueMove;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.ScriptedSeed;
import org.sallyport.core.testkit.ScriptedSeed.Script;
import org.sallyport.core.testkit.ScriptedSeed.Talk;
import org.sallyport.core.testkit.TorrentFixture;

/** What is chosen for a torrent is in force at once, and kept. */
@Timeout(120)
class ChoicesTest {
    private static final int PIECE = 16 << 10;
    private static final Map<Integer, FilePriority> ALL = Map.of();

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

    private static void prioritize(Engine engine, TorrentFixture torrent, Map<Integer, FilePriority> priorities) {
        done(engine.torrents().change(torrent.hash(), options -> options.withPriorities(priorities)));
    }

    private static List<FileSnapshot> files(Engine engine, TorrentFixture torrent) {
        return engine.details(torrent.hash()).join().orElseThrow().files();
    }

    @Test
    void aFileThatIsWantedAfterAllIsFetchedByATorrentThatWasComplete() throws Exception {
        // pieces are shared by neighbouring files
        TorrentFixture torrent = TorrentFixture.folder(temp.resolve("home"), "set", PIECE, 100_000, 100_000, 100_000);
        Engine seeder = engines.seeding("seeder", torrent);
        Engine engine = engines.start("one");
        Path set = engines.downloads("one").resolve("set");
        done(engine.add(engines.download("one", torrent, addressOf(seeder)).withWanted(Set.of(0))));
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        assertThat(at(engine, torrent.hash()).wantedBytes()).isEqualTo(100_000);
        assertThat(set.resolve("file0001")).doesNotExist();

        prioritize(engine, torrent, Map.of(1, FilePriority.SKIP));

        await().atMost(SOON).until(() -> events(engine, "torrent.released").size() == 2);
        assertThat(torrent.differencesTo(engines.downloads("one"))).isEqualTo(List.of("set/file0001"));
        assertThat(events(engine, "torrent.verified")).hasSize(2);
        awaitThat(engine, torrent.hash(), t -> t.wantedBytes() == 200_000 && t.isComplete() && t.state() == TorrentState.SEEDING);
        assertThat(files(engine, torrent)).extracting(FileSnapshot::priority)
                .containsExactly(FilePriority.NORMAL, FilePriority.SKIP, FilePriority.NORMAL);

        Engine again = engines.restart("one");
        awaitState(again, torrent.hash(), TorrentState.SEEDING);
        prioritize(again, torrent, ALL);
        done(again.addPeers(torrent.hash(), List.of(addressOf(seeder))));
        await().atMost(SOON).until(() -> events(again, "torrent.released").size() == 3);
        assertThat(torrent.differencesTo(engines.downloads("one"))).isEmpty();
        assertThat(engines.downloads("one").resolve(".sallyport")).doesNotExist();
        awaitThat(again, torrent.hash(), t -> t.isComplete() && t.downloadedBytes() == 300_000); // nothing was fetched twice
    }

    @Test
    void aDownloadIsCompleteWhenWhatHoldsItUpIsSkipped() throws Exception {
        TorrentFixture torrent = TorrentFixture.folder(temp.resolve("home"), "two", PIECE, 4 * PIECE, 30 * PIECE);
        Script onlyTheFirstFile = (talk, ask) -> {
            if (ask.piece() < 4) {
                talk.give(ask);
            }
        };
        Engine engine = engines.start("one");
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", onlyTheFirstFile)) {
            done(engine.add(engines.download("one", torrent, seed.address()).withSequential(true)));
            awaitThat(engine, torrent.hash(), t -> t.doneBytes() == 4 * PIECE);
            assertThat(at(engine, torrent.hash()).state()).isEqualTo(TorrentState.DOWNLOADING);

            prioritize(engine, torrent, Map.of(1, FilePriority.SKIP));

            awaitEvent(engine, "torrent.released");
            awaitThat(engine, torrent.hash(), t -> t.state() == TorrentState.SEEDING && t.wantedBytes() == 4 * PIECE && t.progress() == 1);
            assertThat(torrent.differencesTo(engines.downloads("one"))).isEqualTo(List.of("two/file0001"));
        }
    }

    @Test
    void aPausedDownloadThatLacksNothingAnyMoreIsDoneAndSaysSoWhenItIsStarted() throws Exception {
        TorrentFixture torrent = TorrentFixture.folder(temp.resolve("home"), "two", PIECE, 4 * PIECE, 30 * PIECE);
        Engine engine = engines.start("one");
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", (talk, ask) -> {
            if (ask.piece() < 4) {
                talk.give(ask);
            }
        })) {
            done(engine.add(engines.download("one", torrent, seed.address()).withSequential(true)));
            awaitEvent(engine, "file.released");
            done(engine.pause(torrent.hash()));
            prioritize(engine, torrent, Map.of(1, FilePriority.SKIP));
            awaitState(engine, torrent.hash(), TorrentState.FINISHED);
            assertThat(events(engine, "torrent.released")).isEmpty();

            done(engine.start(torrent.hash()));
            awaitEvent(engine, "torrent.released");
        }
    }

    @Test
    void theMostWantedFileComesFirstAndEndsBeforeMiddles() throws Exception {
        TorrentFixture torrent = TorrentFixture.folder(temp.resolve("home"), "three", PIECE, 8 * PIECE, 8 * PIECE, 8 * PIECE);
        Engine engine = engines.start("one");
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            AddRequest request = engines.download("one", torrent, seed.address());
            done(engine.add(request.withOptions(TorrentOptions.DEFAULT.withPriorities(Map.of(0, FilePriority.LOW, 1, FilePriority.HIGH))
                    .withFirstAndLast(true))));
            awaitEvent(engine, "torrent.released");

            List<Integer> order = seed.asks().stream().map(ScriptedSeed.Ask::piece).distinct().toList();
            assertThat(order.subList(0, 6)).containsExactlyInAnyOrder(0, 7, 8, 15, 16, 23);
            assertThat(order.subList(6, 12)).containsExactlyInAnyOrder(9, 10, 11, 12, 13, 14);
            assertThat(order.subList(12, 18)).containsExactlyInAnyOrder(17, 18, 19, 20, 21, 22);
        }
    }

    @Test
    void whatCannotBeIsRefusedAndNothingChanges() throws Exception {
        TorrentFixture torrent = TorrentFixture.folder(temp.resolve("home"), "two", PIECE, PIECE, PIECE);
        Engine engine = engines.start("one");
        Engine seeder = engines.seeding("seeder", torrent);
        done(engine.add(engines.download("one", torrent).withPaused(true)));
        Torrents torrents = engine.torrents();
        var hash = torrent.hash();

        assertThat(refused(torrents.change(hash, o -> o.withPriorities(Map.of(2, FilePriority.HIGH)))).rule()).isEqualTo("options.unknown-file");
        assertThat(refused(torrents.change(hash, o -> o.withPriorities(Map.of(-1, FilePriority.HIGH)))).rule()).isEqualTo("options.unknown-file");
        assertThat(refused(torrents.change(hash, o -> o.withPriorities(Map.of(0, FilePriority.SKIP, 1, FilePriority.SKIP)))).rule())
                .isEqualTo("options.no-file");
        assertThat(refused(torrents.change(hash, o -> o.withLimits(999, 0))).rule()).isEqualTo("options.rate");
        assertThat(refused(torrents.change(hash, o -> o.withLimits(0, -1))).rule()).isEqualTo("options.rate");
        assertThat(refused(torrents.change(hash, o -> o.withGoal(SeedGoal.ratio(2_000_000)))).rule()).isEqualTo("options.goal");
        for (String label : List.of("", " a", "a,b", "a\nb", "\u202eabc", "x".repeat(41))) {
            assertThat(refused(torrents.change(hash, o -> o.withLabels(Set.of(label)))).rule()).isEqualTo("options.label");
        }
        assertThat(refused(torrents.change(hash, o -> o.withLabels(
                Set.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17")))).rule())
                        .isEqualTo("options.labels");
        assertThat(refused(seeder.torrents().change(hash, o -> o.withPriorities(Map.of(0, FilePriority.SKIP)))).rule()).isEqualTo("options.existing");
        assertThat(refused(torrents.change(TorrentFixture.single(temp.resolve("other"), "x", PIECE, 5).hash(), o -> o)).rule())
                .isEqualTo("torrent.unknown");
        assertThat(at(engine, hash).options()).isEqualTo(TorrentOptions.DEFAULT);
    }

    @Test
    void whatWasChosenOutlivesAKill() throws Exception {
        TorrentFixture first = TorrentFixture.folder(temp.resolve("home"), "two", PIECE, PIECE, PIECE);
        TorrentFixture second = TorrentFixture.single(temp.resolve("home"), "one", PIECE, PIECE);
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), ChoiceLoop.class.getName(), engines.options("one").dataDirectory().toString(),
                engines.downloads("one").toString(), first.file().toString(), second.file().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("chosen");
        } finally {
            process.toHandle().destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }

        Engine engine = engines.start("one");
        assertThat(at(engine, first.hash()).options()).isEqualTo(ChoiceLoop.CHOSEN);
        assertThat(at(engine, first.hash()).queuePosition()).isEqualTo(2);
        assertThat(at(engine, second.hash()).queuePosition()).isEqualTo(1);
    }

    @Test
    void theFirstOfTheQueueRunsAndOneThatIsForcedBesides() throws Exception {
        List<TorrentFixture> three = List.of(TorrentFixture.single(temp.resolve("home"), "a", PIECE, PIECE),
                TorrentFixture.single(temp.resolve("home"), "b", PIECE, PIECE), TorrentFixture.single(temp.resolve("home"), "c", PIECE, PIECE));
        Engine engine = engines.start("one");
        Settings.Limits limits = Settings.Limits.DEFAULT;
        done(engine.changeSettings(engine.settings().withLimits(new Settings.Limits(limits.connections(), limits.connectionsPerTorrent(),
                limits.uploadSlots(), 1, limits.activeSeeds(), limits.pieceMemoryBytes()))));
        for (TorrentFixture torrent : three) {
            done(engine.add(engines.download("one", torrent)));
        }
        awaitStates(engine, three, TorrentState.DOWNLOADING, TorrentState.QUEUED, TorrentState.QUEUED);

        done(engine.torrents().queue(three.get(1).hash(), QueueMove.TOP));
        awaitStates(engine, three, TorrentState.QUEUED, TorrentState.DOWNLOADING, TorrentState.QUEUED);
        assertThat(three).extracting(torrent -> at(engine, torrent.hash()).queuePosition()).containsExactly(2, 1, 3);

        done(engine.torrents().change(three.get(2).hash(), options -> options.withForced(true)));
        awaitStates(engine, three, TorrentState.QUEUED, TorrentState.DOWNLOADING, TorrentState.DOWNLOADING);

        Engine again = engines.restart("one");
        awaitStates(again, three, TorrentState.QUEUED, TorrentState.DOWNLOADING, TorrentState.DOWNLOADING);
        assertThat(again.snapshot().torrents()).extracting(TorrentSnapshot::name).as("listed as they were added").containsExactly("a", "b", "c");
    }

    private static void awaitStates(Engine engine, List<TorrentFixture> torrents, TorrentState... states) {
        await().atMost(SOON).untilAsserted(() -> assertThat(torrents).extracting(torrent -> at(engine, torrent.hash()).state())
                .containsExactly(states));
    }

    @Test
    void whatWasSharedEnoughLeavesTheListAndItsFilesStay() throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("home"), "film.bin", PIECE, 3 * PIECE);
        Engine engine = engines.start("one");
        done(engine.changeSettings(engine.settings().withGoal(new SeedGoal(0, -1, -1, SeedGoal.Then.REMOVE))));
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            done(engine.add(engines.download("one", torrent, seed.address())));

            await().atMost(SOON).until(() -> engine.snapshot().find(torrent.hash()).isEmpty() && !events(engine, "torrent.removed").isEmpty());
            assertThat(torrent.differencesTo(engines.downloads("one"))).isEmpty();

            done(engine.add(engines.download("two", torrent, seed.address()).withSeedRatio(AddRequest.SEED_FOREVER)));
            awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        }
    }
}
