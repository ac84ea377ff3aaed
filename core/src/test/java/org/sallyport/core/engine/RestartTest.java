package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.awaitThat;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.socketOf;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.Mischief;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.ScriptedSeed;
import org.sallyport.core.testkit.ScriptedSeed.Script;
import org.sallyport.core.testkit.ScriptedSeed.Talk;
import org.sallyport.core.testkit.TorrentFixture;
import org.sallyport.core.testkit.TestTracker;

/** What is there after an end, clean or not (I10). */
@Timeout(90)
class RestartTest {
    private static final int PIECE = 16 << 10;
    private static final int PIECES = 200;
    private static final int MANY = 10;

    @TempDir
    Path temp;
    private TestEngines engines;
    private TestTracker tracker;
    private TorrentFixture torrent;

    @BeforeEach
    void open() {
        engines = new TestEngines(temp);
        tracker = TestTracker.start();
        torrent = TorrentFixture.single(temp.resolve("home"), "film.bin", PIECE, PIECES * PIECE, tracker.announceUrl());
    }

    @AfterEach
    void close() {
        engines.close();
        tracker.close();
    }

    private Path parts() {
        return engines.downloads("one").resolve(".sallyport").resolve(torrent.hash().hex());
    }

    private void spoil(int piece) throws IOException {
        try (FileChannel channel = FileChannel.open(parts().resolve("000000.part"), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap("spoilt".getBytes(StandardCharsets.US_ASCII)), (long) piece * PIECE + 100);
        }
    }

    private int verified(Engine engine) {
        return engine.details(torrent.hash()).join().orElseThrow().pieces().verifiedCount();
    }

    private Engine startWithTracker() throws EngineStartException {
        Engine engine = engines.start("one");
        done(engine.changeSettings(engine.settings().withTrackers(new Settings.Trackers(true))));
        return engine;
    }

