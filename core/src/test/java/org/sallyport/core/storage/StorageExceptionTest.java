package org.sallyport.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.core.storage.StorageException.Kind;
import org.sallyport.core.testkit.SampleTorrent;
import org.sallyport.core.testkit.TinyDisk;

class StorageExceptionTest {
    private static final String FULL = "The disk is full. Free some space; the download goes on by itself.";
    private static final String GONE = "\"set/a\" is missing. Put it back, or check the files again.";
    private static final String DENIED = "Sallyport may not use \"set/a\". Check the permissions of the folder.";

    @TempDir
    Path temp;

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of(new IOException("No space left on device"), Kind.DISK_FULL, FULL),
                Arguments.of(new IOException("There is not enough space on the disk"), Kind.DISK_FULL, FULL),
                Arguments.of(new IOException("Disk quota exceeded"), Kind.DISK_FULL, FULL),
                Arguments.of(new FileSystemException("/d/x", null, "No space left on device"), Kind.DISK_FULL, FULL),
                Arguments.of(new NoSuchFileException("/d/x"), Kind.MISSING, GONE),
                Arguments.of(new NoSuchFileException("/home/quota/no space left"), Kind.MISSING, GONE),
                Arguments.of(new AccessDeniedException("/d/x"), Kind.DENIED, DENIED),
                Arguments.of(new IOException("Permission denied"), Kind.DENIED, DENIED),
                Arguments.of(new FileSystemException("/d/x", null, "Operation not permitted"), Kind.DENIED, DENIED),
                Arguments.of(new FileSystemException("/d/x", null, "Read-only file system"), Kind.DENIED, DENIED),
                Arguments.of(new FileSystemException("/d/permission denied", null, "Input/output error"), Kind.BROKEN,
                        "The disk had trouble with \"set/a\" (Input/output error)."),
                Arguments.of(new IOException(), Kind.BROKEN, "The disk had trouble with \"set/a\" (IOException)."));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void saysWhatHappenedAndWhatToDo(IOException cause, Kind kind, String sentence) {
        StorageException told = StorageException.of(cause, "set/a");

        assertThat(told.kind()).isEqualTo(kind);
        assertThat(told).hasMessage(sentence).hasCause(cause);
    }

    @Test
    void theSystemsOwnWordForAFullDiskIsKnown() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "this system has no /dev/full");

        try (OpenFiles files = new OpenFiles(1)) {
            assertThatIOException().isThrownBy(() -> files.use(full, true, channel -> channel.write(ByteBuffer.allocate(1), 0)))
                    .satisfies(e -> assertThat(StorageException.of(e, "set/a").kind()).isEqualTo(Kind.DISK_FULL));
        }
    }

    @Test
    void aFullDiskLosesThePieceWithASentenceAndGoesOnWhenThereIsSpace() throws Exception {
        onTinyDisk("size=256k", folder -> {
            try (Disk disk = new Disk(SampleTorrent.single("a", 64 << 10, 320 << 10), folder)) {
                disk.storePiece(0);
                Path ballast = Files.write(folder.resolve("ballast"), new byte[160 << 10]);

                disk.storePiece(4);
                assertThat(disk.heard.troubles).singleElement().satisfies(e -> assertThat(e).hasMessage(FULL));
                assertThat(disk.heard.verified).containsExactly(0);
                assertThat(disk.segments.usedBytes()).isZero();

                Files.delete(ballast);
                disk.storePiece(4);
                assertThat(disk.heard.verified).containsExactly(0, 4);
                assertThat(disk.check()).hasToString("{0, 4}");
            }
        });
    }

    @Test
    void aFullDiskIsKnownInAnyLanguage() throws Exception {
        onTinyDisk("size=4m", folder -> {
            IOException german = new IOException("Auf dem Gerät ist kein Speicherplatz mehr verfügbar");
            assertThat(StorageException.of(german, "set/a", folder).kind()).as("there is space").isEqualTo(Kind.BROKEN);

            Files.write(folder.resolve("ballast"), new byte[4 << 20]);

            assertThat(StorageException.of(german, "set/a", folder).kind()).isEqualTo(Kind.DISK_FULL);
        });
    }

    @Test
    void aReadOnlyDiskIsDenied() throws Exception {
        onTinyDisk("size=64k,ro", folder -> {
            try (Disk disk = new Disk(SampleTorrent.single("a", 16 << 10, 16 << 10), folder)) {
                disk.storePiece(0);

                assertThat(disk.heard.troubles).singleElement().satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
            }
        });
    }

    private interface OnDisk {
        void run(Path folder) throws Exception;
    }

    /** Only root may mount; the sentences themselves are checked above for everybody. */
    private void onTinyDisk(String options, OnDisk test) throws Exception {
        try (TinyDisk disk = TinyDisk.mount(temp, options)) {
            test.run(disk.folder());
        }
    }
}
