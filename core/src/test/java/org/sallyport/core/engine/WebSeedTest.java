package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.addressOf;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.model.WebSeedSnapshot;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.FileServer;
import org.sallyport.core.testkit.FileServer.Manner;
import org.sallyport.core.testkit.TorrentFixture;

/** A real engine and a real web server on loopback (BEP 19, BEP 17). */
@Timeout(120)
class WebSeedTest {
    @TempDir
    Path temp;

    private TestEngines engines;

    @BeforeEach
    void begin() {
        engines = new TestEngines(temp);
    }

    @AfterEach
    void end() {
        engines.close();
    }

    /** A torrent may name servers on this computer literally only when the user said so. */
    private Engine engine(String name) throws EngineStartException {
        Engine engine = engines.start(name);
        done(engine.changeSettings(engine.settings().withTrackers(new Settings.Trackers(true))));
        return engine;
    }

    private static WebSeedSnapshot server(Engine engine, TorrentFixture torrent) {
        return engine.details(torrent.hash()).join().orElseThrow().webSeeds().get(0);
    }

    @Test
    void aFolderComesFromAWebServerAlone() throws Exception {
        TorrentFixture plain = TorrentFixture.folder(temp.resolve("home"), "a b+ü", 32_768, 100_000, 0, 3, 200_000);
        try (FileServer web = FileServer.start(plain.home(), Manner.GOOD)) {
            TorrentFixture torrent = plain.withWebSeeds("url-list", web.url());
            Engine engine = engine("one");

            done(engine.add(engines.download("one", torrent)));

            awaitState(engine, torrent.hash(), TorrentState.SEEDING);
            assertThat(torrent.differencesTo(engines.downloads("one"))).isEmpty();
            assertThat(web.asked()).contains("/a%20b%2B%C3%BC/file0002 bytes=0-2");
            assertThat(web.connections()).as("all on one connection").isEqualTo(1);
            assertThat(server(engine, torrent).downloadedBytes()).isGreaterThanOrEqualTo(300_003);
        }
    }

    @Test
    void aSingleFileHasItsAddressWithAndWithoutItsName() throws Exception {
        TorrentFixture plain = TorrentFixture.single(temp.resolve("home"), "film.bin", 65_536, 1_500_000);
        try (FileServer web = FileServer.start(plain.home(), Manner.MOVED)) {
            for (String url : new String[] {web.url(), web.url() + "film.bin"}) {
                TorrentFixture torrent = plain.withWebSeeds("url-list", url);
                String name = "one" + url.length();
                Engine engine = engine(name);

                done(engine.add(engines.download(name, torrent)));

                awaitState(engine, torrent.hash(), TorrentState.SEEDING);
                assertThat(torrent.differencesTo(engines.downloads(name))).isEmpty();
            }
        }
    }