    /**
     * Downloads in order, in a process of its own, some pieces twice a second, and kills it on the way.
     * @return pieces verified two seconds before
     */
    private int downloadAndKill() throws Exception {
        Semaphore blocks = new Semaphore(0);
        Script paced = (talk, ask) -> {
            blocks.acquireUninterruptibly();
            talk.give(ask);
        };
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", paced)) {
            tracker.swarms().add(torrent.hash(), seed.address(), true);
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                    "-cp", System.getProperty("java.class.path"), DownloadLoop.class.getName(), engines.options("one").dataDirectory().toString(),
                    torrent.file().toString(), engines.downloads("one").toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                TreeMap<Long, Integer> seen = new TreeMap<>();
                while (seen.isEmpty() || seen.lastEntry().getValue() < PIECES / 2 || twoSecondsBefore(seen) <= MANY) {
                    String line = output.readLine();
                    assertThat(line).as("the process ended by itself").isNotNull();
                    seen.put(Long.valueOf(line.split(" ")[0]), Integer.valueOf(line.split(" ")[1]));
                    boolean enough = seen.lastEntry().getValue() >= PIECES * 3 / 4;
                    // what waits for the connection would come all at once; and a busy machine may need longer, but must not be done before
                    if (seed.connections() > 0 && !enough) {
                        blocks.release(PIECES / 12);
                    }
                }
                return twoSecondsBefore(seen);
            } finally {
                process.toHandle().destroyForcibly();
                blocks.release(10 * PIECES);
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                tracker.swarms().forget(torrent.hash());
            }
        }
    }

    private static int twoSecondsBefore(TreeMap<Long, Integer> seen) {
        Map.Entry<Long, Integer> then = seen.floorEntry(seen.lastKey() - 2_000);
        return then == null ? 0 : then.getValue();
    }

    @Test
    void aKilledDownloadLosesTwoSecondsAtMostAndTrustsNothingThatWasNotSynced() throws Exception {
        int before = downloadAndKill();
        assertThat(before).isGreaterThan(MANY);
        spoil(3);

        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.3", Talk::give)) {
            Engine engine = engines.start("one");
            awaitEvent(engine, "torrent.checked");
            int there = verified(engine);
            assertThat(there).isGreaterThanOrEqualTo(before - 1);
            tracker.swarms().add(torrent.hash(), seed.address(), true);
            done(engine.pause(torrent.hash()));
            done(engine.start(torrent.hash()));
            awaitEvent(engine, "torrent.released");

            assertThat(torrent.differencesTo(engines.downloads("one"))).isEmpty();
            assertThat(seed.asks()).extracting(ScriptedSeed.Ask::piece).contains(3).doesNotContain(0, 1, 2, 4, 5);
            assertThat(seed.given()).isEqualTo(PIECES - there);
        }
    }

    @Test
    void aCleanStopLosesNothingAndReadsNothingAgain() throws Exception {
        Script half = (talk, ask) -> {
            if (talk.count() <= PIECES / 2) {
                talk.give(ask);
            }
        };
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", half)) {
            Engine engine = engines.start("one");
            done(engine.add(engines.download("one", torrent, seed.address())));
            await().atMost(SOON).until(() -> verified(engine) == PIECES / 2);
            engine.close();
        }

        Engine again = engines.start("one");
        awaitState(again, torrent.hash(), TorrentState.DOWNLOADING);
        assertThat(verified(again)).isEqualTo(PIECES / 2);
        assertThat(at(again, torrent.hash()).downloadedBytes()).isEqualTo((long) PIECES / 2 * PIECE);
        assertThat(events(again, "torrent.checked")).isEmpty();
    }

    @Test
    void partsDeletedWhileStoppedAreFetchedAgain() throws Exception {
        Script half = (talk, ask) -> {
            if (talk.count() <= PIECES / 2) {
                talk.give(ask);
            }
        };
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", half)) {
            Engine engine = engines.start("one");
            done(engine.add(engines.download("one", torrent, seed.address())));
            await().atMost(SOON).until(() -> verified(engine) == PIECES / 2);
            engine.close();
        }
        Files.delete(parts().resolve("000000.part"));
        Files.delete(parts());

        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.3", Talk::give)) {
            tracker.swarms().add(torrent.hash(), seed.address(), true);
            startWithTracker();
            Engine again = engines.restart("one");
            awaitEvent(again, "torrent.released");
            assertThat(torrent.differencesTo(engines.downloads("one"))).isEmpty();
        }
    }

    @Test
    void closingTellsTheTrackerAndWaitsForNobodyLong() throws Exception {
        Engine engine = startWithTracker();
        done(engine.add(AddRequest.seed(torrent.file(), torrent.home())));
        await().atMost(SOON).until(() -> tracker.events().contains("started"));
        engine.close();
        assertThat(tracker.events()).endsWith("stopped");

        TorrentFixture silent = TorrentFixture.single(temp.resolve("silent"), "s.bin", PIECE, PIECE, tracker.hostileUrl(Mischief.DRIP_BODY));
        Engine second = engines.start("one");
        done(second.add(AddRequest.seed(silent.file(), silent.home())));
        awaitState(second, silent.hash(), TorrentState.SEEDING);
        assertTimeoutPreemptively(Duration.ofSeconds(5), second::close);
    }

    @Test
    void whatWasUploadedIsRemembered() throws Exception {
        Engine engine = engines.seeding("one", torrent);
        upload(engine, 10);
        awaitThat(engine, torrent.hash(), t -> t.uploadedBytes() == 10 * PIECE);
        engine.close();

        Engine again = engines.start("one");
        awaitThat(again, torrent.hash(), t -> t.uploadedBytes() == 10 * PIECE && t.state() == TorrentState.SEEDING);
        upload(again, 5);
        awaitThat(again, torrent.hash(), t -> t.uploadedBytes() == 15 * PIECE);
        again.close();

        awaitThat(engines.start("one"), torrent.hash(), t -> t.uploadedBytes() == 15 * PIECE);
    }

    @Test
    void sharingStopsAtTheRatioThatWasAsked() throws Exception {
        Engine engine = engines.start("one");
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            done(engine.add(engines.download("one", torrent, seed.address()).withSeedRatio(0.1)));
            awaitEvent(engine, "torrent.released");
        }
        upload(engine, PIECES / 10 - 1);
        awaitThat(engine, torrent.hash(), t -> t.uploadedBytes() == (PIECES / 10 - 1) * PIECE);
        assertThat(at(engine, torrent.hash()).state()).isEqualTo(TorrentState.SEEDING);
        upload(engine, 1);

        awaitState(engine, torrent.hash(), TorrentState.FINISHED);
        assertThat(events(engine, "torrent.seed-goal")).hasSize(1);
    }

    @Test
    void whatWasLeftOutDoesNotCountForTheRatio() throws Exception {
        torrent = TorrentFixture.folder(temp.resolve("two"), "two", PIECE, 4 * PIECE, 100 * PIECE);
        Engine engine = engines.start("one");
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            done(engine.add(engines.download("one", torrent, seed.address()).withWanted(Set.of(0)).withSeedRatio(1)));
            awaitEvent(engine, "torrent.released");
        }
        upload(engine, 4);

        awaitState(engine, torrent.hash(), TorrentState.FINISHED);
        assertThat(at(engine, torrent.hash()).ratio()).isEqualTo(1);
    }

    private void upload(Engine engine, int blocks) throws IOException {
        try (RawPeer peer = RawPeer.dial(socketOf(engine), torrent.hash(), RawPeer.peerId("leech" + blocks))) {
            peer.readHandshake();
            peer.send(RawPeer.frame(2));
            peer.readFrame(1);
            for (int i = 0; i < blocks; i++) {
                peer.send(RawPeer.frame(6, i, 0, PIECE));
                peer.readFrame(7);
            }
        }
    }
}
