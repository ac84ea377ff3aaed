package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.addressOf;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.refused;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.metainfo.AuthorRequest;
import org.sallyport.core.metainfo.TorrentAuthor;
import org.sallyport.core.model.AllowedFolder;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.ShareConcern;
import org.sallyport.core.model.ShareSnapshot;
import org.sallyport.core.model.SharesState;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.testkit.TorrentFixture;

/** What the user allows, shares and takes back, and what becomes of it. */
@Timeout(60)
class SharesTest {
    private static final int PIECE = 32 << 10;
    private static final Sharing PUBLIC = new Sharing(UploadPolicy.NORMAL, false, Set.of(), true, "for you", Instant.MAX);

    @TempDir
    Path temp;
    private TestEngines engines;
    private Path allowed;
    private Path album;

    @BeforeEach
    void open() throws Exception {
        engines = new TestEngines(temp);
        allowed = Files.createDirectories(engines.home().resolve("to give"));
        album = TorrentFixture.folder(allowed, "album", PIECE, 100_000, 0, 50_000).data();
        Files.delete(allowed.resolve("album.torrent"));
    }

    @AfterEach
    void close() {
        engines.close();
    }

    private Engine engine() throws Exception {
        Engine engine = engines.start("one");
        done(engine.shares().allow(allowed));
        return engine;
    }

    private InfoHash share(Engine engine) {
        return done(engine.shares().add(new ShareRequest(album, PUBLIC, false), done -> { }));
    }

    private static Optional<ShareSnapshot> listed(Engine engine, InfoHash hash) {
        return engine.snapshot().shares().shares().stream().filter(share -> share.hash().equals(hash)).findFirst();
    }

    private static ShareSnapshot awaitShare(Engine engine, InfoHash hash, Predicate<ShareSnapshot> condition) {
        return await("share").atMost(SOON).until(() -> listed(engine, hash), there -> there.filter(condition).isPresent()).orElseThrow();
    }

    private static void awaitStopped(Engine engine, InfoHash hash, String rule) {
        awaitShare(engine, hash, share -> !share.trouble().isEmpty());
        awaitEvent(engine, rule);
    }

    @ParameterizedTest
    @CsvSource({"ann, share.root-home", "ann/Documents, share.root-personal", "ann/.ssh, share.root-keys", "ann/.hidden/x, share.root-hidden",
        "ann/link to ssh, share.root-keys", "data-one, share.root-data", "data-one/keys, share.root-data"})
    void placesThatHoldTooMuchAreNotAllowed(String place, String rule) throws Exception {
        for (String folder : List.of("Documents", ".ssh", ".hidden/x")) {
            Files.createDirectories(engines.home().resolve(folder));
        }
        Files.createSymbolicLink(engines.home().resolve("link to ssh"), engines.home().resolve(".ssh"));
        Engine engine = engines.start("one");

        assertThat(refused(engine.shares().allow(temp.resolve(place))).rule()).isEqualTo(rule);

        assertThat(events(engine)).filteredOn(event -> event.severity() == Event.Severity.REFUSED).singleElement()
                .satisfies(event -> assertThat(event.fact("rule")).isEqualTo(rule));
        assertThat(engine.snapshot().shares()).isEqualTo(SharesState.NONE);
    }

    @ParameterizedTest
    @CsvSource({"/, share.root-file-system", "/etc, share.root-system", "/proc/self, share.root-system"})
    void placesOfTheSystemAreNotAllowed(Path place, String rule) throws Exception {
        assertThat(refused(engines.start("one").shares().allow(place)).rule()).isEqualTo(rule);
    }

    @Test
    void theProgramsOwnFolderIsNotAllowed() throws Exception {
        Path code = Path.of(Library.class.getProtectionDomain().getCodeSource().getLocation().toURI());

        assertThat(refused(engines.start("one").shares().allow(code)).rule()).isEqualTo("share.root-program");
    }

