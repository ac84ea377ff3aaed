package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.awaitThat;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.failed;
import static org.sallyport.core.engine.TestEngines.refused;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.testkit.ScriptedSeed;
import org.sallyport.core.testkit.ScriptedSeed.Talk;
import org.sallyport.core.testkit.TinyDisk;
import org.sallyport.core.testkit.TorrentFixture;

/** A torrent's files go to another folder, or are found in one, and it goes on there. */
@Timeout(90)
class RelocationTest {
    private static final int PIECE = 32 << 10;
    private static final int[] SIZES = {100_000, 0, 50_000, 200_000};

    @TempDir
    Path temp;
    private TestEngines engines;
    private TorrentFixture torrent;
    private Path there;

    @BeforeEach
    void open() {
        engines = new TestEngines(temp);
        torrent = TorrentFixture.folder(temp.resolve("home"), "album", PIECE, SIZES);
        there = temp.resolve("there");
    }

    @AfterEach
    void close() {
        engines.close();
    }

    private Path here() {
        return engines.downloads("one");
    }

    private void isThere(Engine engine, Path folder) {
        awaitThat(engine, torrent.hash(), now -> now.path().equals(folder.resolve("album")));
        assertThat(torrent.differencesTo(folder)).isEmpty();
        assertThat(here().resolve("album")).doesNotExist();
        assertThat(here().resolve(".sallyport")).doesNotExist();
        assertThat(folder.resolve(".sallyport")).doesNotExist();
    }

    @Test
    void aSharedTorrentGoesOnBeingSharedWithoutACheckAndAlsoAfterARestart() throws Exception {
        Engine engine = engines.downloaded("one", torrent);

        done(engine.torrents().move(torrent.hash(), there));

        isThere(engine, there);
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        engines.gives(engine, torrent);
        assertThat(events(engine, "torrent.moved")).hasSize(1);
        Engine again = engines.restart("one");
        awaitState(again, torrent.hash(), TorrentState.SEEDING);
        isThere(again, there);
        assertThat(events(again, "torrent.checked")).isEmpty();
    }

    @Test
    void itIsSeenToMove() throws Exception {
        Engine engine = engines.downloaded("one", torrent);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        engine.onSnapshot(snapshot -> snapshot.find(torrent.hash()).ifPresent(now -> seen.add(now.state() + ": " + now.sentence())));

        done(engine.torrents().move(torrent.hash(), there));

        assertThat(seen).contains("CHECKING: Moving its files, 0 %");
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
    }

    @Test
    void whatIsNotOfTheTorrentStays() throws Exception {
        Engine engine = engines.downloaded("one", torrent);
        Path note = Files.writeString(here().resolve("album").resolve("my note.txt"), "mine");

        done(engine.torrents().move(torrent.hash(), there));

        assertThat(torrent.differencesTo(there)).isEmpty();
        assertThat(here().resolve("album")).isDirectoryContaining(note::equals).isDirectoryNotContaining(file -> !file.equals(note));
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        assertThat(events(engine, "torrent.checked")).isEmpty();
    }

