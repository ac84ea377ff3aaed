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

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.BandwidthState.Mode;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Bandwidth;
import org.sallyport.core.settings.Settings.Bandwidth.AtCap;
import org.sallyport.core.settings.Settings.Rates;
import org.sallyport.core.testkit.TorrentFixture;

/** Limits, schedule and caps of real engines. Loopback is the own network: that it is limited is asked for. */
class BandwidthTest {
    private static final int SIZE = 1_500_000;
    private static final long RATE = 512 << 10;
    /** What one connection may have over: a fifth of a second's worth, a block, a handshake. */
    private static final long MORE = RATE / 5 + (64 << 10);

    @TempDir
    Path temp;
    private TestEngines engines;
    private TorrentFixture torrent;
    private final MovedClock clock = new MovedClock();

    @BeforeEach
    void open() {
        engines = new TestEngines(temp).withClock(clock);
        torrent = TorrentFixture.single(temp.resolve("origin"), "film", 32 << 10, SIZE);
    }

    @AfterEach
    void close() {
        engines.close();
    }

    private static void change(Engine engine, UnaryOperator<Bandwidth> change) {
        Settings now = engine.settings();
        done(engine.changeSettings(now.withBandwidth(change.apply(now.bandwidth()).withLimitLocal(true))));
    }

    private static long used(Engine engine) {
        return engine.snapshot().bandwidth().dayBytes();
    }

    /** The half hour of the clock that comes after this one has {@code letter}, all others run. */
    private List<String> nextHalfHour(char letter) {
        ZonedDateTime next = clock.instant().atZone(clock.getZone()).plusMinutes(30);
        List<String> week = new ArrayList<>(Collections.nCopies(7, "r".repeat(48)));
        int half = next.getHour() * 2 + next.getMinute() / 30;
        week.set(next.getDayOfWeek().getValue() - 1, "r".repeat(half) + letter + "r".repeat(47 - half));
        return week;
    }

    @Test
    void downloadTakesNoMoreThanItMay() throws Exception {
        Engine seed = engines.seeding("seed", torrent);
        Engine taker = engines.start("taker");
        change(taker, b -> b.withUsual(new Rates(RATE, 0)));
        long began = System.nanoTime();

        done(taker.add(engines.download("taker", torrent, addressOf(seed))));
        awaitState(taker, torrent.hash(), TorrentState.SEEDING);

        long may = (long) (RATE * ((System.nanoTime() - began) / 1e9)) + MORE;
        await().atMost(SOON).untilAsserted(() -> assertThat(used(taker)).isBetween((long) SIZE, may + MORE));
        assertThat(taker.snapshot().bandwidth().sentence()).isEqualTo("Limited to 524 KB/s down.");
        assertThat(events(taker, "peer.banned")).isEmpty();
    }

    @Test
    void uploadGivesNoMoreThanItMayAndSlowModeGoesLive() throws Exception {
        Engine seed = engines.seeding("seed", torrent);
        change(seed, b -> b.withUsual(new Rates(0, 1024)));
        Engine taker = engines.start("taker");
        done(taker.add(engines.download("taker", torrent, addressOf(seed))));
        await().atMost(SOON).until(() -> used(seed) > 0);
        assertThat(seed.snapshot().bandwidth().upLimit()).isEqualTo(1024);
        assertThat(at(taker, torrent.hash()).doneBytes()).isLessThan(SIZE / 2);

        change(seed, b -> b.withUsual(new Rates(0, RATE)).withSlow(new Rates(0, 0), true));
        assertThat(seed.snapshot().bandwidth().mode()).isEqualTo(Mode.SLOW);
        long began = System.nanoTime();
        awaitState(taker, torrent.hash(), TorrentState.SEEDING);

        assertThat(used(seed)).isLessThanOrEqualTo((long) (RATE * ((System.nanoTime() - began) / 1e9)) + 2 * MORE);
    }

    @Test
    void torrentHasLimitsOfItsOwn() throws Exception {
        Engine seed = engines.seeding("seed", torrent);
        Engine taker = engines.start("taker");
        change(taker, b -> b);
        done(taker.torrents().change(addPaused(taker, seed), options -> options.withLimits(1024, 0)));
        done(taker.start(torrent.hash()));
        await().atMost(SOON).until(() -> used(taker) > 0);
        assertThat(at(taker, torrent.hash()).doneBytes()).isLessThan(SIZE / 2);

        done(taker.torrents().change(torrent.hash(), options -> options.withLimits(0, 0)));

        awaitState(taker, torrent.hash(), TorrentState.SEEDING);
    }

    private InfoHash addPaused(Engine taker, Engine seed) {
        done(taker.add(engines.download("taker", torrent, addressOf(seed)).withPaused(true)));
        return torrent.hash();
    }

