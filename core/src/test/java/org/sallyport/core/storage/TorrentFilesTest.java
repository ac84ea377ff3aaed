package org.sallyport.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.storage.StorageException.Kind;
import org.sallyport.core.testkit.SampleTorrent;

/** What happens to reads and writes when somebody else changes the files below us. */
class TorrentFilesTest {
    private static final int BYTES = 16 << 10;

    @TempDir
    Path temp;
    private Path secret;
    private Disk disk;

    @BeforeEach
    void open() throws Exception {
        disk = new Disk(SampleTorrent.single("a", BYTES, 2 * BYTES), temp.resolve("downloads"));
        disk.storage.gate().open();
        secret = Files.write(temp.resolve("secret"), disk.torrent.content());
    }

    @AfterEach
    void close() throws Exception {
        disk.close();
    }

    @Test
    void aLinkInQuarantineIsNeitherReadNorWritten() throws Exception {
        disk.storePiece(0);
        swapForLink(disk.layout.place(0));

        assertNothingPasses();
    }

    @Test
    void aLinkInTheReleasedPlaceIsNeitherReadNorWritten() throws Exception {
        disk.storeAll();
        disk.releaseAll();
        swapForLink(disk.layout.place(0));

        assertNothingPasses();
    }

    @Test
    void aLinkThatWasThereFirstIsNotWrittenThrough() throws Exception {
        Files.createDirectories(disk.layout.quarantine());
        Files.createSymbolicLink(disk.layout.place(0), temp.resolve("nowhere"));

        disk.storePiece(0);

        assertThat(disk.heard.troubles).hasSize(1);
        assertThat(temp.resolve("nowhere")).doesNotExist();
    }

    @Test
    void aMissingFileIsCalledMissing() throws Exception {
        disk.storeAll();
        disk.files.forget(disk.layout.place(0));
        Files.delete(disk.layout.place(0));

        assertReadFails(Kind.MISSING, "\"a\" is missing. Put it back, or check the files again.");
    }

    @Test
    void aShortFileIsCalledChanged() throws Exception {
        disk.storeAll();
        Files.write(disk.layout.place(0), new byte[BYTES - 1]);

        assertReadFails(Kind.CHANGED, "\"a\" is shorter than it was. Check the files again.");
    }

    private void swapForLink(Path place) throws Exception {
        disk.files.forget(place);
        Files.delete(place);
        Files.createSymbolicLink(place, secret);
    }

    private void assertNothingPasses() throws Exception {
        disk.heard.verified.clear();

        disk.storage.gate().open();
        assertReadFails(Kind.GATE, "\"a\" is a link now, or lies behind one, and links are not followed: nothing of it is sent. "
                + "Put the file itself back, then share it again.");
        assertThat(disk.storage.gate().isOpen()).isFalse();
        disk.store(1, new byte[BYTES], 0);

        assertThat(disk.heard.troubles).singleElement().satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
        assertThat(disk.heard.verified).isEmpty();
        assertThat(secret).hasBinaryContent(disk.torrent.content());
        assertThat(disk.check()).hasToString("{}");
    }

    private void assertReadFails(Kind kind, String sentence) {
        Reads reads = new Reads(disk);
        reads.start(0, BYTES);
        disk.loop.runUntil(() -> reads.ended() == 1);
        assertThat(reads.failed).singleElement().satisfies(e -> {
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e).hasMessage(sentence);
        });
        assertThat(disk.reads.usedBytes()).isZero();
    }
}
