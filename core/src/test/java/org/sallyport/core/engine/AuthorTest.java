package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.failed;
import static org.sallyport.core.engine.TestEngines.refused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.metainfo.MetainfoReader;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.Authorship.Kind;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Provenance;
import org.sallyport.core.model.PublisherSnapshot;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.FileServer;
import org.sallyport.core.testkit.FileServer.Manner;
import org.sallyport.core.testkit.SignedTorrents;

/** Signed torrents from the one who signs to the one who downloads. */
@Timeout(120)
class AuthorTest {
    @TempDir
    private Path temp;

    private TestEngines engines;
    private Engine author;
    private Engine reader;

    @BeforeEach
    void begin() throws Exception {
        engines = new TestEngines(temp);
        author = engines.start("author");
        reader = engines.start("reader");
    }

    @AfterEach
    void end() {
        engines.close();
    }

    private Path signed(Instant until) throws IOException {
        Path content = Files.write(temp.resolve("book.txt"), SignedTorrents.ID.getBytes());
        Path torrent = temp.resolve("book.torrent");
        done(author.publishers().create("Example Press", SignedTorrents.ID, PublisherSnapshot.Key.ED25519));
        done(author.create(new CreateRequest(content, torrent, 0, List.of(List.of("http://tracker.example/announce")), List.of(), false, "")
                .signedBy(SignedTorrents.ID, until), progress -> { }));
        return torrent;
    }

    private Provenance provenance(InfoHash hash) {
        return reader.details(hash).join().orElseThrow().provenance();
    }

    @Test
    void whoIsRememberedIsKnownFromThenOnAndWhoIsRemovedIsNot() throws Exception {
        Path torrent = signed(Instant.MAX);

        Authorship seen = done(reader.inspect(torrent)).author();
        InfoHash hash = done(reader.add(AddRequest.download(torrent, engines.downloads("reader")).withPaused(true)));

        assertThat(seen.kind()).isEqualTo(Kind.NEW);
        assertThat(provenance(hash).line()).isEqualTo("signed by " + SignedTorrents.ID + " (not known yet)");
        PublisherSnapshot known = done(reader.publishers().remember(new AddSource.MetainfoFile(torrent), seen, "My Press"));
        assertThat(known.fingerprint()).isEqualTo(seen.fingerprint());
        assertThat(provenance(hash).line()).isEqualTo("signed by My Press");
        await().atMost(TestEngines.SOON).until(() -> reader.snapshot().find(hash).orElseThrow().provenance().line().equals("signed by My Press"));
        assertThat(done(engines.restart("reader").inspect(torrent)).author().name()).isEqualTo("My Press");
    }

    @Test
    void rememberingTakesOnlyWhomThePersonSaw() throws Exception {
        Path torrent = signed(Instant.MAX);
        Authorship other = new Authorship(Kind.NEW, SignedTorrents.ID, "", "0".repeat(64), "");

        assertThat(refused(reader.publishers().remember(new AddSource.MetainfoFile(torrent), other, "")).rule()).isEqualTo("publisher.other-author");
        assertThat(done(reader.publishers().list())).isEmpty();
    }

    @Test
    void aChangedTorrentIsRefusedAndNothingOfItStays() throws Exception {
        Path torrent = signed(Instant.MAX);
        Path changed = Files.write(temp.resolve("changed.torrent"),
                SignedTorrents.replace(Files.readAllBytes(torrent), "http://tracker.example", "http://tracker.hostile"));

        Refusal refusal = refused(reader.add(AddRequest.download(changed, engines.downloads("reader"))));

        assertThat(refusal.rule()).isEqualTo("policy.author-broken");
        assertThat(done(reader.inspect(changed)).author().kind()).isEqualTo(Kind.BROKEN);
        assertThat(reader.snapshot().torrents()).isEmpty();
        assertThat(TestEngines.events(reader, "command.refused")).isNotEmpty();
    }

    @Test
    void whatHasExpiredIsAddedAndSaysSo() throws Exception {
        Path torrent = signed(Instant.parse("2020-01-01T00:00:00Z"));

        InfoHash hash = done(reader.add(AddRequest.download(torrent, engines.downloads("reader")).withPaused(true)));

        assertThat(provenance(hash).author().kind()).isEqualTo(Kind.EXPIRED);
    }

