package org.sallyport.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.testkit.CutIn;
import org.sallyport.core.testkit.CutIn.Call;
import org.sallyport.core.testkit.SampleTorrent;

/** A quarantine goes when it is empty, also while another torrent, or the same, is about to write there. */
class QuarantineTidyTest {
    private static final int BYTES = 16 << 10;

    @TempDir
    Path temp;
    private Path folder;
    private final CutIn cutIn = new CutIn();
    private Disk disk;
    private Disk other;

    @BeforeEach
    void open() throws Exception {
        folder = temp.resolve("downloads");
        disk = new Disk(SampleTorrent.single("a", BYTES, 2 * BYTES), cutIn.of(folder));
        other = new Disk(SampleTorrent.single("b", BYTES, BYTES), folder);
        other.storeAll();
        other.releaseAll();
    }

    @AfterEach
    void close() throws Exception {
        disk.close();
        other.close();
    }

    @Test
    void anotherTorrentTakesTheFolderOfAllAwayBeforeThisOneIsInIt() {
        cutIn.before(Call.MAKE_FOLDER, disk.layout.quarantine(), other.moves::tidyQuarantine);

        disk.storeAll();

        assertAllIsStored();
    }

    @Test
    void anotherTorrentTakesTheFolderOfAllAwayWhenItWasJustFoundThere() {
        cutIn.before(Call.READ_ATTRIBUTES, disk.layout.quarantine().getParent(), other.moves::tidyQuarantine);

        disk.storeAll();

        assertAllIsStored();
    }

    @Test
    void itsOwnIsTakenAwayBeforeItsFirstFileIsThere() {
        cutIn.before(Call.OPEN, disk.layout.place(0), disk.moves::tidyQuarantine);

        disk.storeAll();

        assertAllIsStored();
    }

    @Test
    void anotherTorrentTakesTheFolderOfAllAwayBeforeACopyIsInIt() throws Exception {
        try (Disk moved = new Disk(SampleTorrent.single("c", BYTES, BYTES), temp.resolve("before"))) {
            moved.storeAll();
            String hash = moved.torrent.metainfo().hash().hex();
            cutIn.before(Call.MAKE_FOLDER, folder.resolve(".sallyport").resolve(hash + ".moving"), other.moves::tidyQuarantine);

            DataMove move = new DataMove(moved.torrent.metainfo(), moved.layout, moved.layout.in(cutIn.of(folder), "c"));

            assertThat(move.copy(done -> { }, () -> false)).isTrue();
            assertThat(folder.resolve(".sallyport").resolve(hash + ".moving/parts/000000.part")).hasBinaryContent(moved.torrent.content());
        }
    }

    @Test
    void anotherTorrentTakesTheFolderOfAllAwayBeforeAQuarantineIsMovedIntoIt() throws Exception {
        try (Disk moved = new Disk(SampleTorrent.single("c", BYTES, BYTES), cutIn.of(temp.resolve("before")))) {
            moved.storeAll();
            Path quarantine = folder.resolve(".sallyport").resolve(moved.torrent.metainfo().hash().hex());
            cutIn.before(Call.MOVE, quarantine, other.moves::tidyQuarantine);

            DataMove move = new DataMove(moved.torrent.metainfo(), moved.layout, moved.layout.in(cutIn.of(folder), "c"));

            assertThat(move.rename()).isTrue();
            assertThat(quarantine.resolve("000000.part")).hasBinaryContent(moved.torrent.content());
        }
    }

    @Test
    void whatSomebodyElseTookAwayIsNotMadeAnew() throws Exception {
        disk.storePiece(0);
        disk.files.forget(disk.layout.place(0));
        Files.delete(disk.layout.place(0));
        Files.delete(disk.layout.quarantine());

        disk.storePiece(1);

        assertThat(disk.heard.troubles).singleElement().satisfies(trouble -> assertThat(trouble.kind()).isEqualTo(StorageException.Kind.MISSING));
        assertThat(folder.resolve(".sallyport").resolve(disk.torrent.metainfo().hash().hex())).doesNotExist();
    }

    private void assertAllIsStored() {
        assertThat(disk.heard.troubles).isEmpty();
        assertThat(disk.heard.verified).containsExactly(0, 1);
        assertThat(folder.resolve(".sallyport").resolve(disk.torrent.metainfo().hash().hex()).resolve("000000.part"))
                .hasBinaryContent(disk.torrent.content());
    }
}