    @Test
    void whatIsSharedArrivesWhereItIsAsked() throws Exception {
        Engine engine = engine();
        InfoHash hash = share(engine);
        awaitState(engine, hash, TorrentState.SEEDING);

        ShareSnapshot share = awaitShare(engine, hash, there -> there.trouble().isEmpty());
        assertThat(share.path()).isEqualTo(album.toRealPath());
        assertThat(List.of(share.bytes(), (long) share.files())).containsExactly(150_000L, 3L);
        assertThat(share.audience()).isEqualTo(ShareSnapshot.Audience.PUBLIC);
        assertThat(List.of(share.note(), share.download())).containsExactly("for you", false);
        assertThat(engine.snapshot().shares().folders()).extracting(AllowedFolder::path, AllowedFolder::problem)
                .containsExactly(tuple(allowed.toRealPath(), ""));
        assertThat(allowed.toFile().list()).as("nothing is left beside it").containsExactly("album");
        assertThat(events(engine, "torrent.checked")).as("read once, not twice").isEmpty();

        TorrentFixture torrent = TorrentFixture.folder(temp.resolve("copy"), "album", PIECE, 100_000, 0, 50_000);
        Engine other = engines.start("other");
        done(other.add(engines.download("other", fixture(), addressOf(engine))));
        awaitEvent(other, "torrent.released");
        assertThat(torrent.differencesTo(engines.downloads("other"))).isEmpty();
    }

    /** The torrent of the share, as somebody else would get it. */
    private TorrentFixture fixture() throws Exception {
        Path file = temp.resolve("share.torrent");
        AuthorRequest request = AuthorRequest.of(album, file);
        return new TorrentFixture(file, allowed, TorrentAuthor.write(request, done -> { }, () -> false));
    }

    @Test
    void onlyFilesInAnAllowedFolderAreShared() throws Exception {
        Engine engine = engine();
        Path outside = Files.writeString(engines.home().resolve("diary.txt"), "dear diary");
        Path link = Files.createSymbolicLink(allowed.resolve("link"), outside);
        Path empty = Files.createDirectory(allowed.resolve("empty"));

        assertThat(add(engine, outside).rule()).isEqualTo("share.not-allowed");
        assertThat(add(engine, link).rule()).isEqualTo("share.link");
        assertThat(add(engine, empty).rule()).isEqualTo("share.empty");
        assertThat(add(engine, allowed.resolve("../diary.txt")).rule()).isEqualTo("share.not-allowed");
        Files.createDirectories(allowed.resolve(".sallyport/x"));
        assertThat(add(engine, allowed).rule()).isEqualTo("share.quarantine");
        assertThat(engine.snapshot().shares().shares()).isEmpty();
        assertThat(events(engine, "command.refused")).hasSize(4); // the second of a rule at once is counted, not told
    }

    private static Refusal add(Engine engine, Path path) {
        return refused(engine.shares().add(new ShareRequest(path, PUBLIC, false), done -> { }));
    }

    @Test
    void keysAreSharedOnlyByWhoHasSeenTheWarning() throws Exception {
        Engine engine = engine();
        Files.writeString(album.resolve("id_rsa"), "-----BEGIN OPENSSH PRIVATE KEY-----");

        List<ShareConcern> concerns = done(engine.shares().examine(album));
        Refusal refusal = add(engine, album);

        assertThat(concerns).extracting(ShareConcern::path).containsExactly("id_rsa");
        assertThat(refusal.rule()).isEqualTo("share.concern");
        assertThat(refusal.sentence()).contains("id_rsa");
        InfoHash hash = done(engine.shares().add(new ShareRequest(album, PUBLIC, true), done -> { }));
        awaitState(engine, hash, TorrentState.SEEDING);
    }

    @Test
    void aShareOutlivesARestartUntilItIsStopped() throws Exception {
        Engine engine = engine();
        InfoHash hash = share(engine);
        awaitShare(engine, hash, share -> share.trouble().isEmpty());

        Engine again = engines.restart("one");
        awaitState(again, hash, TorrentState.SEEDING);
        assertThat(awaitShare(again, hash, share -> share.trouble().isEmpty()).note()).isEqualTo("for you");
        assertThat(again.snapshot().shares().folders()).hasSize(1);
        done(again.shares().stop(hash));

        assertThat(again.snapshot().shares().shares()).isEmpty();
        assertThat(again.snapshot().find(hash)).isEmpty();
        assertThat(album.resolve("file0000")).hasSize(100_000);
        assertThat(engines.restart("one").snapshot().torrents()).isEmpty();
    }

