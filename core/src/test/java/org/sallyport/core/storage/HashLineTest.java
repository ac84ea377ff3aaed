package org.sallyport.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.testkit.SampleTorrent;
import org.sallyport.core.testkit.SampleTorrent.Part;

/** Torrents whose storage hashes sixteen pieces at once, on one thread. */
class HashLineTest {
    private static final int PIECE = 32 << 10;
    private static final int MIB = 1 << 20;
    private static final int WORTH = 3;

    @TempDir
    Path folder;
    private final CountDownLatch hold = new CountDownLatch(1);
    /** How many went together, each time. */
    private final List<Integer> goes = new CopyOnWriteArrayList<>();
    private final List<Disk> disks = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        hold.countDown();
        for (Disk disk : disks) {
            disk.close();
        }
    }

    @Test
    void aPieceAloneIsHashedAtOnce() {
        Disk disk = disk(SampleTorrent.single("a", PIECE, 3 * PIECE));

        disk.storeAll();

        assertThat(disk.heard.verified).containsExactly(0, 1, 2);
        assertThat(goes).isEmpty();
    }

    @Test
    void thoseThatCameWhileTheThreadWasBusyAreHashedTogether() {
        Disk disk = disk(SampleTorrent.single("a", PIECE, 21 * PIECE + 5));
        holdThread(disk);

        sendAll(disk, 22);
        hold.countDown();
        disk.loop.runUntil(() -> disk.heard.freed == 22);

        assertThat(disk.heard.verified).hasSize(22).doesNotHaveDuplicates();
        assertThat(goes).as("the last piece is shorter: it goes alone").containsExactly(16, 5);
        assertThat(disk.segments.usedBytes()).isZero();
    }

    @Test
    void tooFewGoOneByOne() {
        Disk disk = disk(SampleTorrent.single("a", PIECE, 2 * PIECE));
        holdThread(disk);

        sendAll(disk, 2);
        hold.countDown();
        disk.loop.runUntil(() -> disk.heard.freed == 2);

        assertThat(disk.heard.verified).containsExactlyInAnyOrder(0, 1);
        assertThat(goes).isEmpty();
    }

    /** Segments in any order, in bursts of any size, some pieces bad: each piece is judged as if it had come alone. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void everyPieceIsJudgedByItsOwnBytes(int seed) {
        SampleTorrent torrent = SampleTorrent.single("a", 2 * MIB + 16 * PIECE, 5 * (2 * MIB + 16 * PIECE) - 77);
        Disk disk = disk(torrent);
        Random random = new Random(seed);
        List<int[]> segments = new ArrayList<>();
        BitSet bad = new BitSet();
        for (int piece = 0; piece < 5; piece++) {
            bad.set(piece, random.nextInt(3) == 0);
            for (int segment = 0; segment < disk.storage.segmentCount(piece); segment++) {
                segments.add(new int[] {piece, segment});
            }
        }
        if (random.nextBoolean()) {
            Collections.shuffle(segments, random);
        } else {
            segments.sort((one, other) -> Integer.compare(one[1], other[1])); // the first ones of all pieces, then the second ones
        }

        int sent = 0;
        for (int[] next : segments) {
            byte[] bytes = torrent.piece(next[0]);
            if (bad.get(next[0])) {
                bytes[bytes.length - 3] ^= 4;
            }
            disk.send(next[0], next[1], bytes);
            sent++;
            if (random.nextInt(7) == 0) {
                int until = sent;
                disk.loop.runUntil(() -> disk.heard.freed == until);
            }
        }
        disk.loop.runUntil(() -> disk.heard.freed == segments.size());

        assertThat(disk.heard.troubles).isEmpty();
        assertThat(disk.heard.verified).hasSize(5 - bad.cardinality()).doesNotHaveDuplicates();
        assertThat(disk.heard.failed.keySet()).hasSize(bad.cardinality()).allMatch(bad::get);
        assertThat(disk.layout.place(0)).satisfies(file -> assertThat(disk.check().cardinality()).isEqualTo(5 - bad.cardinality()));
    }

    @Test
    void aSegmentThatComesTwiceWhileTheThreadIsBusyCountsOnce() {
        Disk disk = disk(SampleTorrent.single("a", 2 * MIB, 2 * MIB));
        holdThread(disk);
        for (int segment : new int[] {0, 0, 1}) {
            disk.send(0, segment, disk.torrent.piece(0));
        }
        hold.countDown();
        disk.loop.runUntil(() -> disk.heard.freed == 3);

        assertThat(disk.heard.verified).containsExactly(0);
        assertThat(disk.heard.failed).isEmpty();
        assertThat(disk.heard.troubles).isEmpty();
    }

    @Test
    void settledMeansThatNothingWaits() {
        Disk disk = disk(SampleTorrent.single("a", PIECE, 6 * PIECE));
        holdThread(disk);
        sendAll(disk, 6);

        CompletableFuture<Void> settled = disk.threads.piecesSettled();
        hold.countDown();
        settled.join();

        assertThat(disk.segments.usedBytes()).isZero();
        assertThat(goes).containsExactly(6);
    }

    @Test
    void whatIsQueuedWhenTheEngineClosesIsStillJudged() {
        Disk disk = disk(SampleTorrent.single("a", PIECE, 4 * PIECE));
        holdThread(disk);
        sendAll(disk, 4);

        CompletableFuture<Void> closed = CompletableFuture.runAsync(disk.threads::close);
        Awaitility.await().until(() -> disk.threads.forPiece(0).isShutdown());
        hold.countDown();

        disk.loop.runUntil(() -> disk.heard.freed == 4);
        assertThat(disk.heard.verified).containsExactlyInAnyOrder(0, 1, 2, 3);
        closed.join();
    }

    @Test
    void aHasherThatFailsCostsItsPiecesOnly() {
        Disk disk = new Disk(SampleTorrent.single("a", PIECE, 3 * PIECE), folder, new DiskThreads(1, new HashChoice(Thread::new, Failing::new)));
        disks.add(disk);
        holdThread(disk);
        sendAll(disk, 3);
        hold.countDown();
        disk.loop.runUntil(() -> disk.heard.freed == 3);

        assertThat(disk.heard.troubles).hasSize(3).allMatch(trouble -> trouble.getMessage().contains("out of lanes"));
        assertThat(disk.segments.usedBytes()).isZero();
        disk.storePiece(1);
        assertThat(disk.heard.verified).containsExactly(1);
    }

    @Test
    void aCheckHashesPiecesOfEqualLengthTogether() {
        Disk disk = disk(SampleTorrent.folder("set", PIECE, Part.file("one", 15 * PIECE), Part.file("two", 5 * PIECE + 9)));
        disk.storeAll();
        goes.clear();

        assertThat(disk.check().cardinality()).isEqualTo(21);
        assertThat(goes).as("whole pieces, and the last one alone").containsExactly(16, 4);
    }

    @Test
    void aCheckGoesOnWithoutWhatIsMissing() throws Exception {
        SampleTorrent torrent = SampleTorrent.folder("set", 2 * MIB, Part.file("one", 7 * MIB), Part.file("two", 4 * MIB),
                Part.file("three", 9 * MIB));
        Disk disk = disk(torrent);
        for (int piece : new int[] {0, 2, 6, 7, 9}) {
            disk.storePiece(piece);
        }

        assertThat(disk.check()).hasToString("{0, 2, 6, 7, 9}");
    }

    private Disk disk(SampleTorrent torrent) {
        Disk disk = new Disk(torrent, folder, new DiskThreads(1, new HashChoice(Thread::new,
                () -> new Counted(new Sha1Lanes(new PlainRounds(16), WORTH)))));
        disks.add(disk);
        return disk;
    }

    private void holdThread(Disk disk) {
        disk.threads.forPiece(0).execute(() -> {
            try {
                assertThat(hold.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void sendAll(Disk disk, int pieces) {
        for (int piece = 0; piece < pieces; piece++) {
            disk.send(piece, 0, disk.torrent.piece(piece));
        }
    }

    private final class Counted implements PieceHasher {
        private final PieceHasher of;

        Counted(PieceHasher of) {
            this.of = of;
        }

        @Override
        public int width() {
            return of.width();
        }

        @Override
        public int worthFrom() {
            return of.worthFrom();
        }

        @Override
        public RunningHash begin() {
            return of.begin();
        }

        @Override
        public boolean began(RunningHash hash) {
            return of.began(hash);
        }

        @Override
        public void update(List<RunningHash> hashes, List<ByteBuffer> data) {
            goes.add(hashes.size());
            of.update(hashes, data);
        }
    }

    private static final class Failing implements PieceHasher {
        @Override
        public int width() {
            return 16;
        }

        @Override
        public int worthFrom() {
            return 2;
        }

        @Override
        public RunningHash begin() {
            return new ScalarSha1();
        }

        @Override
        public boolean began(RunningHash hash) {
            return true;
        }

        @Override
        public void update(List<RunningHash> hashes, List<ByteBuffer> data) {
            throw new IllegalStateException("out of lanes");
        }
    }
}
