package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.addressOf;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.failed;
import static org.sallyport.core.engine.TestEngines.refused;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.QuitMode;
import org.sallyport.core.model.QuitState;
import org.sallyport.core.model.QuitState.Kind;
import org.sallyport.core.model.QuitState.Unfinished;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.TestTracker;
import org.sallyport.core.testkit.TorrentFixture;

/** Real engines that end by themselves; who runs them closes them, as the program does. Half a second stable, then a countdown. */
@Timeout(60)
class QuitTest {
    private static final int PIECE = 32 << 10;
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path temp;
    private TestEngines engines;
    private final CompletableFuture<Boolean> quit = new CompletableFuture<>();

    @BeforeEach
    void open() {
        engines = new TestEngines(temp);
    }

    @AfterEach
    void close() {
        engines.close();
    }

    private TorrentFixture torrent(String name, String... trackers) {
        return TorrentFixture.single(temp.resolve("home"), name, PIECE, 20 * PIECE, trackers);
    }

    private Engine start() throws EngineStartException {
        Engine engine = engines.start("one");
        engine.onQuit(() -> quit.complete(true));
        return engine;
    }

    private static void awaitKind(Engine engine, Kind kind) {
        await("quit state " + kind).atMost(SOON).until(() -> engine.snapshot().quit().kind() == kind);
    }

