package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.awaitThat;
import static org.sallyport.core.engine.TestEngines.events;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.persist.DataDirectory;
import org.sallyport.core.persist.SavedEdits;
import org.sallyport.core.persist.SavedMove;
import org.sallyport.core.persist.SavedMove.Phase;
import org.sallyport.core.persist.StateDatabase;
import org.sallyport.core.testkit.TinyDisk;
import org.sallyport.core.testkit.TorrentFixture;

/** {@code kill -9} while files are moved or renamed: nothing is lost, and the torrent goes on from where they are. */
@Timeout(120)
class MoveRecoveryTest {
    private static final int PIECE = 32 << 10;

    @TempDir
    Path temp;
    private TestEngines engines;
    private TorrentFixture torrent;
    private Path there;

    @BeforeEach
    void open() {
        engines = new TestEngines(temp);
        torrent = TorrentFixture.folder(temp.resolve("home"), "album", PIECE, 100_000, 50_000, 200_000);
        there = temp.resolve("there");
    }

    @AfterEach
    void close() {
        engines.close();
    }

    private Path here() {
        return engines.downloads("one");
    }

    private void downloadAndEnd(TorrentFixture wanted) throws Exception {
        engines.downloaded("one", wanted).close();
    }

    /** The saved state of a program that was killed there. */
    private void killedIn(Phase phase, Path from, Path to) throws Exception {
        try (DataDirectory directory = DataDirectory.open(engines.options("one").dataDirectory());
                StateDatabase database = StateDatabase.open(directory.databaseFile())) {
            database.saveEdits(torrent.hash(), SavedEdits.NONE.withMove(new SavedMove(phase, from.toString(), to.toString())));
        }
    }

    private Engine goesOn(Path folder, Path other) throws Exception {
        Engine engine = engines.start("one");
        awaitThat(engine, torrent.hash(), now -> now.path().equals(folder.resolve("album")));
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        assertThat(torrent.differencesTo(folder)).isEmpty();
        assertThat(other.resolve("album")).doesNotExist();
        assertThat(other.resolve(".sallyport")).doesNotExist();
        assertThat(folder.resolve(".sallyport")).doesNotExist();
        Engine again = engines.restart("one"); // it is settled for good
        awaitState(again, torrent.hash(), TorrentState.SEEDING);
        assertThat(torrent.differencesTo(folder)).isEmpty();
        return again;
    }

