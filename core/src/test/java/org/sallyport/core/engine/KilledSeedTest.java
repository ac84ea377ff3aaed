package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.done;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.persist.DataDirectory;
import org.sallyport.core.persist.SavedTraffic;
import org.sallyport.core.persist.StateDatabase;
import org.sallyport.core.testkit.TorrentFixture;

/** What a seed has given, and for how long, when its process is killed. */
@Timeout(300)
class KilledSeedTest {
    private static final int PIECE = 32 << 10;
    /** At the speed of the leech this takes minutes: it does not end before the kill. */
    private static final int BYTES = 40_000_000;
    private static final int RATE = 400_000;
    /** Shares for so long before it is killed. */
    private static final long MILLIS = 6_000;

    @TempDir
    Path temp;
    private TestEngines engines;
    private TorrentFixture torrent;

    @BeforeEach
    void open() throws Exception {
        engines = new TestEngines(temp);
        torrent = TorrentFixture.single(temp.resolve("home"), "film.bin", PIECE, BYTES);
    }

    @AfterEach
    void close() {
        engines.close();
    }

    /** What the killed process said of itself. */
    private record Line(long millis, long uploaded, long used) {
        private static Line of(String text) {
            String[] words = text.split(" ");
            return new Line(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
        }
    }

    private List<Line> seedAndKill() throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), SeedLoop.class.getName(), engines.options("seed").dataDirectory().toString(),
                torrent.file().toString(), torrent.home().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            PeerAddress seed = new PeerAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(output.readLine()));
            Engine leech = engines.start("leech");
            // or it would have all of it at once
            done(leech.changeSettings(leech.settings().withBandwidth(leech.settings().bandwidth().withLimitLocal(true))));
            done(leech.add(engines.download("leech", torrent, seed).withOptions(TorrentOptions.DEFAULT.withLimits(RATE, 0))));
            List<Line> lines = new ArrayList<>();
            while (lines.isEmpty() || twoSecondsBefore(lines).uploaded() == 0 || elapsed(lines) < MILLIS) {
                String line = output.readLine();
                assertThat(line).as("the process ended by itself").isNotNull();
                lines.add(Line.of(line));
            }
            return lines;
        } finally {
            process.toHandle().destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static long elapsed(List<Line> lines) {
        return lines.get(lines.size() - 1).millis() - lines.get(0).millis();
    }

    private static Line twoSecondsBefore(List<Line> lines) {
        long then = lines.get(lines.size() - 1).millis() - 2_000;
        return Stream.concat(Stream.of(new Line(0, 0, 0)), lines.stream().filter(line -> line.millis() <= then)).reduce((a, b) -> b).orElseThrow();
    }

    @Test
    void aKillLosesTwoSecondsOfWhatWasGivenAndOfTheTimeItWasOffered() throws Exception {
        List<Line> lines = seedAndKill();
        Line known = twoSecondsBefore(lines);
        assertThat(known.uploaded()).isPositive();
        assertThat(known.used()).isPositive();

        try (DataDirectory directory = DataDirectory.open(engines.options("seed").dataDirectory());
                StateDatabase database = StateDatabase.open(directory.databaseFile())) {
            assertThat(database.torrents()).singleElement().satisfies(saved -> {
                assertThat(saved.progress().uploadedBytes()).isGreaterThanOrEqualTo(known.uploaded());
                // whole seconds are kept: one more may have begun
                assertThat(saved.seedTime().offeredSeconds()).isGreaterThanOrEqualTo((known.millis() - lines.get(0).millis()) / 1000 - 1);
            });
            assertThat(database.traffic().stream().mapToLong(KilledSeedTest::bytes).sum()).isGreaterThanOrEqualTo(known.used());
        }
        Engine again = engines.start("seed");
        assertThat(at(again, torrent.hash()).uploadedBytes()).isGreaterThanOrEqualTo(known.uploaded());
        assertThat(again.snapshot().bandwidth().dayBytes()).isGreaterThanOrEqualTo(known.used());
    }

    private static long bytes(SavedTraffic day) {
        return day.received() + day.sent();
    }
}