    @Test
    void takingBackAFolderStopsWhatIsSharedFromIt() throws Exception {
        Engine engine = engine();
        InfoHash hash = share(engine);

        done(engine.shares().disallow(allowed));

        assertThat(listed(engine, hash)).isEmpty();
        assertThat(engine.snapshot().shares()).isEqualTo(SharesState.NONE);
        assertThat(refused(engine.shares().disallow(allowed)).rule()).isEqualTo("share.not-allowed");
        assertThat(engines.restart("one").snapshot().torrents()).isEmpty();
    }

    @Test
    void aShareEndsWhenItsTimeIsOver() throws Exception {
        Engine engine = engine();
        Sharing brief = new Sharing(UploadPolicy.NORMAL, false, Set.of(), true, "", Instant.now().plus(Duration.ofSeconds(2)));
        InfoHash hash = done(engine.shares().add(new ShareRequest(album, brief, false), done -> { }));
        awaitShare(engine, hash, share -> true);

        awaitEvent(engine, "share.expired");
        await().atMost(SOON).until(() -> listed(engine, hash).isEmpty());
        Sharing over = new Sharing(UploadPolicy.NORMAL, false, Set.of(), true, "", Instant.EPOCH);
        assertThat(refused(engine.shares().add(new ShareRequest(album, over, false), done -> { })).rule()).isEqualTo("share.expired");
        assertThat(events(engine, "share.expired")).hasSize(1);
    }

    @Test
    void aDeviceIsNamedByItsWholeId() throws Exception {
        Engine engine = engine();
        ShareRequest request = ShareRequest.withDevices(album, Set.of("AAA"), "", Instant.MAX);

        assertThat(refused(engine.shares().add(request, done -> { })).rule()).isEqualTo("device-id.length");
    }

    @Test
    void aNewFileIsNotSharedAndIsToldOnce() throws Exception {
        Files.createSymbolicLink(album.resolve("was there"), temp);
        Engine engine = engine();
        InfoHash hash = share(engine);
        awaitState(engine, hash, TorrentState.SEEDING);
        Files.writeString(album.resolve("worm.vbs"), "WScript.Echo");

        awaitEvent(engine, "share.new-file");
        engine = engines.restart("one");
        awaitState(engine, hash, TorrentState.SEEDING);
        Files.writeString(album.resolve("worm2.vbs"), "WScript.Echo");
        Engine last = engine;
        await().atMost(SOON).until(() -> events(last, "share.new-file").size() > 1);

        assertThat(events(engine, "share.new-file")).extracting(event -> event.fact("path")).containsExactly("worm.vbs", "worm2.vbs");
        assertThat(engine.details(hash).join().orElseThrow().files()).extracting(file -> file.path())
                .containsExactly("album/file0000", "album/file0001", "album/file0002");
        assertThat(listed(engine, hash).orElseThrow().trouble()).isEmpty();
    }

    @Test
    void aChangedFileStopsItsShareUntilItIsSharedAgain() throws Exception {
        Engine engine = engine();
        InfoHash hash = share(engine);
        awaitState(engine, hash, TorrentState.SEEDING);

        Files.writeString(album.resolve("file0002"), "something else");
        awaitStopped(engine, hash, "share.changed");
        done(engine.start(hash));
        awaitStopped(engine, hash, "share.changed");
        InfoHash anew = share(engine);

        assertThat(anew).isNotEqualTo(hash);
        awaitState(engine, anew, TorrentState.SEEDING);
        assertThat(engine.snapshot().shares().shares()).extracting(ShareSnapshot::hash).containsExactly(anew);
    }