    @Test
    void aPublisherIsHandedOverAsAFile() throws Exception {
        Path torrent = signed(Instant.MAX);
        Path certificate = done(author.publishers().export(SignedTorrents.ID, temp.resolve("press.pem")));

        PublisherSnapshot added = done(reader.publishers().add(certificate, ""));

        assertThat(added.name()).isEqualTo("Example Press");
        assertThat(done(reader.inspect(torrent)).author().kind()).isEqualTo(Kind.KNOWN);
        Path again = done(reader.publishers().export(SignedTorrents.ID, temp.resolve("key.pem")));
        done(reader.publishers().remove(SignedTorrents.ID));
        assertThat(done(reader.inspect(torrent)).author().kind()).isEqualTo(Kind.NEW);
        assertThat(done(reader.publishers().add(again, "Once More")).fingerprint()).isEqualTo(added.fingerprint());
        assertThat(refused(reader.publishers().add(torrent, "")).rule()).isEqualTo("publisher.known");
        assertThat(refused(reader.publishers().add(Files.writeString(temp.resolve("junk"), "junk"), "")).rule()).isEqualTo("publisher.file");
        assertThat(refused(reader.publishers().export(SignedTorrents.ID, again)).rule()).isEqualTo("export.exists");
    }

    @Test
    void onlyAnOwnPublisherSigns() throws Exception {
        Path content = Files.writeString(temp.resolve("a.txt"), "a");
        CreateRequest request = new CreateRequest(content, temp.resolve("a.torrent"), 0, List.of(), List.of(), false, "")
                .signedBy("nobody", Instant.MAX);

        assertThat(refused(author.create(request, progress -> { })).rule()).isEqualTo("publisher.not-own");
        assertThat(temp.resolve("a.torrent")).doesNotExist();
    }

    @Test
    void anExportWithOtherTrackersLeavesOutWhatWasSignedForItsOwn() throws Exception {
        Path torrent = signed(Instant.MAX);
        InfoHash hash = done(reader.add(AddRequest.download(torrent, engines.downloads("reader")).withPaused(true)));

        Path same = done(reader.torrents().export(hash, temp.resolve("same.torrent")));
        done(reader.torrents().trackers(hash, List.of(List.of("http://other.example/announce"))));
        Path other = done(reader.torrents().export(hash, temp.resolve("other.torrent")));

        assertThat(same).hasSameBinaryContentAs(torrent);
        assertThat(done(reader.inspect(other)).author()).isEqualTo(Authorship.NONE);
        assertThat(MetainfoReader.read(other).hash()).isEqualTo(hash);
    }

    @Test
    void aTorrentComesFromAWebAddressAndSaysSo() throws Exception {
        Path torrent = signed(Instant.MAX);
        try (FileServer web = FileServer.start(temp, Manner.MOVED)) {
            String url = web.url() + "book.torrent";
            assertThat(refused(reader.torrents().look(url)).rule()).isEqualTo("policy.source-local-address");
            assertThat(web.asked()).isEmpty();
            allowLocal();

            assertThat(done(reader.torrents().look(url)).author().id()).isEqualTo(SignedTorrents.ID);
            int asked = web.asked().size();
            Files.write(torrent, new SignedTorrents().bytes()); // what was looked at is what is added
            InfoHash hash = done(reader.add(AddRequest.download(new AddSource.WebAddress(url), engines.downloads("reader")).withPaused(true)));

            assertThat(web.asked()).hasSize(asked);
            assertThat(provenance(hash).line()).isEqualTo("signed by " + SignedTorrents.ID + " (not known yet) · added from " + url);
            reader = engines.restart("reader");
            assertThat(provenance(hash).url()).isEqualTo(url);
        }
    }

    @Test
    void whatIsNoTorrentIsNotTakenFromAWebAddress() throws Exception {
        allowLocal();
        Files.writeString(temp.resolve("page.html"), "<html>");
        Files.write(temp.resolve("huge.torrent"), "d".repeat((10 << 20) + 1).getBytes());
        Files.writeString(temp.resolve("bad.torrent"), "d4:info");
        Map<String, String> refusals = Map.of("page.html", "fetch.not-a-torrent", "huge.torrent", "fetch.size", "bad.torrent", "bencode.truncated");
        try (FileServer web = FileServer.start(temp, Manner.GOOD)) {
            refusals.forEach((name, rule) -> assertThat(refused(reader.torrents().look(web.url() + name)).rule()).isEqualTo(rule));
        }
        assertThat(refusalFrom(Manner.MISSING)).isEqualTo("fetch.status");
        assertThat(refusalFrom(Manner.LOOP)).isEqualTo("discovery.redirect-count");
        assertThat(refusalFrom(Manner.TO_FILE)).isEqualTo("discovery.scheme");
        assertThat(refusalFrom(Manner.COMPRESSED)).isEqualTo("fetch.encoding");
        assertThat(refused(reader.torrents().look("http://user@tracker.example/a.torrent")).rule()).isEqualTo("discovery.url");
        assertThat(failed(reader.torrents().look("http://127.0.0.1:1/a.torrent"))).contains("could not be reached");
        assertThat(reader.snapshot().torrents()).isEmpty();
    }

    private String refusalFrom(Manner manner) {
        try (FileServer web = FileServer.start(temp, manner)) {
            return refused(reader.torrents().look(web.url() + "bad.torrent")).rule();
        }
    }

    private void allowLocal() {
        done(reader.changeSettings(reader.settings().withTrackers(new Settings.Trackers(true))));
    }
}
