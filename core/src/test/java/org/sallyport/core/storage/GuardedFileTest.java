package org.sallyport.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.testkit.SampleTorrent;

/** Each way to bring another file under the name of a shared one (invariant I2). */
@EnabledOnOs({OS.LINUX, OS.MAC})
class GuardedFileTest {
    private static final byte[] OURS = "what was shared".getBytes();
    private static final byte[] SECRET = "a secret of Ann".getBytes(); // of the same length

    @TempDir
    Path temp;
    private Path folder;
    private Path file;
    private Path secret;

    @BeforeEach
    void share() throws IOException {
        folder = Files.createDirectories(temp.resolve("home/share"));
        Files.createDirectories(folder.resolve("sub/deep"));
        file = Files.write(folder.resolve("sub/deep/file"), OURS);
        secret = Files.write(temp.resolve("secret"), SECRET);
        Files.setLastModifiedTime(secret, Files.getLastModifiedTime(file));
    }

    private GuardedFile noted() throws IOException {
        return new GuardedFile(new ShareGate(), folder, file, "sub/deep/file", FileNote.of(file, true));
    }

    private static byte[] read(GuardedFile guarded) throws IOException {
        try (FileChannel channel = guarded.open()) {
            ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
            channel.read(bytes, 0);
            return bytes.array();
        }
    }

    private static void assertShut(GuardedFile guarded, String rule) {
        for (ThrowingCallable attempt : List.<ThrowingCallable>of(guarded::open, guarded::look)) {
            assertThatThrownBy(attempt).isInstanceOfSatisfying(BreachException.class, e -> assertThat(e.refusal().rule()).isEqualTo(rule));
        }
    }

    @Test
    void theNotedFileIsOpened() throws IOException {
        GuardedFile guarded = noted();

        assertThat(read(guarded)).isEqualTo(OURS);
        guarded.look();
    }

    @Test
    void aLinkInItsPlaceIsNot() throws IOException {
        GuardedFile guarded = noted();
        Files.delete(file);
        Files.createSymbolicLink(file, secret);

        assertShut(guarded, "share.link");
    }

    @Test
    void aFolderThatBecameALinkIsNotEntered() throws IOException {
        GuardedFile guarded = noted();
        Files.move(folder.resolve("sub"), temp.resolve("aside"));
        Files.createDirectories(temp.resolve("evil/deep"));
        Files.createLink(temp.resolve("evil/deep/file"), secret);
        Files.createSymbolicLink(folder.resolve("sub"), temp.resolve("evil"));

        assertShut(guarded, "share.link");
    }

    @Test
    void aFolderAboveThatBecameALinkIsNotEntered() throws IOException {
        GuardedFile guarded = noted();
        read(guarded);
        Files.move(temp.resolve("home"), temp.resolve("aside"));
        Files.createDirectories(temp.resolve("evil/share/sub/deep"));
        Files.createLink(temp.resolve("evil/share/sub/deep/file"), secret);
        Files.createSymbolicLink(temp.resolve("home"), temp.resolve("evil"));

        assertShut(guarded, "share.outside");
    }

    @Test
    void aHardLinkToAnotherFileIsNotOpened() throws IOException {
        GuardedFile guarded = noted();
        Files.delete(file);
        Files.createLink(file, secret);

        assertShut(guarded, "share.changed");
    }

    @Test
    void anotherFolderWithAFileOfThatNameIsNotEntered() throws IOException {
        GuardedFile guarded = noted();
        Files.move(folder.resolve("sub"), temp.resolve("aside"));
        Files.createDirectories(folder.resolve("sub/deep"));
        Files.createLink(file, secret);

        assertShut(guarded, "share.changed");
    }

    /** Its length and its time can be set back; the time of its change of state cannot. */
    @Test
    void aFileThatWasWrittenToIsNotOpenedWhateverItsTimeSays() throws Exception {
        GuardedFile guarded = noted();
        FileTime before = Files.getLastModifiedTime(file);
        awaitAnotherTick(file);
        Files.write(file, SECRET);
        Files.setLastModifiedTime(file, before);

        assertShut(guarded, "share.changed");
    }

    @Test
    void aFileThatWasAwayAndCameBackIsNotOpened() throws Exception {
        GuardedFile guarded = noted();
        awaitAnotherTick(file);
        Files.move(file, temp.resolve("aside"));
        Files.move(temp.resolve("aside"), file);

        assertShut(guarded, "share.changed");
    }

