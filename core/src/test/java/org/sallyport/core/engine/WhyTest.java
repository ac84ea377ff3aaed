package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.addressOf;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.Why;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.FreePort;
import org.sallyport.core.testkit.TorrentFixture;

/** Real engines tell why a torrent is not getting on. */
@Timeout(120)
class WhyTest {
    private static final int PIECE = 16 << 10;

    @TempDir
    Path temp;
    private TestEngines engines;
    private TorrentFixture torrent;
    private Engine engine;

    @BeforeEach
    void open() throws Exception {
        engines = new TestEngines(temp);
        torrent = TorrentFixture.folder(temp.resolve("home"), "two", PIECE, 4 * PIECE, 4 * PIECE);
        engine = engines.start("one");
        Settings.Discovery discovery = engine.settings().discovery();
        done(engine.changeSettings(engine.settings().withDiscovery(new Settings.Discovery(false, List.of(), discovery.exchange(), false))));
    }

    @AfterEach
    void close() {
        engines.close();
    }

    private void awaitWhy(String code) {
        await(code).atMost(SOON).untilAsserted(() -> assertThat(at(engine, torrent.hash()).why().code()).isEqualTo(code));
        assertThat(at(engine, torrent.hash()).why().action()).isNotEmpty();
    }

    @Test
    void withoutAnySourceThenWithAPeerThatDoesNotAnswerThenPaused() throws Exception {
        done(engine.add(engines.download("one", torrent)));
        awaitWhy("no-source");

        done(engine.addPeers(torrent.hash(), List.of(PeerAddress.of(new InetSocketAddress("127.0.0.1", FreePort.any())))));
        awaitWhy("nobody-answers");

        done(engine.changeSettings(engine.settings().withEncryption(Encryption.REQUIRE)));
        awaitWhy("obfuscation-required");

        done(engine.pause(torrent.hash()));
        awaitWhy("paused");
    }

    @Test
    void aPartThatNobodyHasIsToldAndWhatIsCompleteIsFine() throws Exception {
        Engine seeder = engines.seeding("seeder", torrent);
        Engine other = engines.start("other");
        done(other.add(engines.download("other", torrent, addressOf(seeder)).withWanted(Set.of(0))));
        awaitState(other, torrent.hash(), TorrentState.SEEDING);
        assertThat(at(other, torrent.hash()).why()).isEqualTo(Why.FINE);

        done(engine.add(engines.download("one", torrent, addressOf(other))));
        awaitWhy("nobody-has-it");
    }

    @Test
    void aTorrentForDevicesWaitsForOne() throws Exception {
        done(engine.add(engines.download("one", torrent).withSharing(Sharing.trustedDownload())));
        awaitWhy("device-away");
    }
}