    private static void copy(Path from, Path to) throws Exception {
        Files.createDirectories(to.getParent());
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    private Path staging() {
        return there.resolve(".sallyport").resolve(torrent.hash().hex() + ".moving");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRenameIsBroughtToItsEnd(boolean begun) throws Exception {
        downloadAndEnd(torrent);
        Files.createDirectories(there);
        if (begun) {
            Files.move(here().resolve("album"), there.resolve("album"));
        }
        killedIn(Phase.RENAMING, here(), there);

        assertThat(events(goesOn(there, here()), "torrent.checked")).isEmpty();
    }

    @Test
    void filesThatAreHalfHereAndHalfThereComeTogether() throws Exception {
        downloadAndEnd(torrent);
        Files.createDirectories(there.resolve("album"));
        Files.move(here().resolve("album").resolve("file0000"), there.resolve("album").resolve("file0000"));
        killedIn(Phase.RENAMING, here(), there);

        goesOn(there, here());
    }

    @Test
    void aCopyThatIsNotWholeIsForgotten() throws Exception {
        downloadAndEnd(torrent);
        Files.createDirectories(staging().resolve("files").resolve("album"));
        Files.write(staging().resolve("files").resolve("album").resolve("file0000"), new byte[100_000]);
        killedIn(Phase.COPYING, here(), there);

        Engine engine = goesOn(here(), there);
        assertThat(events(engine, "torrent.move-cut")).singleElement().satisfies(event -> assertThat(event.sentence()).contains("album"));
        assertThat(events(engine, "torrent.checked")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWholeCopyIsPutInItsPlaceAndTheOldFilesGo(boolean placed) throws Exception {
        downloadAndEnd(torrent);
        copy(here().resolve("album"), placed ? there.resolve("album") : staging().resolve("files").resolve("album"));
        killedIn(Phase.COPIED, here(), there);

        goesOn(there, here());
    }

    @Test
    void aWholeCopyWhoseDiskIsGoneLeavesTheOldFiles() throws Exception {
        downloadAndEnd(torrent);
        killedIn(Phase.COPIED, here(), there);

        goesOn(here(), there);
    }

    @Test
    void whatTookItsPlaceMeanwhileIsNotReplaced() throws Exception {
        downloadAndEnd(torrent);
        copy(here().resolve("album"), staging().resolve("files").resolve("album"));
        Files.createDirectories(there.resolve("album"));
        Path foreign = Files.write(there.resolve("album").resolve("file0000"), new byte[100_000]);
        killedIn(Phase.COPIED, here(), there);

        Engine engine = engines.start("one");
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);

        assertThat(foreign).hasBinaryContent(new byte[100_000]);
        assertThat(torrent.differencesTo(here())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"RENAMING", "COPYING", "COPIED", "CLEANING"})
    void withoutTheDisksNothingIsDecidedThatLosesFiles(Phase phase) throws Exception {
        downloadAndEnd(torrent);
        Path away = temp.resolve("away");
        Files.move(here(), away);
        killedIn(phase, here(), there);

        engines.start("one");
        engines.restart("one").close();
        Files.move(away, here());

        Engine engine = engines.start("one");
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        Path now = engine.snapshot().find(torrent.hash()).orElseThrow().path().getParent();
        assertThat(torrent.differencesTo(now)).isEmpty();
    }

    @Test
    void aRenamedFolderKeepsItsNewName() throws Exception {
        downloadAndEnd(torrent);
        try (DataDirectory directory = DataDirectory.open(engines.options("one").dataDirectory());
                StateDatabase database = StateDatabase.open(directory.databaseFile())) {
            SavedMove move = new SavedMove(Phase.RENAMING_ONE, here().resolve("album").toString(), here().resolve("songs").toString());
            database.saveEdits(torrent.hash(), new SavedEdits("", Map.of("album", "songs"), false, List.of(), move));
        }

        Engine engine = engines.start("one");

        awaitThat(engine, torrent.hash(), now -> now.path().equals(here().resolve("songs")));
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        assertThat(here().resolve("songs").resolve("file0000")).exists();
        assertThat(engine.details(torrent.hash()).join().orElseThrow().files().get(0).path()).isEqualTo("songs/file0000");
    }

    /** For real, at any moment of a copy to another disk and back. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void killedAnywhere(int turns) throws Exception {
        TorrentFixture large = TorrentFixture.folder(temp.resolve("home"), "large", 1 << 20, 24 << 20, 1000, 8 << 20);
        torrent = large;
        downloadAndEnd(large);
        try (TinyDisk disk = TinyDisk.mount(temp, "size=128m")) {
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                    "-cp", System.getProperty("java.class.path"), MoveLoop.class.getName(), engines.options("one").dataDirectory().toString(),
                    large.hash().hex(), here().toString(), disk.folder().resolve("there").toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                String line = output.readLine();
                while (line != null && !line.equals("moving " + turns)) {
                    line = output.readLine();
                }
                assertThat(line).as("the process ended by itself").isNotNull();
                process.waitFor(40L * turns, TimeUnit.MILLISECONDS); // into the move; where exactly does not matter
            } finally {
                process.destroyForcibly();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }

            Engine engine = engines.start("one");
            awaitState(engine, large.hash(), TorrentState.SEEDING);
            Path now = engine.snapshot().find(large.hash()).orElseThrow().path().getParent();
            assertThat(large.differencesTo(now)).isEmpty();
            Path other = now.equals(here()) ? disk.folder().resolve("there") : here();
            assertThat(other.resolve("large")).doesNotExist();
            assertThat(other.resolve(".sallyport")).doesNotExist();
        }
    }
}
