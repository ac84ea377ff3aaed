package org.sallyport.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.testkit.SampleTorrent;
import org.sallyport.core.testkit.SampleTorrent.Part;

class TrashTest {
    /** A full minute: the specification wants its seconds written all the same. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-03T04:05:00.123Z"), ZoneOffset.UTC);

    @TempDir
    Path temp;
    private Path home;
    private Path folder;
    private Trash trash;

    @BeforeEach
    void makeFolders() throws Exception {
        home = temp.resolve("Trash");
        folder = Files.createDirectory(temp.resolve("downloads"));
        trash = new Trash(home, CLOCK);
    }

    @Test
    void aFileGoesThereWithANoteOfWhereItWas() throws Exception {
        Path file = Files.writeString(folder.resolve("a b%ü.txt"), "x");

        trash.take(file);

        assertThat(file).doesNotExist();
        assertThat(home.resolve("files/a b%ü.txt")).hasContent("x");
        assertThat(home.resolve("info/a b%ü.txt.trashinfo")).hasContent(
                "[Trash Info]\nPath=" + folder + "/a%20b%25%C3%BC.txt\nDeletionDate=2026-02-03T04:05:00\n");
    }

    @Test
    void aFolderGoesThereWhole() throws Exception {
        Files.createDirectories(folder.resolve("set/sub"));
        Files.writeString(folder.resolve("set/sub/x"), "x");

        trash.take(folder.resolve("set"));

        assertThat(home.resolve("files/set/sub/x")).hasContent("x");
        assertThat(home.resolve("info/set.trashinfo")).content().contains("Path=" + folder + "/set\n");
    }

    @Test
    void theSameNameTwiceIsKeptTwice() throws Exception {
        trash.take(Files.writeString(folder.resolve("a"), "first"));
        trash.take(Files.writeString(folder.resolve("a"), "second"));

        assertThat(home.resolve("files/a")).hasContent("first");
        assertThat(home.resolve("files/a.2")).hasContent("second");
        assertThat(home.resolve("info/a.2.trashinfo")).content().contains("Path=" + folder + "/a\n");
    }

    @Test
    void anOrphanedNoteIsNotOverwritten() throws Exception {
        Files.createDirectories(home.resolve("info"));
        Files.writeString(home.resolve("info/a.trashinfo"), "of another");

        trash.take(Files.writeString(folder.resolve("a"), "x"));

        assertThat(home.resolve("info/a.trashinfo")).hasContent("of another");
        assertThat(home.resolve("files/a.2")).hasContent("x");
    }

    @Test
    void whatCannotBeMovedLeavesNoNote() {
        Path around = temp; // a folder cannot go into itself

        assertThat(catchThrowable(() -> trash.take(around))).isInstanceOf(IOException.class);

        assertThat(home.resolve("info")).isEmptyDirectory();
    }

    @Test
    void discardingTrashesWhatWasReleasedAndDeletesTheRest() throws Exception {
        try (Disk disk = set()) {
            disk.storeAll();
            disk.moves.release(disk.file(0));

            assertThat(disk.moves.discard(trash)).isEmpty();

            assertThat(folder).isEmptyDirectory();
            assertThat(home.resolve("files/set/one")).hasBinaryContent(disk.torrent.file(0));
            assertThat(home.resolve("files/set/two")).doesNotExist();
        }
    }

    @Test
    void filesOfOthersInTheFolderStayWhereTheyAre() throws Exception {
        try (Disk disk = set()) {
            disk.storeAll();
            disk.releaseAll();
            Files.delete(folder.resolve("set/one"));
            Files.writeString(folder.resolve("set/mine"), "mine");

            assertThat(disk.moves.discard(trash)).isEmpty();

            assertThat(folder.resolve("set/mine")).hasContent("mine");
            assertThat(folder.resolve("set/two")).doesNotExist();
            assertThat(home.resolve("files/two")).hasBinaryContent(disk.torrent.file(1));
        }
    }

    @Test
    void whatStandsInThePlaceOfAnUnreleasedFileIsNotOurs() throws Exception {
        try (Disk disk = new Disk(SampleTorrent.single("a", 16 << 10, 100), folder)) {
            disk.storeAll();
            Files.writeString(folder.resolve("a"), "mine");

            assertThat(disk.moves.discard(trash)).isEmpty();

            assertThat(folder.resolve("a")).hasContent("mine");
            assertThat(folder.resolve(".sallyport")).doesNotExist();
        }
    }

    @Test
    void anEmptyFolderOfTheSameNameIsNotOursEither() throws Exception {
        Files.createDirectory(folder.resolve("set"));
        try (Disk disk = set()) {
            disk.storePiece(0);

            disk.moves.discard(trash);

            assertThat(folder.resolve("set")).isEmptyDirectory();
        }
    }

    @Test
    void aSingleFileGoesToTheTrash() throws Exception {
        try (Disk disk = new Disk(SampleTorrent.single("a", 16 << 10, 100), folder)) {
            disk.storeAll();
            disk.releaseAll();

            assertThat(disk.moves.discard(trash)).isEmpty();

            assertThat(folder).isEmptyDirectory();
            assertThat(home.resolve("files/a")).hasBinaryContent(disk.torrent.content());
        }
    }

    private Disk set() {
        return new Disk(SampleTorrent.folder("set", 16 << 10, Part.file("one", 20_000), Part.file("two", 100)), folder);
    }
}
