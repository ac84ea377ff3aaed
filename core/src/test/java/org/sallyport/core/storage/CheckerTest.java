package org.sallyport.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.testkit.SampleTorrent;
import org.sallyport.core.testkit.SampleTorrent.Part;

class CheckerTest {
    private static final int PIECE = 32 << 10;

    @TempDir
    Path folder;
    private Disk disk;

    @BeforeEach
    void open() {
        disk = new Disk(SampleTorrent.folder("set", PIECE, Part.file("one", 3 * PIECE), Part.file("two", 3 * PIECE - 100),
                Part.file("three", 500)), folder);
    }

    @AfterEach
    void close() throws Exception {
        disk.close();
    }

    @Test
    void nothingThereMeansNothingVerified() {
        assertThat(disk.check()).isEqualTo(new BitSet());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void findsAllThatIsRight() throws Exception {
        disk.storeAll();
        assertThat(disk.check()).hasToString("{0, 1, 2, 3, 4, 5, 6}");
        disk.releaseAll();
        assertThat(disk.check()).hasToString("{0, 1, 2, 3, 4, 5, 6}");
    }

    @Test
    void piecesAboveTheScratchBufferAreReadInParts() throws Exception {
        try (Disk big = new Disk(SampleTorrent.single("big", 2 << 20, 3_500_000), folder)) {
            big.storeAll();
            assertThat(big.check()).hasToString("{0, 1}");
        }
    }

    @Test
    void aChangedByteAMissingAndAShortFileAreNotVerified() throws Exception {
        disk.storeAll();
        disk.releaseAll();
        try (RandomAccessFile one = new RandomAccessFile(folder.resolve("set/one").toFile(), "rw")) {
            one.seek(PIECE + 5);
            one.write(one.read() ^ 1);
        }
        try (RandomAccessFile two = new RandomAccessFile(folder.resolve("set/two").toFile(), "rw")) {
            two.setLength(2 * PIECE - 1);
        }
        disk.files.forget(disk.layout.place(2));
        Files.delete(folder.resolve("set/three"));

        assertThat(disk.check()).hasToString("{0, 2, 3}");
        assertThat(folder.resolve("set/three")).doesNotExist();
    }

    @Test
    void checksOnlyWhatItWasAskedTo() {
        disk.storeAll();
        BitSet which = new BitSet();
        which.set(1);
        which.set(6);
        Checker checker = new Checker(disk.storage, which);
        which.clear();

        assertThat(checker.progress()).isZero();
        assertThat(disk.finish(checker.start())).hasToString("{1, 6}");
        assertThat(checker.progress()).isEqualTo(1);
        assertThat(checker.cancelled()).isFalse();
    }

    @Test
    void nothingToCheckIsDoneAtOnce() {
        Checker checker = new Checker(disk.storage, new BitSet());

        assertThat(disk.finish(checker.start())).isEqualTo(new BitSet());
        assertThat(checker.progress()).isEqualTo(1);
        assertThat(checker.cancelled()).isFalse();
    }

    @Test
    void worksOnAllPieceThreads() throws Exception {
        disk.storeAll();
        CountDownLatch hold = new CountDownLatch(1);
        disk.threads.forPiece(0).execute(() -> await(hold));

        Checker checker = checkAll();
        CompletableFuture<BitSet> result = checker.start();
        Awaitility.await("the other thread does all the work").until(() -> checker.progress() == 1);

        assertThat(result).as("the held thread has yet to say that nothing is left").isNotDone();
        hold.countDown();
        assertThat(disk.finish(result).cardinality()).isEqualTo(7);
    }

    @Test
    void aDownloadKeepsItsTurn() {
        disk.storeAll();
        CompletableFuture<BitSet> result = checkAll().start();

        disk.store(3, disk.torrent.piece(3), 0);

        assertThat(disk.heard.verified).endsWith(3);
        assertThat(disk.finish(result).cardinality()).isEqualTo(7);
    }

    @Test
    void cancelledItEndsWithWhatItHas() {
        disk.storeAll();
        CountDownLatch hold = new CountDownLatch(1);
        disk.threads.forPiece(0).execute(() -> await(hold));
        disk.threads.forPiece(1).execute(() -> await(hold));
        Checker checker = checkAll();
        CompletableFuture<BitSet> result = checker.start();

        checker.cancel();
        hold.countDown();

        assertThat(disk.finish(result)).isEqualTo(new BitSet());
        assertThat(checker.cancelled()).isTrue();
        assertThat(checker.progress()).isZero();
    }

    @Test
    void theEngineMayCloseMeanwhile() {
        disk.storeAll();
        CompletableFuture<BitSet> result = checkAll().start();

        disk.threads.close();

        disk.loop.runUntil(result::isDone);
        assertThat(result.join().cardinality()).isLessThanOrEqualTo(7);
    }

    private Checker checkAll() {
        BitSet all = new BitSet();
        all.set(0, 7);
        return new Checker(disk.storage, all);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
