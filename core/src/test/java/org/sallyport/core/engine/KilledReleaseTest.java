package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitThat;
import static org.sallyport.core.engine.TestEngines.done;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.FileCheck.Stage;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.Verdict.Kind;
import org.sallyport.core.persist.DataDirectory;
import org.sallyport.core.persist.SavedVerdict;
import org.sallyport.core.persist.SavedVerdict.Fate;
import org.sallyport.core.persist.StateDatabase;
import org.sallyport.core.testkit.ScriptedSeed;
import org.sallyport.core.testkit.ScriptedSeed.Talk;
import org.sallyport.core.testkit.TorrentFixture;

/** {@code kill -9} at every step of the way out of quarantine: each file is held, or released with a verdict, and never in between. */
@Timeout(600)
class KilledReleaseTest {
    private static final int PIECE = 32 << 10;
    private static final int ROUNDS = 4;

    @TempDir
    Path temp;

    @Test
    void killedTwentyTimes() throws Exception {
        int[] sizes = new int[28];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = i * 3_001; // the first is empty, and most share parts with their neighbours
        }
        TorrentFixture torrent = TorrentFixture.folder(temp.resolve("home"), "album", PIECE, sizes);
        try (TestEngines engines = new TestEngines(temp).withInspector(ReleaseLoop.inspector())) {
            fetchWithoutRelease(engines, torrent);
            List<String> kills = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                for (ReleaseStep step : ReleaseStep.values()) {
                    if (killedAt(engines, step, round % 2)) {
                        kills.add(step.name());
                    }
                    assertNothingIsInBetween(engines, torrent, step);
                }
            }
            assertThat(kills).as("really killed where it was to be").hasSizeGreaterThanOrEqualTo(ReleaseStep.values().length * ROUNDS);

            Engine engine = engines.start("one");
            awaitThat(engine, torrent.hash(), now -> now.checks().done() == sizes.length && !now.checks().now());
            Awaitility.await().atMost(TestEngines.SOON).untilAsserted(() -> assertSettled(engine, torrent));
        }
    }

    /** Else the next start fetches anew what is in its place already, and finds the place taken. */
    @Test
    void whatIsOutIsKnownToHaveBeenFetched() throws Exception {
        TorrentFixture torrent = TorrentFixture.folder(temp.resolve("home"), "album", PIECE, 300, 200);
        Path left = Files.createDirectory(temp.resolve("left"));
        TestEngines engines = new TestEngines(temp);
        Path data = engines.options("one").dataDirectory();
        ReleaseStep.Listener killing = step -> {
            if (step == ReleaseStep.MOVED && isEmpty(left)) {
                copyFiles(data, left);
            }
        };
        try (engines; ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            Engine engine = engines.withInspector(new ScriptedInspector(), killing).start("one");
            done(engine.add(engines.download("one", torrent, seed.address())));
            awaitThat(engine, torrent.hash(), now -> now.checks().done() == 2);
        }
        try (DataDirectory directory = DataDirectory.open(left); StateDatabase database = StateDatabase.open(directory.databaseFile())) {
            assertThat(database.torrents()).singleElement()
                    .satisfies(saved -> assertThat(saved.progress().verified().toArray()).as("the one piece").containsExactly(0x80));
        }
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a killed process leaves of its state. */
    private static void copyFiles(Path from, Path to) {
        try (Stream<Path> paths = Files.list(from)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Files.copy(path, to.resolve(path.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything is fetched while a scan stands still, so that all files wait in quarantine. */
    private void fetchWithoutRelease(TestEngines engines, TorrentFixture torrent) throws Exception {
        ScriptedInspector blocked = ReleaseLoop.inspector();
        blocked.block();
        try (TestEngines first = new TestEngines(temp).withInspector(blocked);
                ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            Engine engine = first.start("one");
            done(engine.add(engines.download("one", torrent, seed.address())));
            awaitThat(engine, torrent.hash(), now -> now.isComplete());
            engine.close();
        } finally {
            blocked.open();
        }
    }

    /** @return whether it was killed there; false if no file came so far */
    private boolean killedAt(TestEngines engines, ReleaseStep step, int passes) throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-Xshare:auto", "-cp", System.getProperty("java.class.path"), ReleaseLoop.class.getName(),
                engines.options("one").dataDirectory().toString(), step.name(),
                Integer.toString(passes)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            while (line != null && !line.equals("at " + step)) {
                line = output.readLine();
            }
            return line != null;
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void assertNothingIsInBetween(TestEngines engines, TorrentFixture torrent, ReleaseStep step) throws Exception {
        Map<Integer, SavedVerdict> verdicts;
        try (DataDirectory directory = DataDirectory.open(engines.options("one").dataDirectory());
                StateDatabase database = StateDatabase.open(directory.databaseFile())) {
            verdicts = database.verdicts().stream().collect(Collectors.toMap(SavedVerdict::file, Function.identity()));
        }
        for (int file = 0; file < torrent.metainfo().files().size(); file++) {
            Path released = engines.downloads("one").resolve(torrent.metainfo().files().get(file).path());
            Path part = engines.downloads("one").resolve(".sallyport").resolve(torrent.hash().hex()).resolve(String.format("%06d.part", file));
            boolean out = Files.exists(released, LinkOption.NOFOLLOW_LINKS);
            String name = "file " + file + " killed at " + step;
            if (out) {
                assertThat(verdicts.get(file)).as(name).isNotNull().satisfies(row -> {
                    assertThat(row.fate()).as(name).isEqualTo(Fate.RELEASED);
                    assertThat(row.verdict().kind()).as(name).isIn(Kind.CLEAN, Kind.NOT_SCANNED);
                    assertThat(row.sha256()).as(name).hasSize(64);
                });
                assertThat(released).as(name).hasSameBinaryContentAs(torrent.home().resolve(torrent.metainfo().files().get(file).path()));
            } else if (torrent.metainfo().files().get(file).size() > 0) {
                assertThat(part).as(name).exists();
            }
        }
    }

    private static void assertSettled(Engine engine, TorrentFixture torrent) {
        List<FileSnapshot> files = engine.details(torrent.hash()).join().orElseThrow().files();
        for (FileSnapshot file : files) {
            boolean bad = file.index() % 4 == 1 || file.index() % 4 == 3;
            assertThat(file.check().stage()).as(file.path()).isEqualTo(bad ? Stage.HELD : Stage.RELEASED);
        }
        assertThat(at(engine, torrent.hash()).checks().held()).isEqualTo(14);
    }
}
