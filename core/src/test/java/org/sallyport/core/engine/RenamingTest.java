package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.awaitThat;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.refused;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.metainfo.AuthorRequest;
import org.sallyport.core.metainfo.TorrentAuthor;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.testkit.ScriptedSeed;
import org.sallyport.core.testkit.ScriptedSeed.Talk;
import org.sallyport.core.testkit.TorrentFixture;

/** Other names in the list and on disk; what is exchanged stays the same torrent. */
@Timeout(90)
class RenamingTest {
    private static final int PIECE = 32 << 10;

    @TempDir
    Path temp;
    private TestEngines engines;
    private TorrentFixture torrent;

    @BeforeEach
    void open() throws Exception {
        engines = new TestEngines(temp);
        Path home = temp.resolve("home");
        for (String file : List.of("one/a.bin", "one/b.bin", "two/a.bin", "top.bin")) {
            Path path = home.resolve("album").resolve(file);
            Files.createDirectories(path.getParent());
            Files.write(path, new byte[60_000 + file.hashCode() % 1000]);
        }
        Path file = home.resolve("album.torrent");
        torrent = new TorrentFixture(file, home,
                TorrentAuthor.write(AuthorRequest.of(home.resolve("album"), file).withPieceLength(PIECE), done -> { }, () -> false));
    }

    @AfterEach
    void close() {
        engines.close();
    }

    private Path here() {
        return engines.downloads("one");
    }

    private List<String> files(Engine engine) {
        return engine.details(torrent.hash()).join().orElseThrow().files().stream().map(FileSnapshot::path).sorted().toList();
    }

    @Test
    void theNameInTheListIsOnlyAName() throws Exception {
        Engine engine = engines.downloaded("one", torrent);

        done(engine.torrents().rename(torrent.hash(), "  Songs of summer "));

        assertThat(at(engine, torrent.hash()).name()).isEqualTo("Songs of summer");
        assertThat(here().resolve("album")).isDirectory();
        assertThat(refused(engine.torrents().rename(torrent.hash(), "two\nlines")).rule()).isEqualTo("rename.text");
        Engine again = engines.restart("one");
        assertThat(at(again, torrent.hash()).name()).isEqualTo("Songs of summer");
        done(again.torrents().rename(torrent.hash(), ""));
        assertThat(at(again, torrent.hash()).name()).isEqualTo("album");
    }

    @Test
    void filesFoldersAndTheRootAreRenamedOnDiskAndSharedOn() throws Exception {
        Engine engine = engines.downloaded("one", torrent);

        done(engine.torrents().renamePath(torrent.hash(), "album/one/a.bin", "first.bin"));
        done(engine.torrents().renamePath(torrent.hash(), "album/one", "uno"));
        done(engine.torrents().renamePath(torrent.hash(), "album", "songs"));
        done(engine.torrents().renamePath(torrent.hash(), "songs/uno/first.bin", "prima.bin"));

        Path root = here().resolve("songs");
        assertThat(files(engine)).containsExactly("songs/top.bin", "songs/two/a.bin", "songs/uno/b.bin", "songs/uno/prima.bin");
        assertThat(root.resolve("uno").resolve("prima.bin")).hasSameBinaryContentAs(torrent.data().resolve("one").resolve("a.bin"));
        assertThat(here().resolve("album")).doesNotExist();
        assertThat(at(engine, torrent.hash()).path()).isEqualTo(root);
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        engines.gives(engine, torrent);
        Engine again = engines.restart("one");
        awaitState(again, torrent.hash(), TorrentState.SEEDING);
        assertThat(files(again)).contains("songs/uno/prima.bin");
        done(again.recheck(torrent.hash()));
        awaitState(again, torrent.hash(), TorrentState.SEEDING);
        assertThat(events(again, "torrent.checked")).hasSize(1);
        done(again.torrents().move(torrent.hash(), temp.resolve("there")));
        assertThat(temp.resolve("there").resolve("songs").resolve("uno").resolve("prima.bin")).exists();
    }

    @Test
    void whatIsStillInQuarantineTakesItsNewNameWhenItIsReleased() throws Exception {
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            Engine engine = engines.start("one");
            done(engine.add(engines.download("one", torrent).withPaused(true)));

            done(engine.torrents().renamePath(torrent.hash(), "album/two/a.bin", "other.bin"));
            done(engine.torrents().renamePath(torrent.hash(), "album/two", "due"));
            done(engine.addPeers(torrent.hash(), List.of(seed.address())));
            done(engine.start(torrent.hash()));

            awaitEvent(engine, "torrent.released");
            assertThat(here().resolve("album").resolve("due").resolve("other.bin")).exists();
            assertThat(here().resolve("album").resolve("two")).doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"''|rename.empty", "a/b|rename.separator", "..|rename.dots", "a:b|rename.character", "ends.|rename.end",
        "-rf|rename.beginning", "NUL.txt|rename.device", "a\u202Eb|rename.hidden", "b.bin|rename.taken", "B.BIN|rename.taken"})
    void namesThatCannotBeAreRefusedEachForItsReason(String name, String rule) throws Exception {
        Engine engine = engines.downloaded("one", torrent);

        assertThat(refused(engine.torrents().renamePath(torrent.hash(), "album/one/a.bin", name)).rule()).isEqualTo(rule);

        assertThat(here().resolve("album").resolve("one").resolve("a.bin")).exists();
    }

    @Test
    void whatLiesThereIsNotReplacedAndOwnDataKeepsItsName() throws Exception {
        Engine engine = engines.downloaded("one", torrent);
        Files.writeString(here().resolve("Songs"), "mine");

        assertThat(refused(engine.torrents().renamePath(torrent.hash(), "album", "songs")).rule()).isEqualTo("rename.taken");
        assertThat(refused(engine.torrents().renamePath(torrent.hash(), "album", ".sallyport")).rule()).isEqualTo("rename.reserved");
        assertThat(refused(engine.torrents().renamePath(torrent.hash(), "album/three", "x")).rule()).isEqualTo("rename.unknown");
        assertThat(refused(engine.torrents().renamePath(torrent.hash(), "album/one", "x".repeat(241))).rule()).isEqualTo("rename.length");
        done(engine.torrents().renamePath(torrent.hash(), "album/one", "ONE")); // in case alone, its own
        assertThat(here().resolve("album").resolve("ONE")).isDirectory();
        Engine seed = engines.seeding("seed", torrent);
        assertThat(refused(seed.torrents().renamePath(torrent.hash(), "album/one", "x")).rule()).isEqualTo("rename.existing");
    }

    @Test
    void aSingleFileIsRenamed() throws Exception {
        torrent = TorrentFixture.single(temp.resolve("home"), "film.bin", PIECE, 100_000);
        Engine engine = engines.downloaded("one", torrent);

        done(engine.torrents().renamePath(torrent.hash(), "film.bin", "Film (2024).bin"));

        assertThat(here().resolve("Film (2024).bin")).hasSameBinaryContentAs(torrent.data());
        assertThat(here().resolve("film.bin")).doesNotExist();
        awaitThat(engine, torrent.hash(), now -> now.state() == TorrentState.SEEDING && now.path().endsWith("Film (2024).bin"));
        assertThat(events(engine, "torrent.checked")).isEmpty();
    }
}
