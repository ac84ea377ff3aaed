package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.awaitThat;
import static org.sallyport.core.engine.TestEngines.done;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Bandwidth;
import org.sallyport.core.testkit.TorrentFixture;

/** Torrents that wait for their turn rest meanwhile, and hear of all that concerns them. */
class WaitingTest {
    /** In so many snapshots what stands still falls asleep. */
    private static final int A_WHILE = 5;
    private static final int PIECE = 16_384;

    @TempDir
    Path temp;
    private TestEngines engines;
    private Engine engine;
    private final List<TorrentFixture> torrents = new ArrayList<>();

    @BeforeEach
    void oneRunsAndTheOthersWait() throws Exception {
        engines = new TestEngines(temp);
        engine = engines.start("one");
        allow(1);
        for (String name : List.of("a", "b", "c", "d")) {
            torrents.add(TorrentFixture.single(temp.resolve("home"), name, PIECE, PIECE));
            done(engine.add(engines.download("one", torrents.get(torrents.size() - 1))));
        }
        awaitStates(TorrentState.DOWNLOADING, TorrentState.QUEUED, TorrentState.QUEUED, TorrentState.QUEUED);
        rest();
    }

    @AfterEach
    void close() {
        engines.close();
    }

    private void allow(int downloads) {
        Settings.Limits limits = engine.settings().limits();
        done(engine.changeSettings(engine.settings().withLimits(new Settings.Limits(limits.connections(), limits.connectionsPerTorrent(),
                limits.uploadSlots(), downloads, limits.activeSeeds(), limits.pieceMemoryBytes()))));
    }

    private void rest() {
        AtomicInteger seen = new AtomicInteger();
        try (Engine.Subscription listening = engine.onSnapshot(snapshot -> seen.incrementAndGet())) {
            await("a while").atMost(SOON).until(() -> seen.get() >= A_WHILE);
        }
    }

    private void awaitStates(TorrentState... states) {
        await().atMost(SOON).untilAsserted(() -> assertThat(torrents).extracting(torrent -> at(engine, torrent.hash()).state())
                .containsExactly(states));
    }

    @Test
    void theNextTakesThePlaceOfOneThatIsPaused() {
        done(engine.pause(torrents.get(0).hash()));

        awaitStates(TorrentState.PAUSED, TorrentState.DOWNLOADING, TorrentState.QUEUED, TorrentState.QUEUED);
    }

    @Test
    void morePlacesAreTakenInTheOrderOfTheQueue() {
        allow(3);

        awaitStates(TorrentState.DOWNLOADING, TorrentState.DOWNLOADING, TorrentState.DOWNLOADING, TorrentState.QUEUED);
    }

    @Test
    void oneThatIsRemovedMovesTheOthersUp() {
        done(engine.remove(torrents.remove(1).hash(), false));

        awaitStates(TorrentState.DOWNLOADING, TorrentState.QUEUED, TorrentState.QUEUED);
        awaitThat(engine, torrents.get(1).hash(), now -> now.queuePosition() == 2 && now.why().sentence().contains("1 torrent is"));
    }

    @Test
    void allSayThatNothingMayRunNowAndGoOnAfterwards() throws Exception {
        Bandwidth usual = engine.settings().bandwidth();
        done(engine.changeSettings(engine.settings().withBandwidth(usual.withWeek(Collections.nCopies(7, "x".repeat(48))))));

        for (TorrentFixture torrent : torrents) {
            awaitThat(engine, torrent.hash(), now -> now.state() == TorrentState.QUEUED && now.sentence().startsWith("Stopped"));
        }
        rest();
        done(engine.changeSettings(engine.settings().withBandwidth(usual)));

        awaitStates(TorrentState.DOWNLOADING, TorrentState.QUEUED, TorrentState.QUEUED, TorrentState.QUEUED);
        awaitThat(engine, torrents.get(3).hash(), now -> now.sentence().equals("Waiting for its turn"));
    }
}
