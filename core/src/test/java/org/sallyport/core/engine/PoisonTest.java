package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.socketOf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.testkit.Aftermath;
import org.sallyport.core.testkit.ScriptedSeed;
import org.sallyport.core.testkit.ScriptedSeed.Ask;
import org.sallyport.core.testkit.ScriptedSeed.Script;
import org.sallyport.core.testkit.ScriptedSeed.Talk;
import org.sallyport.core.testkit.TorrentFixture;
import org.sallyport.core.wire.MseMethod;

/** Wrong data from peers never stays, and exactly those who sent it are shut out. */
@Tag("hostile")
@Timeout(60)
class PoisonTest {
    @RegisterExtension
    static final Aftermath AFTERMATH = new Aftermath();
    @RegisterExtension
    final EngineAftermath after = new EngineAftermath(() -> this.engines.all());
    private static final int PIECE = 128 << 10;
    private static final Script LIES_IN_EVERY_FIFTH = (talk, ask) -> {
        if (talk.count() % 5 == 0) {
            talk.giveWrong(ask);
        } else {
            talk.give(ask);
        }
    };

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

    private TorrentFixture torrent(int pieces) {
        return TorrentFixture.single(temp.resolve("home"), "film.bin", PIECE, pieces * PIECE - 1000);
    }