    @Test
    void scheduleStopsEverythingAndItGoesOnByItself() throws Exception {
        Engine seed = engines.seeding("seed", torrent);
        Engine taker = engines.start("taker");
        change(taker, b -> b.withUsual(new Rates(1024, 0)).withWeek(nextHalfHour('x')));
        done(taker.add(engines.download("taker", torrent, addressOf(seed))));
        awaitThat(taker, torrent.hash(), now -> now.peers() == 1);

        clock.move(Duration.ofMinutes(30));

        awaitThat(taker, torrent.hash(), now -> now.state() == TorrentState.QUEUED && now.peers() == 0);
        await().atMost(SOON).until(() -> taker.snapshot().connections() == 0);
        assertThat(taker.snapshot().bandwidth().mode()).isEqualTo(Mode.STOP);
        assertThat(at(taker, torrent.hash()).sentence()).startsWith("Stopped until ").endsWith(" by your schedule.");
        awaitEvent(taker, "bandwidth.stopped");

        clock.move(Duration.ofMinutes(30));
        change(taker, b -> b.withUsual(Rates.NONE));
        awaitState(taker, torrent.hash(), TorrentState.SEEDING);
        awaitEvent(taker, "bandwidth.resumed");
    }

    @Test
    void nothingRunsWhenItStartsInAnHourInWhichNothingMay() throws Exception {
        Engine seed = engines.seeding("seed", torrent);
        change(seed, b -> b.withWeek(nextHalfHour('x')));
        Engine taker = engines.start("taker");
        done(taker.add(engines.download("taker", torrent, addressOf(seed))));
        awaitState(taker, torrent.hash(), TorrentState.SEEDING);
        clock.move(Duration.ofMinutes(30));

        Engine again = engines.restart("seed");

        assertThat(again.snapshot().bandwidth().mode()).isEqualTo(Mode.STOP);
        assertThat(at(again, torrent.hash()).state()).isEqualTo(TorrentState.QUEUED);
        clock.move(Duration.ofMinutes(30));
        awaitState(again, torrent.hash(), TorrentState.SEEDING);
    }

    @Test
    void dayCapStopsUntilMidnightAndIsKeptOverARestart() throws Exception {
        Engine seed = engines.seeding("seed", torrent);
        Engine taker = engines.start("taker");
        change(taker, b -> b.withUsual(new Rates(RATE, 0)).withCaps(1 << 20, 0, AtCap.STOP));
        done(taker.add(engines.download("taker", torrent, addressOf(seed))));

        awaitThat(taker, torrent.hash(), now -> now.state() == TorrentState.QUEUED);
        assertThat(used(taker)).isBetween(1L << 20, (1L << 20) + 2 * MORE);
        assertThat(at(taker, torrent.hash()).sentence()).isEqualTo("Stopped until midnight, because today's data cap of 1.05 MB is reached.");
        awaitEvent(taker, "bandwidth.stopped");
        long used = used(taker);

        Engine again = engines.restart("taker");
        assertThat(used(again)).isBetween(used, used + MORE);
        assertThat(again.snapshot().bandwidth().mode()).isEqualTo(Mode.STOP);
        clock.move(Duration.ofDays(1));
        done(again.addPeers(torrent.hash(), List.of(addressOf(seed))));
        awaitState(again, torrent.hash(), TorrentState.SEEDING);
        assertThat(used(again)).isLessThan(1 << 20);
    }

    @Test
    void capThatOnlyTellsTellsOnceADay() throws Exception {
        Engine seed = engines.seeding("seed", torrent);
        Engine taker = engines.start("taker");
        change(taker, b -> b.withCaps(0, 1 << 20, AtCap.TELL));
        done(taker.add(engines.download("taker", torrent, addressOf(seed))));
        awaitState(taker, torrent.hash(), TorrentState.SEEDING);
        awaitEvent(taker, "bandwidth.cap");

        Engine again = engines.restart("taker");
        change(again, b -> b);

        assertThat(events(again, "bandwidth.cap")).hasSize(1);
        assertThat(again.snapshot().bandwidth().mode()).isEqualTo(Mode.RUN);
    }

    @Test
    void ratesOfARunHoldUntilOthersAreChosen() throws Exception {
        Engine engine = engines.start(engines.options("run").withRates(new Rates(2048, 0)));
        assertThat(engine.snapshot().bandwidth().downLimit()).isEqualTo(2048);
        assertThat(engine.settings().bandwidth().usual()).isEqualTo(Rates.NONE);

        change(engine, b -> b.withUsual(new Rates(0, 4096)));

        assertThat(engine.snapshot().bandwidth().downLimit()).isZero();
        assertThat(engine.snapshot().bandwidth().upLimit()).isEqualTo(4096);
    }
}
