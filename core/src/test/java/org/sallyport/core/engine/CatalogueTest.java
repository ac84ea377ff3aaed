package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.Friends.awaitTogether;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.failed;
import static org.sallyport.core.engine.TestEngines.refused;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.CatalogueItem;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.TorrentFixture;

/** What devices share with each other can be looked through and taken. */
class CatalogueTest {
    @TempDir
    Path temp;

    @Test
    void eachDeviceSeesWhatIsForItAndNothingElse() throws Exception {
        try (Friends friends = new Friends(temp, "anna", "bert", "carl")) {
            Engine anna = friends.start("anna");
            Engine bert = friends.start("bert");
            Engine carl = friends.start("carl");
            InfoHash forBert = friends.share(anna, friends.torrent("Summer PHOTOS.bin", 40_000), "from the lake", "bert");
            InfoHash forBoth = friends.share(anna, friends.torrent("music.bin", 20_000), "", "bert", "carl");
            InfoHash forAll = friends.share(anna, friends.torrent("public photos.bin", 20_000), "");
            TorrentFixture own = friends.torrent("downloaded.bin", 20_000);
            done(anna.add(AddRequest.seed(own.file(), own.home())));
            awaitTogether(bert);
            awaitTogether(carl);

            assertThat(done(bert.devices().catalogue("", ""))).extracting(CatalogueItem::hash).containsExactly(forBert, forBoth, forAll);
            assertThat(done(bert.devices().catalogue(friends.id("anna"), "photos"))).extracting(CatalogueItem::hash).containsExactly(forBert, forAll);
            assertThat(done(carl.devices().catalogue("", ""))).extracting(CatalogueItem::hash).containsExactly(forBoth, forAll);
            assertThat(done(carl.devices().catalogue("", "no such name"))).isEmpty();
            assertThat(done(bert.devices().catalogue("", "lake"))).as("names are searched, nothing else").isEmpty();
            assertThat(done(bert.devices().catalogue("", "summer"))).containsExactly(new CatalogueItem(forBert, friends.id("anna"), "data-anna",
                    "Summer PHOTOS.bin", 40_000, 1, "from the lake", false));

            assertThat(failed(carl.devices()
                    .take(new CatalogueItem(forBert, friends.id("anna"), "anna", "x", 1, 1, "", false), temp.resolve("inbox"))))
                    .contains("does not give this");
            assertThat(carl.snapshot().torrents()).isEmpty();
        }
    }

    @Test
    void sharesAreListedWithTheNamesOfTheirDevices() throws Exception {
        try (Friends friends = new Friends(temp, "anna", "bert", "carl")) {
            Engine anna = friends.start("anna");
            await().atMost(SOON).until(() -> anna.snapshot().devices().devices().size() == 2);
            done(anna.devices().rename(friends.id("bert"), "Zoe's PC"));
            done(anna.devices().rename(friends.id("carl"), "Carl"));

            friends.share(anna, friends.torrent("music.bin", 20_000), "", "bert", "carl");

            await().atMost(SOON).untilAsserted(() -> assertThat(anna.snapshot().shares().shares()).singleElement()
                    .satisfies(share -> assertThat(share.devices()).containsExactly("Carl", "Zoe's PC")));
            done(anna.devices().rename(friends.id("bert"), "Bert"));
            await().atMost(SOON).untilAsserted(() -> assertThat(anna.snapshot().shares().shares().get(0).devices()).containsExactly("Bert", "Carl"));
        }
    }

    @Test
    void whatIsTakenArrives() throws Exception {
        try (Friends friends = new Friends(temp, "anna", "bert")) {
            Engine anna = friends.start("anna");
            Engine bert = friends.start("bert");
            TorrentFixture torrent = friends.torrent("film.bin", 900_000);
            friends.share(anna, torrent, "", "bert");

            CatalogueItem item = done(bert.devices().catalogue("", "")).get(0);
            done(bert.devices().take(item, temp.resolve("inbox")));
            awaitState(bert, item.hash(), TorrentState.SEEDING);

            assertThat(torrent.differencesTo(temp.resolve("inbox"))).isEmpty();
            assertThat(done(bert.devices().catalogue("", "")).get(0).present()).isTrue();
            assertThat(TestEngines.events(anna, "device.cut-off")).isEmpty();
        }
    }

    @Test
    void manyAreFetchedPageByPage() throws Exception {
        try (Friends friends = new Friends(temp, "anna", "bert")) {
            Engine anna = friends.start("anna");
            Engine bert = friends.start("bert");
            Settings.Limits limits = anna.settings().limits();
            done(anna.changeSettings(anna.settings().withLimits(new Settings.Limits(limits.connections(), limits.connectionsPerTorrent(),
                    limits.uploadSlots(), limits.activeDownloads(), 1000, limits.pieceMemoryBytes()))));
            Sharing sharing = new Sharing(UploadPolicy.NORMAL, true, Set.of(), true, "\u20ac".repeat(200), Instant.MAX);
            done(anna.shares().allow(friends.torrent("first.bin", 10).home()));
            for (int i = 0; i < 70; i++) {
                TorrentFixture torrent = friends.torrent("n".repeat(220) + i + ".bin", 100 + i);
                done(anna.shares().add(new ShareRequest(torrent.data(), sharing, true), progress -> { }));
            }
            await().atMost(SOON).until(() -> anna.snapshot().torrents().stream().allMatch(torrent -> torrent.state() == TorrentState.SEEDING));

            assertThat(done(bert.devices().catalogue("", "N"))).hasSize(70).extracting(CatalogueItem::hash).doesNotHaveDuplicates();
        }
    }

    @Test
    void deviceThatCannotBeReachedOrIsUnknownIsSaid() throws Exception {
        try (Friends friends = new Friends(temp, "anna", "bert")) {
            Engine anna = friends.start("anna");
            Friends.awaitDevice(anna, device -> !device.trouble().isEmpty());

            assertThat(failed(anna.devices().catalogue(friends.id("bert"), ""))).contains("cannot be reached");
            assertThat(done(anna.devices().catalogue("", ""))).isEmpty();
            assertThat(refused(anna.devices().catalogue(friends.id("anna"), "")).rule()).isEqualTo("trust.device-unknown");
            assertThat(refused(anna.devices().catalogue("", "x".repeat(101))).rule()).isEqualTo("device.search");
            assertThat(refused(anna.devices().catalogue("not an id", "")).rule()).isEqualTo("device-id.length");
        }
    }
}