    /** The kernel stamps files by its own clock, which stands still for some milliseconds. */
    private void awaitAnotherTick(Path since) throws IOException {
        FileTime last = (FileTime) Files.getAttribute(since, "unix:ctime");
        Path probe = temp.resolve("probe");
        do {
            Files.write(probe, OURS);
        } while (((FileTime) Files.getAttribute(probe, "unix:ctime")).compareTo(last) <= 0);
    }

    @Test
    void aFolderInItsPlaceIsNot() throws IOException {
        GuardedFile guarded = noted();
        Files.delete(file);
        Files.createDirectory(file);

        assertShut(guarded, "share.changed");
    }

    @Test
    void aFileInQuarantineIsOpenedWhateverItsTimeButNotThroughALink() throws IOException {
        GuardedFile guarded = new GuardedFile(new ShareGate(), folder, file, "file", Optional.empty());
        Files.write(file, "more of it than there was".getBytes());
        assertThat(read(guarded)).hasSize(25);

        Files.delete(file);
        Files.createSymbolicLink(file, secret);
        assertShut(guarded, "share.link");
    }

    /** Swaps the name between the file, a link and a second name of the secret, and whole folders, as fast as it can. */
    @Test
    void whoeverIsQuickerNeverGetsAnotherFileOpened() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Path evil = Files.createDirectories(temp.resolve("evil"));
        Files.createLink(evil.resolve("file"), secret);
        CompletableFuture<Void> swapping = CompletableFuture.runAsync(() -> {
            try {
                for (int turn = 0; !done.get(); turn++) {
                    swap(turn % 3, evil);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        int opened = 0;
        long end = System.nanoTime() + 3_000_000_000L;
        try {
            while (System.nanoTime() < end || opened == 0) {
                Optional<FileNote> note = noteIfOurs();
                if (note.isPresent()) {
                    try {
                        assertThat(read(new GuardedFile(new ShareGate(), folder, file, "file", note))).isEqualTo(OURS);
                        opened++;
                    } catch (IOException e) {
                        assertThat(swapping.isDone()).as("still swapping").isFalse();
                    }
                }
            }
        } finally {
            done.set(true);
            swapping.join();
        }
    }

    /** As the engine does: what is noted was read and compared after the note, so the secret is never noted. */
    private Optional<FileNote> noteIfOurs() {
        try {
            return FileNote.of(file, true).filter(note -> note.inode() != inodeOfSecret());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private long inodeOfSecret() {
        try {
            return ((Number) Files.getAttribute(secret, "unix:ino")).longValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void swap(int how, Path evil) throws IOException {
        Path aside = temp.resolve("swapped");
        if (how == 2) {
            Files.move(file.getParent(), aside, StandardCopyOption.ATOMIC_MOVE);
            Files.move(evil, file.getParent(), StandardCopyOption.ATOMIC_MOVE);
            Files.move(file.getParent(), evil, StandardCopyOption.ATOMIC_MOVE);
            Files.move(aside, file.getParent(), StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
        Path other = temp.resolve("other");
        if (how == 0) {
            Files.createSymbolicLink(other, secret);
        } else {
            Files.createLink(other, secret);
        }
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void notesComeBackFromText() throws IOException {
        FileNote note = FileNote.of(file, true).orElseThrow();
        FileNote loose = FileNote.of(file, false).orElseThrow();

        assertThat(FileNote.parse(note.toString())).contains(note);
        assertThat(FileNote.parse(loose.toString())).contains(loose);
        assertThat(FileNote.parse("")).isEmpty();
        assertThat(FileNote.parse("1,x")).isEmpty();
        assertThat(FileNote.parse("1,2,3")).isEmpty();
        assertThat(note.isUnchanged(new FileNote(note.size(), note.modified(), true, note.inode(), note.device() + 1, note.changed()))).isTrue();
        assertThat(note.isUnchanged(loose)).isFalse();
        assertThat(loose.isUnchanged(note)).isTrue();
    }

    @Test
    void aReleasedFileIsExpectedAsItIs() throws Exception {
        try (Disk disk = new Disk(SampleTorrent.single("a", 16 << 10, 40_000), temp.resolve("downloads"))) {
            disk.storeAll();
            disk.releaseAll();

            assertThat(disk.storage.gate().expected()).containsOnlyKeys(0).containsValue(FileNote.of(disk.layout.released(0), true).orElseThrow());
        }
    }
}
