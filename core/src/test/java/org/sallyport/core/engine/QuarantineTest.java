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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.FileCheck.Stage;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.HeldFile;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.QuitMode;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.Verdict.Kind;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.ScriptedSeed;
import org.sallyport.core.testkit.ScriptedSeed.Talk;
import org.sallyport.core.testkit.TorrentFixture;
import org.slf4j.LoggerFactory;

/** Files that are held, and what a person does with them, through the engine's front door. */
@Timeout(180)
class QuarantineTest {
    private static final int PIECE = 32 << 10;
    private static final String BAD = "file0001";

    @TempDir
    Path temp;
    private final ScriptedInspector inspector = new ScriptedInspector();
    private TestEngines engines;
    private TorrentFixture torrent;
    private ScriptedSeed seed;

    @BeforeEach
    void open() throws Exception {
        engines = new TestEngines(temp).withInspector(inspector);
        torrent = TorrentFixture.folder(temp.resolve("home"), "album", PIECE, 100_000, 50_000, 200_000);
        seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give);
    }

    @AfterEach
    void close() throws Exception {
        inspector.open();
        engines.close();
        seed.close();
    }

    private Path place(String file) {
        return engines.downloads("one").resolve("album").resolve(file);
    }

    private Path part(int file) {
        return engines.downloads("one").resolve(".sallyport").resolve(torrent.hash().hex()).resolve(String.format("%06d.part", file));
    }

    private Engine download() throws Exception {
        Engine engine = engines.start("one");
        done(engine.add(engines.download("one", torrent, seed.address())));
        return engine;
    }

    private Engine downloaded(Kind kind, String reason) throws Exception {
        inspector.finds(BAD, kind, reason);
        Engine engine = download();
        awaitEvent(engine, "torrent.released");
        return engine;
    }

    private List<HeldFile> held(Engine engine) {
        return engine.snapshot().quarantine().held();
    }

    private List<HeldFile> awaitHeld(Engine engine, int count) {
        await("held files").atMost(SOON).until(() -> held(engine).size() == count);
        return held(engine);
    }

    private FileSnapshot file(Engine engine, int index) {
        return engine.details(torrent.hash()).join().orElseThrow().files().get(index);
    }

    @Test
    void whatItWasAddedForIsToldToWhoLooks() throws Exception {
        Engine engine = engines.start("one");
        done(engine.add(engines.download("one", torrent, seed.address()).withWanted(Set.of(0, 1)).withIntent(Intent.VIDEO)));

        awaitEvent(engine, "torrent.released");

        assertThat(inspector.intents()).isEqualTo(Map.of("file0000", Intent.VIDEO, BAD, Intent.VIDEO));
    }

    @Test
    void whatIsCleanIsReleasedWithItsVerdict() throws Exception {
        Engine engine = download();
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);

        assertThat(torrent.differencesTo(engines.downloads("one"))).isEmpty();
        assertThat(file(engine, 0).check().stage()).isEqualTo(Stage.RELEASED);
        assertThat(file(engine, 0).check().findings()).satisfies(found -> {
            assertThat(found.verdict().kind()).isEqualTo(Kind.CLEAN);
            assertThat(found.sha256()).hasSize(64);
            assertThat(found.engine()).isEqualTo(ScriptedInspector.ENGINE);
        });
        assertThat(at(engine, torrent.hash()).checks()).satisfies(checks -> {
            assertThat(checks.done()).isEqualTo(3);
            assertThat(checks.held()).isZero();
        });
        Engine again = engines.restart("one");
        awaitState(again, torrent.hash(), TorrentState.SEEDING);
        assertThat(file(again, 0).verdict().kind()).as("kept over a restart").isEqualTo(Kind.CLEAN);
        assertThat(inspector.looked()).as("and not looked at again").hasSize(3);
    }

    @Test
    void malwareIsHeldAndNothingOfItsTorrentIsSent() throws Exception {
        Engine engine = downloaded(Kind.INFECTED, "Eicar-Test-Signature");

        HeldFile file = awaitHeld(engine, 1).get(0);
        assertThat(file.path()).isEqualTo("album/" + BAD);
        assertThat(file.findings().verdict().reason()).isEqualTo("Eicar-Test-Signature");
        assertThat(place(BAD)).doesNotExist();
        assertThat(part(1)).exists();
        assertThat(place("file0000")).exists();
        awaitState(engine, torrent.hash(), TorrentState.FINISHED);
        assertThat(at(engine, torrent.hash()).sentence()).contains("Malware");
        assertThat(events(engine, "file.held")).singleElement()
                .satisfies(event -> assertThat(event.fact("rule")).isEqualTo("policy.release-infected"));
        assertThat(events(engine, "share.infected")).singleElement()
                .satisfies(event -> assertThat(event.fact("closedAfterMs")).containsOnlyDigits());
        assertThat(refused(engine.quarantine().open(torrent.hash(), 1, true)).rule()).isEqualTo("policy.open-quarantined");
    }

    /** Bytes that were on their way when malware was found do not arrive: the connection is cut, and no other one is served. */
    @Test
    void whatIsBeingSentStopsWhenMalwareIsFound() throws Exception {
        inspector.finds(BAD, Kind.INFECTED, "Eicar-Test-Signature").block();
        Engine engine = download();
        awaitThat(engine, torrent.hash(), now -> now.isComplete());
        var slow = engine.settings().bandwidth().withUsual(new Settings.Rates(0, 16 << 10)).withLimitLocal(true);
        done(engine.changeSettings(engine.settings().withBandwidth(slow)));
        Engine other = engines.start("two");
        done(other.add(engines.download("two", torrent, addressOf(engine))));
        awaitThat(other, torrent.hash(), now -> now.downloadedBytes() > 0);
        AtomicLong found = new AtomicLong();
        engine.onEvent(event -> {
            if (event.id().equals("file.verdict") && event.fact("verdict").equals("infected")) {
                found.compareAndSet(0, System.nanoTime());
            }
        });

        inspector.open();

        await().atMost(SOON).pollInterval(Duration.ofMillis(5)).until(() -> found.get() > 0 && at(other, torrent.hash()).peers() == 0);
        LoggerFactory.getLogger(QuarantineTest.class).info("nothing was sent any more {} ms after the verdict was told",
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - found.get()));
        awaitState(engine, torrent.hash(), TorrentState.FINISHED);
        assertThat(at(other, torrent.hash()).isComplete()).isFalse();
    }

    @Test
    void aFileIsReleasedWhileTheRestIsStillOnItsWay() throws Exception {
        try (ScriptedSeed some = ScriptedSeed.fast(torrent, "127.0.0.3", (talk, request) -> {
            if (request.piece() < 4) {
                talk.give(request);
            }
        })) {
            Engine engine = engines.start("one");
            done(engine.add(engines.download("one", torrent, some.address())));

            awaitEvent(engine, "file.released");

            assertThat(place("file0000")).hasSameBinaryContentAs(torrent.home().resolve("album/file0000"));
            awaitState(engine, torrent.hash(), TorrentState.DOWNLOADING);
        }
    }

    @Test
    void whatIsSuspiciousIsHeldUntilAPersonLetsItOut() throws Exception {
        Engine engine = downloaded(Kind.SUSPICIOUS, "It is a program and says that it is a picture.");
        HeldFile file = awaitHeld(engine, 1).get(0);
        awaitState(engine, torrent.hash(), TorrentState.FINISHED);

        done(engine.quarantine().release(file.hash(), file.file(), false));

        assertThat(place(BAD)).hasSameBinaryContentAs(torrent.home().resolve("album").resolve(BAD));
        awaitHeld(engine, 0);
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        assertThat(file(engine, 1).verdict().kind()).as("it is as suspicious as before").isEqualTo(Kind.SUSPICIOUS);
        Engine again = engines.restart("one");
        awaitState(again, torrent.hash(), TorrentState.SEEDING);
        assertThat(held(again)).isEmpty();
    }

    @Test
    void malwareIsLetOutOnlyByASecondStepAndNeverShared() throws Exception {
        Engine engine = downloaded(Kind.INFECTED, "Eicar-Test-Signature");
        awaitHeld(engine, 1);

        assertThat(refused(engine.quarantine().release(torrent.hash(), 1, false)).rule()).isEqualTo("policy.release-held-infected");
        assertThat(place(BAD)).doesNotExist();
        done(engine.quarantine().release(torrent.hash(), 1, true));

        assertThat(place(BAD)).exists();
        awaitState(engine, torrent.hash(), TorrentState.FINISHED);
        assertThat(refused(engine.quarantine().open(torrent.hash(), 1, true)).rule()).isEqualTo("policy.open-infected");
    }

    @Test
    void aDeletedFileIsGoneForGoodAndFetchedAgainWhenItIsWanted() throws Exception {
        Engine engine = downloaded(Kind.INFECTED, "Eicar-Test-Signature");
        awaitHeld(engine, 1);

        done(engine.quarantine().delete(torrent.hash(), 1));

        assertThat(part(1)).doesNotExist();
        assertThat(engines.trash()).doesNotExist();
        awaitHeld(engine, 0);
        assertThat(file(engine, 1)).satisfies(file -> {
            assertThat(file.priority()).isEqualTo(FilePriority.SKIP);
            assertThat(file.check().stage()).isEqualTo(Stage.DELETED);
        });
        done(engine.recheck(torrent.hash()));
        assertThat(place("file0000")).as("its neighbours shared parts with it, and stay").exists();
        Engine again = engines.restart("one");
        awaitState(again, torrent.hash(), TorrentState.FINISHED);
        assertThat(place("file0002")).exists();

        inspector.findsNothingIn(BAD);
        done(again.torrents().change(torrent.hash(), options -> options.withPriorities(Map.of())));
        done(again.addPeers(torrent.hash(), List.of(seed.address())));

        awaitState(again, torrent.hash(), TorrentState.SEEDING);
        await().atMost(SOON).until(() -> torrent.differencesTo(engines.downloads("one")).isEmpty());
    }

    @Test
    void newDefinitionsFreeWhatWasHeldWronglyAndTakeBackWhatWasNotSeen() throws Exception {
        inspector.finds("file0000", Kind.NOT_SCANNED, "It is encrypted.");
        Engine engine = downloaded(Kind.INFECTED, "Wrong-Alarm");
        awaitHeld(engine, 1);
        assertThat(place("file0000")).as("not scanned, released with a warning").exists();

        inspector.findsNothingIn(BAD).finds("file0000", Kind.INFECTED, "Right-Alarm");
        inspector.newDefinitions(Instant.now().plusSeconds(60));

        await().atMost(SOON).until(() -> Files.exists(place(BAD)) && !Files.exists(place("file0000")));
        assertThat(awaitHeld(engine, 1).get(0).path()).isEqualTo("album/file0000");
        awaitState(engine, torrent.hash(), TorrentState.FINISHED);
    }

    @Test
    void whatCouldNotBeScannedIsScannedWhenTheScannerIsBack() throws Exception {
        inspector.ready(false);
        Engine engine = download();
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        assertThat(at(engine, torrent.hash()).verdict().kind()).isEqualTo(Kind.NOT_SCANNED);

        inspector.ready(true);

        awaitThat(engine, torrent.hash(), now -> now.verdict().kind() == Kind.CLEAN);
        assertThat(torrent.differencesTo(engines.downloads("one"))).isEmpty();
    }

    @Test
    void unscannedFilesAreHeldIfTheUserChoseSo() throws Exception {
        inspector.ready(false);
        Engine engine = engines.start("one");
        done(engine.changeSettings(engine.settings().withScreening(engine.settings().screening().withHoldUnscanned(true))));
        done(engine.add(engines.download("one", torrent, seed.address())));

        awaitHeld(engine, 3);
        assertThat(place("file0000")).doesNotExist();
        inspector.ready(true);
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        assertThat(torrent.differencesTo(engines.downloads("one"))).isEmpty();
    }

    @Test
    void aFileThatWasChangedLosesItsVerdict() throws Exception {
        Engine engine = download();
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        engine.close();
        Files.write(place(BAD), new byte[50_000]);
        inspector.block();

        Engine again = engines.start("one");

        awaitEvent(again, "file.changed");
        done(again.addPeers(torrent.hash(), List.of(seed.address())));
        inspector.open();
        awaitThat(again, torrent.hash(), now -> now.state() == TorrentState.SEEDING && now.verdict().kind() == Kind.CLEAN);
        assertThat(torrent.differencesTo(engines.downloads("one"))).isEmpty();
    }

    @Test
    void aScanByHandFreesWhatIsCleanNow() throws Exception {
        Engine engine = downloaded(Kind.SUSPICIOUS, "odd");
        awaitHeld(engine, 1);
        assertThat(done(engine.quarantine().rescan(torrent.hash(), 1)).kind()).isEqualTo(Kind.SUSPICIOUS);

        inspector.findsNothingIn(BAD);

        assertThat(done(engine.quarantine().rescan(torrent.hash(), 1)).kind()).isEqualTo(Kind.CLEAN);
        assertThat(place(BAD)).exists();
        assertThat(refused(engine.quarantine().rescan(torrent.hash(), 1)).rule()).isEqualTo("quarantine.unknown");
    }

    @Test
    void aPausedAndMovedTorrentIsLookedAtAgain() throws Exception {
        inspector.block();
        Engine engine = download();
        await().atMost(SOON).until(() -> !inspector.looked().isEmpty());

        Path elsewhere = temp.resolve("elsewhere");
        var moved = engine.torrents().move(torrent.hash(), elsewhere);
        inspector.open();
        done(moved);

        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        await().atMost(SOON).until(() -> torrent.differencesTo(elsewhere).isEmpty());
    }

    /** What was not looked at because it was paused is not waited for. */
    @Test
    void aDownloadPausedWhileItsFilesAreLookedAtDoesNotKeepTheProgramOpen() throws Exception {
        inspector.block();
        Engine engine = download();
        awaitThat(engine, torrent.hash(), now -> now.isComplete());
        CompletableFuture<Boolean> quit = new CompletableFuture<>();
        engine.onQuit(() -> quit.complete(true));
        done(engine.pause(torrent.hash()));
        inspector.open();

        done(engine.quitWhen(QuitMode.ALL_DONE));

        assertThat(quit.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join()).isTrue();
    }

    @Test
    void aFileOfTheUserIsLookedAtWhereItIs() throws Exception {
        Engine engine = engines.start("one");
        Path mine = Files.write(temp.resolve("mine.txt"), new byte[] {1, 2, 3});
        inspector.finds("mine.txt", Kind.INFECTED, "Name");

        assertThat(done(engine.quarantine().scan(mine))).satisfies(found -> {
            assertThat(found.verdict().kind()).isEqualTo(Kind.INFECTED);
            assertThat(found.sha256()).isEqualTo("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
        });
        assertThat(mine).exists();
    }
}
