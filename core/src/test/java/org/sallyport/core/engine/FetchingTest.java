package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.testkit.ScriptedSeed;
import org.sallyport.core.testkit.ScriptedSeed.Script;
import org.sallyport.core.testkit.ScriptedSeed.Talk;
import org.sallyport.core.testkit.TorrentFixture;

/** A download from peers that choke, vanish, fall silent or dawdle: it always ends whole. */
@Timeout(60)
class FetchingTest {
    private static final int PIECE = 64 << 10;
    private static final int BYTES = 40 * PIECE + 777;

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

    private TorrentFixture torrent() {
        return TorrentFixture.single(temp.resolve("home"), "film.bin", PIECE, BYTES);
    }

    private static ScriptedSeed seed(TorrentFixture torrent, boolean fast, String host, Script script) throws IOException {
        return fast ? ScriptedSeed.fast(torrent, host, script) : ScriptedSeed.plain(torrent, host, script);
    }

    private void assertArrived(Engine engine, TorrentFixture torrent) {
        awaitEvent(engine, "torrent.released");
        assertThat(torrent.differencesTo(engines.downloads("leecher"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"16384, 1", "16384, 16384", "16384, 500000", "32768, 40000", "4194304, 9000001", "4194304, 4194304"})
    void everyPieceLengthAndShortLastPieceArrives(int pieceLength, int bytes) throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("home"), "film.bin", pieceLength, bytes);

        try (ScriptedSeed seed = ScriptedSeed.plain(torrent, "127.0.0.2", Talk::give)) {
            Engine engine = engines.start("leecher");
            done(engine.add(engines.download("leecher", torrent, seed.address())));

            assertArrived(engine, torrent);
            assertThat(engine.details(torrent.hash()).join().orElseThrow().summary().downloadedBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void oneBlockIsAskedOnceOfAPeerThatAnswers() throws Exception {
        TorrentFixture torrent = torrent();

        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            Engine engine = engines.start("leecher");
            done(engine.add(engines.download("leecher", torrent, seed.address())));

            assertArrived(engine, torrent);
            assertThat(new HashSet<>(seed.asks())).hasSameSizeAs(seed.asks());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAChokeTookAwayIsAskedAgainAfterTheUnchoke(boolean fast) throws Exception {
        TorrentFixture torrent = torrent();
        Script chokesAtTheTenth = (talk, ask) -> {
            if (talk.count() < 10 || talk.count() > 16) {
                talk.give(ask);
            } else if (talk.count() == 10) {
                talk.choke();
            }
            if (fast && talk.count() >= 10 && talk.count() <= 16) {
                talk.reject(ask);
            }
        };

        try (ScriptedSeed seed = seed(torrent, fast, "127.0.0.2", chokesAtTheTenth)) {
            Engine engine = engines.start("leecher");
            done(engine.add(engines.download("leecher", torrent, seed.address())));
            await().atMost(SOON).until(() -> seed.asks().size() >= 16);
            assertThat(at(engine, torrent.hash()).isComplete()).isFalse();
            seed.unchoke();

            assertArrived(engine, torrent);
            assertThat(seed.connections()).isEqualTo(1);
        }
    }

    @Test
    void aPeerThatDropsInTheMiddleOfABlockIsFinishedByOthers() throws Exception {
        TorrentFixture torrent = torrent();
        Script drops = (talk, ask) -> {
            if (talk.count() < 20) {
                talk.give(ask);
            } else {
                talk.giveHalf(ask);
                talk.hangUp();
            }
        };

        try (ScriptedSeed dropping = ScriptedSeed.fast(torrent, "127.0.0.2", drops);
                ScriptedSeed steady = ScriptedSeed.plain(torrent, "127.0.0.3", Talk::give)) {
            Engine engine = engines.start("leecher");
            done(engine.add(engines.download("leecher", torrent, dropping.address(), steady.address())));

            assertArrived(engine, torrent);
            assertThat(events(engine, "peer.banned")).isEmpty();
        }
    }

    /** It keeps the connection and says nothing more, after a whole block or in the middle of one. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void aSeedThatFallsSilentIsReplacedByAnother(boolean fast, boolean inTheMiddle) throws Exception {
        TorrentFixture torrent = torrent();
        int silentAfter = BYTES * 2 / 5 / (16 << 10);
        CountDownLatch silence = new CountDownLatch(1);
        Script fallsSilent = (talk, ask) -> {
            if (talk.count() <= silentAfter) {
                talk.give(ask);
            } else {
                if (talk.count() == silentAfter + 1 && inTheMiddle) {
                    talk.giveHalf(ask);
                }
                silence.countDown();
            }
        };
        Script givesLater = (talk, ask) -> {
            pass(silence);
            talk.give(ask);
        };

        try (ScriptedSeed silent = seed(torrent, fast, "127.0.0.2", fallsSilent);
                ScriptedSeed steady = seed(torrent, fast, "127.0.0.3", givesLater)) {
            Engine engine = engines.impatient().start("leecher");
            done(engine.add(engines.download("leecher", torrent, silent.address(), steady.address())));

            assertArrived(engine, torrent);
            assertThat(silent.given()).isGreaterThanOrEqualTo(silentAfter);
        }
    }

    @Test
    void aSeedThatDripsABlockDoesNotHoldUpTheDownload() throws Exception {
        TorrentFixture torrent = torrent();
        CountDownLatch dripping = new CountDownLatch(1);
        Script startsToDrip = (talk, ask) -> {
            if (dripping.getCount() > 0) {
                talk.giveHalf(ask);
                dripping.countDown();
            }
        };
        Script givesLater = (talk, ask) -> {
            pass(dripping);
            talk.give(ask);
        };

        try (ScriptedSeed slow = ScriptedSeed.fast(torrent, "127.0.0.2", startsToDrip);
                ScriptedSeed steady = ScriptedSeed.fast(torrent, "127.0.0.3", givesLater)) {
            Engine engine = engines.impatient().start("leecher");
            done(engine.add(engines.download("leecher", torrent, slow.address(), steady.address())));

            await("the end in spite of drops").atMost(SOON).until(() -> {
                slow.say(new byte[1]);
                return at(engine, torrent.hash()).isComplete();
            });
            assertArrived(engine, torrent);
        }
    }

    private static void pass(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IOException("nobody opened the latch");
            }
        } catch (InterruptedException e) {
            throw new IOException("the test is over", e);
        }
    }
}