    @Test
    void piecesComeByNumberFromAServerOfTheOlderKind() throws Exception {
        TorrentFixture plain = TorrentFixture.single(temp.resolve("home"), "film.bin", 65_536, 300_000);
        try (FileServer web = FileServer.start(plain.home(), Manner.PIECES)) {
            TorrentFixture torrent = plain.withWebSeeds("httpseeds", web.url() + "film.bin");
            Engine engine = engine("one");

            done(engine.add(engines.download("one", torrent)));

            awaitState(engine, torrent.hash(), TorrentState.SEEDING);
            assertThat(torrent.differencesTo(engines.downloads("one"))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "OTHER_PART  | REFUSED | sent another part",
        "COMPRESSED  | REFUSED | compressed",
        "MISSING     | REFUSED | HTTP status 404",
        "TO_FILE     | REFUSED | Only http and https",
        "LOOP        | REFUSED | sent us on more than 3 times",
        "WRONG_BYTES | REFUSED | sent piece",
        "CUT_OFF     | WAITING | connection to the web server broke"})
    void aBadServerIsLeftAndOthersGiveTheRest(Manner manner, WebSeedSnapshot.Status status, String reason) throws Exception {
        TorrentFixture plain = TorrentFixture.single(temp.resolve("home"), "film.bin", 65_536, 900_000);
        try (FileServer web = FileServer.start(plain.home(), manner)) {
            TorrentFixture torrent = plain.withWebSeeds("url-list", web.url());
            Engine engine = engine("one");

            done(engine.add(engines.download("one", torrent)));

            await().atMost(SOON).until(() -> server(engine, torrent).status() == status);
            assertThat(server(engine, torrent).message()).contains(reason);
            Engine seeder = engines.seeding("two", plain);
            done(engine.addPeers(torrent.hash(), List.of(addressOf(seeder))));
            awaitState(engine, torrent.hash(), TorrentState.SEEDING);
            assertThat(torrent.differencesTo(engines.downloads("one"))).isEmpty();
            assertThat(events(engine, "peer.banned")).isEmpty();
            assertThat(events(engine, "web-seed.bad-piece")).hasSize(manner == Manner.WRONG_BYTES ? 1 : 0);
        }
    }

    @Test
    void aServerThatOnlyGivesWholeFilesIsUsedForTheFirstPartOnly() throws Exception {
        TorrentFixture plain = TorrentFixture.single(temp.resolve("home"), "film.bin", 16_384, 10_000);
        try (FileServer web = FileServer.start(plain.home(), Manner.NO_RANGES)) {
            TorrentFixture torrent = plain.withWebSeeds("url-list", web.url());
            Engine engine = engine("one");

            done(engine.add(engines.download("one", torrent)));

            awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        }
    }

    @Test
    void aBusyServerIsAskedAgainWhenItSaid() throws Exception {
        TorrentFixture plain = TorrentFixture.single(temp.resolve("home"), "film.bin", 65_536, 400_000);
        try (FileServer web = FileServer.start(plain.home(), Manner.BUSY_FIRST)) {
            TorrentFixture torrent = plain.withWebSeeds("url-list", web.url());
            Engine engine = engine("one");

            done(engine.add(engines.download("one", torrent)));

            awaitState(engine, torrent.hash(), TorrentState.SEEDING);
            assertThat(torrent.differencesTo(engines.downloads("one"))).isEmpty();
        }
    }

    @Test
    void nothingInsideTheNetworkIsAskedUnlessItWasAllowed() throws Exception {
        TorrentFixture plain = TorrentFixture.single(temp.resolve("home"), "film.bin", 65_536, 400_000);
        try (FileServer web = FileServer.start(plain.home(), Manner.GOOD)) {
            TorrentFixture torrent = plain.withWebSeeds("url-list", web.url());
            Engine engine = engines.start("one");

            done(engine.add(engines.download("one", torrent)));

            await().atMost(SOON).until(() -> server(engine, torrent).status() == WebSeedSnapshot.Status.REFUSED);
            assertThat(web.asked()).isEmpty();
        }
    }

    @Test
    void aTorrentForDevicesAsksNoServer() throws Exception {
        TorrentFixture plain = TorrentFixture.single(temp.resolve("home"), "film.bin", 65_536, 400_000);
        try (FileServer web = FileServer.start(plain.home(), Manner.GOOD)) {
            TorrentFixture torrent = plain.withWebSeeds("url-list", web.url());
            Engine engine = engine("one");
            Sharing trusted = new Sharing(UploadPolicy.NORMAL, true, Set.of(), false, "", Instant.MAX);

            done(engine.add(engines.download("one", torrent).withSharing(trusted)));

            await().atMost(SOON).until(() -> engine.snapshot().find(torrent.hash()).filter(t -> t.state() == TorrentState.DOWNLOADING).isPresent());
            Optional<TorrentDetails> details = engine.details(torrent.hash()).join();
            assertThat(details.orElseThrow().webSeeds()).isEmpty();
            assertThat(web.asked()).isEmpty();
        }
    }
}