    private void awaitQuit() {
        quit.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Something that is no folder lies where its parts are to go, so every write fails, again and again. */
    private Path brokenFolder() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("broken"));
        Files.createFile(folder.resolve(".sallyport"));
        return folder;
    }

    @Test
    void oneDoneOneFailedOneStopped() throws Exception {
        engines.countingDown(Duration.ofSeconds(2)); // a shorter one may fall between two snapshots
        try (TestTracker tracker = TestTracker.start()) {
            TorrentFixture good = torrent("good.bin", tracker.announceUrl());
            TorrentFixture broken = torrent("broken.bin");
            TorrentFixture stopped = torrent("stopped.bin");
            Engine seeder = engines.seeding("seeder", good);
            done(seeder.add(AddRequest.seed(broken.file(), broken.home())));
            Engine engine = start();
            done(engine.changeSettings(engine.settings().withTrackers(new Settings.Trackers(true))));
            done(engine.quitWhen(QuitMode.ALL_DONE));

            done(engine.add(engines.download("one", stopped)));
            done(engine.pause(stopped.hash()));
            done(engine.add(AddRequest.download(broken.file(), brokenFolder()).withPeers(List.of(addressOf(seeder)))));
            awaitState(engine, broken.hash(), TorrentState.TROUBLE);
            done(engine.add(engines.download("one", good, addressOf(seeder))));

            awaitKind(engine, Kind.COUNTDOWN);
            QuitState countdown = engine.snapshot().quit();
            assertThat(good.differencesTo(engines.downloads("one"))).as("verified, released and in its place").isEmpty();
            assertThat(countdown.finished()).containsExactly("good.bin");
            assertThat(countdown.unfinished()).extracting(Unfinished::name).containsExactlyInAnyOrder("broken.bin", "stopped.bin");
            assertThat(countdown.sentence()).contains("Done: \"good.bin\"").contains("\"stopped.bin\" (stopped)").contains("\"broken.bin\" (");
            awaitQuit();
            InetSocketAddress door = TestEngines.socketOf(engine);
            assertThat(engine.snapshot().quit().kind()).isEqualTo(Kind.QUITTING);
            assertThat(engine.snapshot().quit().sentence()).startsWith("Sallyport quits now. Done: ");
            engine.close();

            assertThat(tracker.events()).contains("started", "completed").last().isEqualTo("stopped");
            assertThatThrownBy(() -> new Socket(door.getAddress(), door.getPort()).close()).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void theNextStartTellsOnceWhatHappened() throws Exception {
        Engine engine = start();
        TorrentFixture torrent = torrent("a.bin");
        done(engine.add(engines.download("one", torrent).withPaused(true)));
        done(engine.quitWhen(QuitMode.ALL_DONE));
        awaitQuit();

        Engine next = engines.restart("one");

        assertThat(next.snapshot().quit().last()).startsWith("Sallyport quit by itself on ")
                .endsWith(": all downloads have ended. Not done: \"a.bin\" (stopped).");
        awaitEvent(next, "quit.last");
        assertThat(events(next, "quit.now")).singleElement().satisfies(event -> {
            assertThat(event.sentence()).isEqualTo(next.snapshot().quit().last());
            assertThat(event.facts()).containsEntry("mode", "ALL_DONE").containsEntry("finished", "0").containsEntry("unfinished", "1");
        });
        assertThat(engines.restart("one").snapshot().quit()).isEqualTo(QuitState.NONE);
    }

    @Test
    void theLastOneRemovedEndsTheWait() throws Exception {
        Engine engine = start();
        TorrentFixture torrent = torrent("a.bin");
        done(engine.add(engines.download("one", torrent)));
        done(engine.quitWhen(QuitMode.ALL_DONE));
        assertThat(engine.snapshot().quit().kind()).isEqualTo(Kind.WAITING);

        done(engine.remove(torrent.hash(), true));

        awaitQuit();
    }

    @Test
    void whatFailsAgainAndAgainDoesNotKeepItOpen() throws Exception {
        TorrentFixture torrent = torrent("a.bin");
        Engine seeder = engines.seeding("seeder", torrent);
        Engine engine = start();
        done(engine.quitWhen(QuitMode.ALL_DONE));
        Path folder = brokenFolder();

        done(engine.add(AddRequest.download(torrent.file(), folder).withPeers(List.of(addressOf(seeder)))));
        awaitState(engine, torrent.hash(), TorrentState.TROUBLE);

        awaitQuit();
        assertThat(events(engine, "torrent.recovered")).as("it comes and goes").isNotEmpty();
    }

    @Test
    void whatRecoversAndArrivesIsTold() throws Exception {
        engines.countingDown(LONG);
        TorrentFixture torrent = torrent("a.bin");
        Engine seeder = engines.seeding("seeder", torrent);
        Engine engine = start();
        done(engine.quitWhen(QuitMode.ALL_DONE));
        Path folder = brokenFolder();
        done(engine.add(AddRequest.download(torrent.file(), folder).withPeers(List.of(addressOf(seeder)))));
        awaitState(engine, torrent.hash(), TorrentState.TROUBLE);
        awaitKind(engine, Kind.COUNTDOWN);
        assertThat(engine.snapshot().quit().unfinished()).extracting(Unfinished::name).containsExactly("a.bin");

        Files.delete(folder.resolve(".sallyport"));

        await().atMost(SOON).until(() -> engine.snapshot().quit().finished().equals(List.of("a.bin")));
        assertThat(engine.snapshot().quit().unfinished()).isEmpty();
        assertThat(torrent.differencesTo(folder)).isEmpty();
    }

    @Test
    void keepOpenHoldsUntilTheNextDownload() throws Exception {
        engines.countingDown(LONG);
        Engine engine = start();
        done(engine.quitWhen(QuitMode.ALL_DONE));
        awaitKind(engine, Kind.COUNTDOWN);

        done(engine.keepOpen());

        assertThat(engine.snapshot().quit().kind()).isEqualTo(Kind.WAITING);
        assertThat(engine.snapshot().quit().mode()).isEqualTo(QuitMode.ALL_DONE);
        awaitEvent(engine, "quit.kept-open");
        TorrentFixture torrent = torrent("a.bin");
        done(engine.add(engines.download("one", torrent)));
        await().atMost(SOON).until(() -> engine.snapshot().quit().sentence().contains("1 is not yet"));
        done(engine.pause(torrent.hash()));
        awaitKind(engine, Kind.COUNTDOWN);
        assertThat(quit).isNotDone();
    }

    @Test
    void aDownloadAddedDuringTheCountdownStopsIt() throws Exception {
        engines.countingDown(LONG);
        Engine engine = start();
        done(engine.quitWhen(QuitMode.ALL_DONE));
        awaitKind(engine, Kind.COUNTDOWN);

        done(engine.add(engines.download("one", torrent("a.bin"))));

        assertThat(engine.snapshot().quit().kind()).isEqualTo(Kind.WAITING);
        assertThat(quit).isNotDone();
    }

    @Test
    void theSettingHoldsFromTheFirstDownloadOn() throws Exception {
        Engine engine = start();
        done(engine.changeSettings(engine.settings().withQuit(new Settings.Quit(true))));
        assertThat(engine.snapshot().quit().sentence()).contains("from the next one on");

        Engine next = engines.restart("one");
        next.onQuit(() -> quit.complete(true));
        await().atMost(SOON).until(() -> next.snapshot().quit().sentence().contains("from the next one on"));
        TorrentFixture torrent = torrent("a.bin");
        done(next.add(engines.download("one", torrent)));
        done(next.pause(torrent.hash()));

        awaitQuit();
    }

    @Test
    void oneThatIsWaitedForMustBeOnTheListAndMayLeaveIt() throws Exception {
        Engine engine = start();
        TorrentFixture one = torrent("a.bin");
        TorrentFixture other = torrent("b.bin");
        assertThat(failed(engine.quitWhen(new QuitMode.OneDone(one.hash())))).contains("no such torrent");
        done(engine.add(engines.download("one", one)));
        done(engine.add(engines.download("one", other)));
        done(engine.quitWhen(new QuitMode.OneDone(one.hash())));

        done(engine.remove(one.hash(), false));

        awaitQuit();
        assertThat(at(engine, other.hash()).state()).isEqualTo(TorrentState.DOWNLOADING);
    }

    @Test
    void aTimeThatHasComeEndsIt() throws Exception {
        Engine engine = start();
        done(engine.add(engines.download("one", torrent("a.bin"))));

        done(engine.quitWhen(new QuitMode.AtTime(Instant.now())));

        awaitQuit();
    }

    @Test
    void whereNobodyCouldEndItItIsRefused() throws Exception {
        Engine engine = engines.start("one");

        assertThat(refused(engine.quitWhen(QuitMode.ALL_DONE)).rule()).isEqualTo("quit.own-end");
        assertThat(done(engine.quitWhen(QuitMode.OFF))).isEqualTo(QuitMode.OFF);
        assertThat(engine.snapshot().quit()).isEqualTo(QuitState.NONE);
    }
}