    @Test
    void oneLiarAmongThreeSeedsIsFoundAndTheFileArrives() throws Exception {
        TorrentFixture torrent = torrent(60);

        try (ScriptedSeed first = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give);
                ScriptedSeed liar = ScriptedSeed.fast(torrent, "127.0.0.3", LIES_IN_EVERY_FIFTH);
                ScriptedSeed third = ScriptedSeed.plain(torrent, "127.0.0.4", Talk::give)) {
            Engine engine = engines.start("leecher");
            done(engine.add(engines.download("leecher", torrent, first.address(), liar.address(), third.address())));

            awaitEvent(engine, "torrent.released");
            awaitEvent(engine, "peer.banned");
            assertThat(torrent.differencesTo(engines.downloads("leecher"))).isEmpty();
            assertThat(liar.given()).isGreaterThan(5);
            assertThat(events(engine, "peer.banned")).allSatisfy(event -> {
                assertThat(event.fact("address")).as(event.fact("rule") + ": " + event.sentence()).isEqualTo("127.0.0.3");
                assertThat(event.severity()).isEqualTo(Event.Severity.REFUSED);
                assertThat(event.fact("rule")).startsWith("peer.bad-");
                assertThat(event.fact("hash")).isEqualTo(torrent.hash().hex());
            });
        }
    }

    @Test
    void aLiarThatIsTheOnlySourceIsBannedAtItsFirstPiece() throws Exception {
        TorrentFixture torrent = torrent(10);

        try (ScriptedSeed liar = ScriptedSeed.fast(torrent, "127.0.0.3", LIES_IN_EVERY_FIFTH)) {
            Engine engine = engines.start("leecher");
            done(engine.add(engines.download("leecher", torrent, liar.address())));

            awaitEvent(engine, "peer.banned");
            assertThat(events(engine, "peer.banned")).extracting(event -> event.fact("rule")).containsExactly("peer.bad-piece");
            await().atMost(SOON).until(() -> at(engine, torrent.hash()).peers() == 0);
            await("it is refused when it is dialled again").atMost(SOON).until(() -> events(engine, "policy.denied").stream()
                    .anyMatch(event -> event.fact("rule").equals("policy.peer-banned")));
            assertThat(liar.connections()).isEqualTo(1);
            assertThat(at(engine, torrent.hash()).state()).isEqualTo(TorrentState.DOWNLOADING);
        }
    }

    /** Whoever calls, and under whatever cover: wrong data is laid to the right door, and the honest seed beside it is left alone. */
    @ParameterizedTest
    @CsvSource({"PLAIN, false", "PLAIN, true", "RC4, false", "RC4, true", "PLAINTEXT, false", "PLAINTEXT, true"})
    void aLiarIsToldFromAnHonestSeedHoweverTheyTalk(Cover cover, boolean calling) throws Exception {
        TorrentFixture torrent = torrent(40);
        CountDownLatch lied = new CountDownLatch(1);
        Script lies = (talk, ask) -> {
            talk.giveWrong(ask);
            lied.countDown();
        };
        Script givesLater = (talk, ask) -> {
            try {
                lied.await(30, TimeUnit.SECONDS); // else it might all be there before the liar was asked
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            talk.give(ask);
        };

        try (ScriptedSeed honest = cover.on(ScriptedSeed.fast(torrent, "127.0.0.2", givesLater));
                ScriptedSeed liar = cover.on(ScriptedSeed.fast(torrent, "127.0.0.3", lies))) {
            Engine engine = engines.start("leecher");
            if (calling) {
                done(engine.add(engines.download("leecher", torrent)));
                awaitState(engine, torrent.hash(), TorrentState.DOWNLOADING);
                honest.call(socketOf(engine));
                liar.call(socketOf(engine));
            } else {
                done(engine.add(engines.download("leecher", torrent, honest.address(), liar.address())));
            }

            awaitEvent(engine, "torrent.released");
            awaitEvent(engine, "peer.banned");
            assertThat(torrent.differencesTo(engines.downloads("leecher"))).isEmpty();
            assertThat(events(engine, "peer.banned")).extracting(event -> event.fact("address")).containsExactly("127.0.0.3");
            assertThat(events(engine, "policy.denied")).noneMatch(event -> event.fact("address").startsWith("127.0.0.2"));
            assertThat(honest.connections()).isPositive(); // a covered one takes nothing but its own cover
            assertThat(liar.connections()).isPositive();
        }
    }

    private enum Cover {
        PLAIN, RC4, PLAINTEXT;

        ScriptedSeed on(ScriptedSeed seed) {
            return switch (this) {
                case PLAIN -> seed;
                case RC4 -> seed.covered(MseMethod.RC4);
                case PLAINTEXT -> seed.covered(MseMethod.PLAINTEXT);
            };
        }
    }

    /** A piece that came wrong is fetched from one peer only; when that one chokes, refuses or falls silent, another is asked. */
    @ParameterizedTest
    @EnumSource
    void aSuspectPieceIsNotLeftToAPeerThatDoesNotSendIt(Evasion evasion) throws Exception {
        TorrentFixture torrent = torrent(1);
        int half = PIECE / 2;
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        AtomicBoolean evaded = new AtomicBoolean();
        // the first half of the only piece comes from one seed with a wrong block, the second half from the other
        Script evades = (talk, ask) -> {
            if (!seen.add(ask.begin())) {
                evaded.set(true);
                evasion.act(talk, ask);
            } else if (ask.begin() == 0) {
                talk.giveWrong(ask);
            } else if (ask.begin() < half) {
                talk.give(ask);
            }
        };
        Script givesTheRest = (talk, ask) -> {
            if (ask.begin() >= half || evaded.get()) {
                talk.give(ask);
            }
        };

        try (ScriptedSeed evading = evasion == Evasion.REJECT ? ScriptedSeed.fast(torrent, "127.0.0.2", evades)
                : ScriptedSeed.plain(torrent, "127.0.0.2", evades);
                ScriptedSeed steady = ScriptedSeed.plain(torrent, "127.0.0.3", givesTheRest)) {
            Engine engine = engines.impatient().start("leecher");
            done(engine.add(engines.download("leecher", torrent, evading.address(), steady.address())));

            awaitEvent(engine, "torrent.released");
            awaitEvent(engine, "peer.banned");
            assertThat(torrent.differencesTo(engines.downloads("leecher"))).isEmpty();
            assertThat(evaded).isTrue();
            assertThat(events(engine, "peer.banned")).extracting(event -> event.fact("address")).containsExactly("127.0.0.2");
            assertThat(evading.asks()).hasSizeLessThan(100);
        }
    }

    private enum Evasion {
        CHOKE, REJECT, SILENCE;

        void act(Talk talk, Ask ask) throws IOException {
            switch (this) {
                case CHOKE -> talk.choke();
                case REJECT -> talk.reject(ask);
                case SILENCE -> { }
            }
        }
    }
}
