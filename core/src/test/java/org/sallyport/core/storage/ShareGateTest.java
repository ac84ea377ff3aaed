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

/** Invariant I2: no byte leaves the disk unless the gate says so. */
class ShareGateTest {
    private static final int BYTES = 16 << 10;

    @TempDir
    Path folder;
    private Disk disk;
    private Reads reads;

    @BeforeEach
    void open() {
        disk = new Disk(SampleTorrent.single("a", BYTES, 10 * BYTES), folder);
        disk.storeAll();
        reads = new Reads(disk);
    }

    @AfterEach
    void close() throws Exception {
        disk.close();
    }

    @Test
    void isShutUntilItIsOpened() {
        assertThat(reads.start(0, BYTES)).isTrue();
        disk.loop.runUntil(() -> reads.ended() == 1);

        assertThat(reads.given).isZero();
        assertThat(reads.failed).singleElement().satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
        assertThat(disk.reads.usedBytes()).isZero();
    }

    @Test
    void openItGivesWhatWasAsked() {
        disk.storage.gate().open();

        assertThat(reads.start(3, 5_000)).isTrue();
        disk.loop.runUntil(() -> reads.ended() == 1);

        assertThat(reads.given).isEqualTo(1);
        assertThat(disk.reads.usedBytes()).isZero();
    }

    @Test
    void shutItDoesNotEvenTouchTheFile() throws Exception {
        disk.storage.gate().open();
        disk.storage.gate().shut();
        disk.files.close();
        Files.delete(disk.layout.place(0));

        reads.start(0, BYTES);
        disk.loop.runUntil(() -> reads.ended() == 1);

        assertThat(reads.failed).singleElement().satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
    }

    @Test
    void aReadUnderWayWhenItShutsGivesNothing() {
        disk.storage.gate().open();
        reads.start(0, BYTES);
        disk.loop.awaitTask();

        disk.storage.gate().shut();
        disk.loop.runUntil(() -> reads.ended() == 1);

        assertThat(reads.given).isZero();
        assertThat(disk.reads.usedBytes()).isZero();
    }

    @Test
    void ofManyReadsNoneGivesAByteAfterItShut() {
        for (int round = 0; round < 50; round++) {
            disk.storage.gate().open();
            Reads many = new Reads(disk);
            int begun = 0;
            while (many.start(begun % 10, BYTES)) {
                begun++;
            }
            int all = begun;
            int some = round % all;
            disk.loop.runUntil(() -> many.ended() >= some);

            disk.storage.gate().shut();
            int given = many.given;
            disk.loop.runUntil(() -> many.ended() == all);

            assertThat(many.given).isEqualTo(given);
            assertThat(disk.reads.usedBytes()).isZero();
        }
    }

    @Test
    void noMoreReadsAreBegunThanThereAreBuffers() {
        disk.storage.gate().open();
        int begun = 0;
        while (reads.start(0, BYTES)) {
            begun++;
        }

        int all = begun;
        disk.loop.runUntil(() -> reads.ended() == all);

        assertThat(all).isEqualTo(64);
        assertThat(reads.start(0, BYTES)).as("buffers came back").isTrue();
    }
}
