package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.Couple.awaitStage;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.PairingState.Stage;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.testkit.TorrentFixture;

/** A device that was just paired is not called before it knows that, or it would answer as it answers strangers. */
class FirstCallTest {
    /** In so many snapshots the clock of an engine ticks more than once: it calls whom it means to call. */
    private static final int SEVERAL_TICKS = 5;

    @TempDir
    Path temp;

    /** Nothing is kept by this engine until the connection is closed: its disk is slow. */
    private static Connection slow(EngineOptions options) throws Exception {
        Connection holder = DriverManager.getConnection("jdbc:sqlite:" + options.dataDirectory().resolve("state.db"));
        try (Statement statement = holder.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
        }
        return holder;
    }

    private static void awaitSeveralTicks(Engine engine) {
        AtomicInteger seen = new AtomicInteger();
        try (Engine.Subscription listening = engine.onSnapshot(snapshot -> seen.incrementAndGet())) {
            await("ticks").atMost(SOON).until(() -> seen.get() >= SEVERAL_TICKS);
        }
    }

    @Test
    void deviceIsCalledWhenItHasKeptThePairing() throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("own"), "a.bin", 16_384, 100_000);
        try (Couple couple = Couple.in(temp)) {
            done(couple.shower.add(AddRequest.seed(torrent.file(), torrent.home()).withSharing(Sharing.trustedDownload())));
            awaitState(couple.shower, torrent.hash(), TorrentState.SEEDING);
            done(couple.reader.add(couple.engines.download("reader", torrent).withSharing(Sharing.trustedDownload())));
            couple.compare();
            done(couple.shower.devices().confirm(true));

            try (Connection held = slow(couple.options("shower"))) {
                done(couple.reader.devices().confirm(true));
                awaitStage(couple.reader, Stage.PAIRED);
                awaitSeveralTicks(couple.reader);
                assertThat(Couple.pairing(couple.shower).stage()).isEqualTo(Stage.WAITING);
            }
            awaitStage(couple.shower, Stage.PAIRED);
            awaitState(couple.reader, torrent.hash(), TorrentState.SEEDING);
            Friends.awaitTogether(couple.reader);

            assertThat(events(couple.shower, "device.stranger")).isEmpty();
            assertThat(events(couple.reader, "device.call-refused")).isEmpty();
        }
    }
}