    @Test
    void aDownloadGoesOnInTheNewFolder() throws Exception {
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", (talk, ask) -> {
            if (ask.piece() < 3) {
                talk.give(ask);
            }
        }); ScriptedSeed rest = ScriptedSeed.fast(torrent, "127.0.0.3", Talk::give)) {
            Engine engine = engines.start("one");
            done(engine.add(engines.download("one", torrent, seed.address()).withSequential(true)));
            awaitThat(engine, torrent.hash(), now -> now.doneBytes() >= 2L * PIECE);

            done(engine.torrents().move(torrent.hash(), there));
            assertThat(here().resolve(".sallyport")).doesNotExist();
            assertThat(there.resolve(".sallyport")).isDirectory();
            done(engine.addPeers(torrent.hash(), List.of(rest.address())));

            awaitEvent(engine, "torrent.released");
            isThere(engine, there);
            assertThat(rest.asks()).extracting(ScriptedSeed.Ask::piece).doesNotContain(0, 1);
        }
    }

    @Test
    void toAnotherDiskItIsCopiedComparedAndThenDeleted() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(temp, "size=64m")) {
            Engine engine = engines.downloaded("one", torrent);

            done(engine.torrents().move(torrent.hash(), disk.folder().resolve("films")));

            isThere(engine, disk.folder().resolve("films"));
            awaitState(engine, torrent.hash(), TorrentState.SEEDING);
            engines.gives(engine, torrent);
            assertThat(events(engine, "torrent.checked")).isEmpty();
            done(engine.torrents().move(torrent.hash(), here()));
            assertThat(torrent.differencesTo(here())).isEmpty();
            assertThat(disk.folder().resolve("films")).isEmptyDirectory();
        }
    }

    @Test
    void partsGoToAnotherDiskToo() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(temp, "size=64m");
                ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", (talk, ask) -> {
                    if (ask.piece() < 3) {
                        talk.give(ask);
                    }
                }); ScriptedSeed rest = ScriptedSeed.fast(torrent, "127.0.0.3", Talk::give)) {
            Engine engine = engines.start("one");
            done(engine.add(engines.download("one", torrent, seed.address()).withSequential(true)));
            awaitThat(engine, torrent.hash(), now -> now.doneBytes() >= 2L * PIECE);
            done(engine.pause(torrent.hash()));

            done(engine.torrents().move(torrent.hash(), disk.folder()));
            assertThat(at(engine, torrent.hash()).state()).isIn(TorrentState.PAUSED, TorrentState.CHECKING);
            done(engine.addPeers(torrent.hash(), List.of(rest.address())));
            done(engine.start(torrent.hash()));

            awaitEvent(engine, "torrent.released");
            isThere(engine, disk.folder());
            assertThat(rest.asks()).extracting(ScriptedSeed.Ask::piece).doesNotContain(0, 1);
        }
    }

    @Test
    void aDiskThatIsTooSmallIsRefusedAndNothingHappens() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(temp, "size=256k")) {
            Engine engine = engines.downloaded("one", torrent);

            assertThat(refused(engine.torrents().move(torrent.hash(), disk.folder().resolve("films"))).rule()).isEqualTo("move.no-space");

            assertThat(torrent.differencesTo(here())).isEmpty();
            awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        }
    }

    @Test
    void placesThatCannotBeMeantAreRefusedEachForItsReason() throws Exception {
        Engine engine = engines.downloaded("one", torrent);
        Files.createDirectories(there.resolve("album"));
        Files.writeString(temp.resolve("a file"), "x");

        assertRefused(engine, here(), "move.same");
        assertRefused(engine, here().resolve("album").resolve("inner"), "move.into-itself");
        assertRefused(engine, temp.resolve("x").resolve(".sallyport"), "move.quarantine");
        assertRefused(engine, there, "move.name-taken");
        assertRefused(engine, temp.resolve("a file"), "move.not-a-folder");
        assertRefused(engine, engines.options("one").dataDirectory(), "share.root-data");
        assertThat(refused(engine.torrents().move(new InfoHash("0".repeat(40)), there)).rule()).isEqualTo("torrent.unknown");
        assertThat(events(engine, "command.refused")).hasSizeGreaterThan(5);
        assertThat(torrent.differencesTo(here())).isEmpty();
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
    }

    private void assertRefused(Engine engine, Path folder, String rule) {
        assertThat(refused(engine.torrents().move(torrent.hash(), folder)).rule()).isEqualTo(rule);
    }

    @Test
    void filesThatAnotherTorrentSharesStay() throws Exception {
        Engine engine = engines.seeding("one", torrent);
        TorrentFixture same = TorrentFixture.folder(temp.resolve("other home"), "album", 2 * PIECE, SIZES);
        done(engine.add(AddRequest.seed(same.file(), torrent.home())));

        assertThat(refused(engine.torrents().move(torrent.hash(), there)).rule()).isEqualTo("move.used-elsewhere");

        assertThat(torrent.data()).isDirectory();
    }

    @Test
    void whatIsSharedFromAnAllowedFolderStaysInOne() throws Exception {
        Path allowed = Files.createDirectories(temp.resolve("allowed"));
        Files.write(allowed.resolve("film.bin"), new byte[100_000]);
        Engine engine = engines.start("one");
        done(engine.shares().allow(allowed));
        Sharing everybody = new Sharing(UploadPolicy.NORMAL, false, Set.of(), true, "", Instant.MAX);
        InfoHash hash = done(engine.shares().add(new ShareRequest(allowed.resolve("film.bin"), everybody, true), done -> { }));
        awaitState(engine, hash, TorrentState.SEEDING);

        assertThat(refused(engine.torrents().move(hash, there)).rule()).isEqualTo("share.not-allowed");
        done(engine.torrents().move(hash, allowed.resolve("deeper")));

        assertThat(allowed.resolve("deeper").resolve("film.bin")).exists();
        awaitState(engine, hash, TorrentState.SEEDING);
        assertThat(engine.snapshot().shares().shares()).singleElement().satisfies(share -> assertThat(share.trouble()).isEmpty());
    }

    @Test
    void aTorrentWhoseFilesArePlacedElsewhereByHandIsFoundCheckedAndShared() throws Exception {
        Engine engine = engines.downloaded("one", torrent);
        done(engine.pause(torrent.hash()));
        Files.createDirectories(there);
        Files.move(here().resolve("album"), there.resolve("album"));
        done(engine.start(torrent.hash()));
        awaitState(engine, torrent.hash(), TorrentState.TROUBLE);

        assertThat(refused(engine.torrents().locate(torrent.hash(), temp.resolve("home").resolve("nothing"))).rule()).isEqualTo("locate.no-data");
        done(engine.torrents().locate(torrent.hash(), there));

        awaitEvent(engine, "torrent.checked");
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        isThere(engine, there);
        engines.gives(engine, torrent);
    }

    @Test
    void dataUnderAnotherNameIsFoundAndAMissingFileFetchedAgain() throws Exception {
        Engine engine = engines.downloaded("one", torrent);
        done(engine.pause(torrent.hash()));
        Path found = temp.resolve("my album");
        Files.move(here().resolve("album"), found);
        Files.delete(found.resolve("file0002"));

        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.3", Talk::give)) {
            done(engine.torrents().locate(torrent.hash(), found));
            done(engine.addPeers(torrent.hash(), List.of(seed.address())));
            done(engine.start(torrent.hash()));

            await().atMost(SOON).until(() -> events(engine, "torrent.released").size() == 2);
            assertThat(found.resolve("file0002")).hasSize(50_000);
            assertThat(at(engine, torrent.hash()).path()).isEqualTo(found);
        }
    }

    @Test
    void aFileThatIsALinkByNowStopsTheMoveAndIsNotFollowed() throws Exception {
        Engine engine = engines.downloaded("one", torrent);
        done(engine.pause(torrent.hash()));
        Path secret = Files.writeString(temp.resolve("secret"), "secret");
        Files.delete(here().resolve("album").resolve("file0002"));
        Files.createSymbolicLink(here().resolve("album").resolve("file0002"), secret);

        assertThat(failed(engine.torrents().move(torrent.hash(), there))).contains("is a link");

        assertThat(here().resolve("album").resolve("file0003")).exists();
        assertThat(there).isEmptyDirectory();
    }
}
