package org.sallyport.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.storage.StorageException.Kind;
import org.sallyport.core.testkit.SampleTorrent;
import org.sallyport.core.testkit.SampleTorrent.Part;

class FileMovesTest {
    @TempDir
    Path temp;
    private Path folder;
    private Disk disk;

    @BeforeEach
    void open() {
        folder = temp.resolve("downloads");
        SampleTorrent torrent = SampleTorrent.folder("set", 16 << 10, Part.file("one", 20_000), Part.file("sub/deep/two", 30_000),
                Part.file("empty", 0));
        disk = new Disk(torrent, folder);
    }

    @AfterEach
    void close() throws Exception {
        disk.close();
    }

    @Test
    void quarantineIsForTheOwnerOnlyAndItsNamesTellNothing() throws Exception {
        disk.storePiece(0);

        assertThat(modeOf(disk.layout.quarantine())).isEqualTo("rwx------");
        assertThat(modeOf(folder.resolve(".sallyport"))).isEqualTo("rwx------");
        assertThat(disk.layout.quarantine()).isEqualTo(folder.resolve(".sallyport").resolve(disk.torrent.metainfo().hash().hex()));
        assertThat(disk.layout.quarantine()).isDirectoryContaining("glob:**/000000.part");
    }

    @Test
    void aQuarantineThatStoodOpenIsShut() throws Exception {
        Files.createDirectories(disk.layout.quarantine());
        Files.setPosixFilePermissions(disk.layout.quarantine(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(folder.resolve(".sallyport"), PosixFilePermissions.fromString("rwxrwxrwx"));

        disk.storePiece(0);

        assertThat(modeOf(disk.layout.quarantine())).isEqualTo("rwx------");
        assertThat(modeOf(folder.resolve(".sallyport"))).isEqualTo("rwx------");
    }

    @Test
    void aQuarantineThatIsALinkIsNotUsed() throws Exception {
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Files.createDirectories(folder);
        Files.createSymbolicLink(folder.resolve(".sallyport"), elsewhere);

        disk.storePiece(0);

        assertThat(disk.heard.verified).isEmpty();
        assertThat(disk.heard.troubles).singleElement().satisfies(trouble -> assertThat(trouble.kind()).isEqualTo(Kind.DENIED));
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void nothingIsInTheDownloadFolderBeforeItsRelease() throws Exception {
        disk.storeAll();
        disk.moves.sync();

        assertThat(folder.resolve("set")).doesNotExist();
        assertThat(disk.layout.isReleased(0)).isFalse();
        disk.moves.release(disk.file(0));
        assertThat(folder.resolve("set")).isDirectoryNotContaining("glob:**/sub");
        assertThat(disk.layout.isReleased(0)).isTrue();
        assertThat(disk.layout.isReleased(1)).isFalse();
    }

    @Test
    void releaseIsARename() throws Exception {
        disk.storeAll();
        Object inode = fileKey(disk.layout.quarantined(0));

        disk.releaseAll();

        assertThat(fileKey(folder.resolve("set/one"))).isEqualTo(inode);
        assertThat(disk.layout.quarantined(0)).doesNotExist();
        assertThat(folder.resolve("set/one")).hasBinaryContent(disk.torrent.file(0));
        assertThat(folder.resolve("set/sub/deep/two")).hasBinaryContent(disk.torrent.file(1));
        assertThat(folder.resolve("set/empty")).isEmptyFile();
    }

    @Test
    void aReleasedFileIsReleasedOnlyOnce() throws Exception {
        disk.storeAll();
        disk.releaseAll();

        assertThatCode(() -> disk.moves.release(disk.file(0))).doesNotThrowAnyException();
        assertThat(folder.resolve("set/one")).hasBinaryContent(disk.torrent.file(0));
    }

    @Test
    void aFileThatIsThereIsNeverReplaced() throws Exception {
        disk.storeAll();
        Files.createDirectories(folder.resolve("set"));
        Files.writeString(folder.resolve("set/one"), "mine");

        refused(Kind.CHANGED, 0);

        assertThat(folder.resolve("set/one")).hasContent("mine");
        assertThat(disk.layout.isReleased(0)).isFalse();
        assertThat(disk.layout.quarantined(0)).hasBinaryContent(disk.torrent.file(0));
    }

    @Test
    void aDanglingLinkThatIsThereIsNotReplacedEither() throws Exception {
        disk.storeAll();
        Files.createDirectories(folder.resolve("set"));
        Files.createSymbolicLink(folder.resolve("set/one"), temp.resolve("nowhere"));

        refused(Kind.CHANGED, 0);

        assertThat(folder.resolve("set/one")).isSymbolicLink();
        assertThat(temp.resolve("nowhere")).doesNotExist();
    }

    @Test
    void aFolderOnTheWayThatLeadsOutsideIsRefusedAndLeftAlone() throws Exception {
        disk.storeAll();
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.createDirectories(folder.resolve("set"));
        Files.createSymbolicLink(folder.resolve("set/sub"), outside);

        refused(Kind.DENIED, 1);

        assertThat(outside).isEmptyDirectory();
        assertThat(disk.layout.quarantined(1)).exists();
    }

    @Test
    void aFolderOnTheWayThatLeadsNowhereIsRefused() throws Exception {
        disk.storeAll();
        Files.createDirectories(folder.resolve("set"));
        Files.createSymbolicLink(folder.resolve("set/sub"), temp.resolve("nowhere"));

        refused(Kind.DENIED, 1);

        assertThat(temp.resolve("nowhere")).doesNotExist();
    }

    @Test
    void aLinkInsideTheDownloadFolderIsFine() throws Exception {
        disk.storeAll();
        Files.createDirectories(folder.resolve("set"));
        Files.createDirectories(folder.resolve("other"));
        Files.createSymbolicLink(folder.resolve("set/sub"), folder.resolve("other"));

        disk.releaseAll();

        assertThat(folder.resolve("other/deep/two")).hasBinaryContent(disk.torrent.file(1));
    }

    @Test
    void aLinkPutInQuarantineIsNotReleased() throws Exception {
        disk.storeAll();
        swapForLink(disk.layout.quarantined(0));

        refused(Kind.CHANGED, 0);

        assertThat(folder.resolve("set/one")).doesNotExist();
    }

    @Test
    void aFileThatShrankInQuarantineIsNotReleased() throws Exception {
        disk.storeAll();
        Files.write(disk.layout.quarantined(0), new byte[19_999]);

        refused(Kind.CHANGED, 0);
    }

    @Test
    void aFileThatVanishedFromQuarantineIsMissing() throws Exception {
        disk.storeAll();
        Files.delete(disk.layout.quarantined(0));

        refused(Kind.MISSING, 0);
    }

    @Test
    void aReleasedFileGoesBackBehindTheDoorAndOutAgain() throws Exception {
        disk.storeAll();
        disk.releaseAll();
        disk.moves.tidyQuarantine();
        assertThat(folder.resolve(".sallyport")).doesNotExist();

        disk.moves.takeBack(disk.file(0));

        assertThat(disk.layout.isReleased(0)).isFalse();
        assertThat(folder.resolve("set/one")).doesNotExist();
        assertThat(disk.layout.quarantined(0)).hasBinaryContent(disk.torrent.file(0));
        assertThat(modeOf(disk.layout.quarantine())).isEqualTo("rwx------");
        disk.storePiece(0);
        disk.releaseAll();
        assertThat(folder.resolve("set/one")).hasBinaryContent(disk.torrent.file(0));
    }

    @Test
    void aMissingReleasedFileIsTakenBackAsNothing() throws Exception {
        disk.storeAll();
        disk.releaseAll();
        disk.moves.tidyQuarantine();
        Files.delete(folder.resolve("set/one"));

        disk.moves.takeBack(disk.file(0));
        disk.moves.takeBack(disk.file(1)); // it shares a piece with the missing one
        disk.storePiece(0);
        disk.storePiece(1);

        assertThat(disk.heard.troubles).isEmpty();
        assertThat(disk.layout.quarantined(0)).hasBinaryContent(disk.torrent.file(0));
    }

    @Test
    void tidyingLeavesWhatUnselectedFilesAndOtherTorrentsHaveThere() throws Exception {
        disk.storeAll();
        Path other = Files.createDirectories(folder.resolve(".sallyport/other"));

        disk.moves.tidyQuarantine();
        assertThat(disk.layout.quarantined(0)).exists();
        disk.releaseAll();
        disk.moves.tidyQuarantine();

        assertThat(disk.layout.quarantine()).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void syncingMakesNoFileAnew() throws Exception {
        disk.storeAll();
        disk.files.forget(disk.layout.place(0));
        Files.delete(disk.layout.place(0));

        disk.moves.sync();

        assertThat(disk.layout.place(0)).doesNotExist();
    }

    @Test
    void readsGoOnWhileAFileIsReleasedUnderThem() throws Exception {
        disk.storeAll();
        disk.storage.gate().open();
        Reads before = new Reads(disk);
        before.start(0, 16 << 10);
        disk.moves.sync();

        disk.moves.release(disk.file(0));
        disk.moves.release(disk.file(1));
        before.start(1, 16 << 10);
        disk.loop.runUntil(() -> before.ended() == 2);

        assertThat(before.failed).isEmpty();
    }

    private void refused(Kind kind, int file) {
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> disk.moves.release(disk.file(file)))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
                .withMessageContaining(disk.file(file).path()).withMessageNotContaining(temp.toString());
        assertThat(disk.layout.isReleased(file)).isFalse();
    }

    private void swapForLink(Path path) throws Exception {
        Path secret = Files.write(temp.resolve("secret"), disk.torrent.file(0));
        Files.delete(path);
        Files.createSymbolicLink(path, secret);
    }

    private static String modeOf(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    private static Object fileKey(Path path) throws Exception {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