    @Test
    void aChangeWhileTheProgramWasOffStopsTheShare() throws Exception {
        Engine engine = engine();
        InfoHash hash = share(engine);
        awaitState(engine, hash, TorrentState.SEEDING);
        engine.close();
        Files.move(album.resolve("file0000"), temp.resolve("aside"));

        Engine again = engines.start("one");
        awaitStopped(again, hash, "share.changed");
        assertThat(events(again, "share.changed")).hasSize(1);
        assertThat(events(again, "torrent.trouble")).isEmpty();
    }

    @Test
    void existingDataIsNotSharedFromAPlaceThatIsRefused() throws Exception {
        Engine engine = engines.start("one");
        TorrentFixture keys = TorrentFixture.folder(engines.home(), ".ssh", PIECE, 5_000);
        TorrentFixture file = TorrentFixture.single(engines.home(), "film.bin", PIECE, 5_000);

        assertThat(refused(engine.add(AddRequest.seed(keys.file(), keys.home()))).rule()).isEqualTo("share.root-keys");
        done(engine.add(AddRequest.seed(file.file(), file.home())));
        awaitState(engine, file.hash(), TorrentState.SEEDING);
        assertThat(engine.snapshot().torrents()).hasSize(1);
    }

    @Test
    void aDownloadToAHiddenFolderArrivesAndIsNotShared() throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("other"), "film.bin", PIECE, 200_000);
        Engine seeder = engines.seeding("seeder", torrent);
        Engine engine = engines.start("one");
        Path hidden = engines.home().resolve(".cache");

        done(engine.add(AddRequest.download(torrent.file(), hidden).withPeers(List.of(addressOf(seeder)))));
        awaitEvent(engine, "torrent.released");

        assertThat(torrent.differencesTo(hidden)).isEmpty();
        assertThat(events(engine, "policy.denied")).singleElement().satisfies(event -> assertThat(event.fact("rule")).isEqualTo("share.root-hidden"));
        awaitShare(engine, torrent.hash(), share -> share.download() && share.trouble().contains("hidden folder"));
    }

    @Test
    void theUploadPolicyDecidesWhatIsListed() throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("other"), "film.bin", PIECE, 200_000);
        Engine engine = engines.seeding("one", torrent);
        assertThat(awaitShare(engine, torrent.hash(), share -> share.trouble().isEmpty()).download()).isTrue();

        done(engine.shares().upload(torrent.hash(), UploadPolicy.NEVER));
        assertThat(listed(engine, torrent.hash())).isEmpty();
        done(engine.shares().upload(torrent.hash(), UploadPolicy.WHILE_DOWNLOADING));
        assertThat(listed(engine, torrent.hash())).isEmpty();
        done(engine.shares().upload(torrent.hash(), UploadPolicy.TRUSTED_ONLY));
        assertThat(listed(engine, torrent.hash()).orElseThrow().audience()).isEqualTo(ShareSnapshot.Audience.DEVICES);
        done(engine.shares().stop(torrent.hash()));

        assertThat(listed(engine, torrent.hash())).isEmpty();
        assertThat(engine.snapshot().find(torrent.hash()).orElseThrow().sharing().upload()).isEqualTo(UploadPolicy.NEVER);
        engine = engines.restart("one");
        assertThat(engine.snapshot().find(torrent.hash()).orElseThrow().sharing().upload()).isEqualTo(UploadPolicy.NEVER);
        assertThat(engine.snapshot().shares()).isEqualTo(SharesState.NONE);
    }

    @Test
    void theStateIsTheSameUntilItChanges() throws Exception {
        Engine engine = engine();
        InfoHash hash = share(engine);
        awaitState(engine, hash, TorrentState.SEEDING);
        var first = engine.snapshot();

        await().atMost(SOON).until(() -> engine.snapshot() != first && engine.snapshot().at().isAfter(first.at().plusSeconds(1)));

        assertThat(engine.snapshot().shares()).isSameAs(first.shares());
    }

    @Test
    void anAllowedFolderThatIsGoneSaysSo() throws Exception {
        Engine engine = engine();
        Files.move(allowed, temp.resolve("aside"));

        await().atMost(SOON).until(() -> !engine.snapshot().shares().folders().get(0).problem().isEmpty());
        assertThat(engine.snapshot().shares().folders().get(0).problem()).contains("is not there");
    }
}
