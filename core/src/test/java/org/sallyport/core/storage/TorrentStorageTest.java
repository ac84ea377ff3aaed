package org.sallyport.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.testkit.SampleTorrent;
import org.sallyport.core.testkit.SampleTorrent.Part;

class TorrentStorageTest {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void smallPiecesAreOneSegmentEach() throws Exception {
        try (Disk disk = new Disk(SampleTorrent.single("a", 32 * KIB, 70_000), folder)) {
            assertThat(disk.storage.segmentBytes()).isEqualTo(32 * KIB);
            assertThat(disk.storage.segmentCount(0)).isEqualTo(1);

            disk.storeAll();

            assertThat(disk.heard.verified).containsExactly(0, 1, 2);
            assertThat(disk.heard.failed).isEmpty();
            assertThat(disk.layout.place(0)).hasBinaryContent(disk.torrent.content());
            assertThat(disk.segments.usedBytes()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 2", "0, 2, 1", "1, 0, 2", "1, 2, 0", "2, 0, 1", "2, 1, 0"})
    void segmentsMayComeInAnyOrder(int first, int second, int third) throws Exception {
        try (Disk disk = new Disk(SampleTorrent.single("a", 2 * MIB + 512 * KIB, 2 * MIB + 300 * KIB + 7), folder)) {
            assertThat(disk.storage.segmentCount(0)).isEqualTo(3);

            disk.store(0, disk.torrent.piece(0), first, second);
            assertThat(disk.heard.verified).as("not judged before it is whole").isEmpty();
            disk.store(0, disk.torrent.piece(0), third);

            assertThat(disk.heard.verified).containsExactly(0);
            assertThat(disk.layout.place(0)).hasBinaryContent(disk.torrent.content());
        }
    }

    @Test
    void aSegmentStoredTwiceCountsOnce() throws Exception {
        try (Disk disk = new Disk(SampleTorrent.single("a", 2 * MIB, 2 * MIB), folder)) {
            disk.store(0, disk.torrent.piece(0), 0, 0, 1);

            assertThat(disk.heard.verified).containsExactly(0);
        }
    }

    @Test
    void wrongContentFailsWithTheHashOfEachBlockAsItCame() throws Exception {
        SampleTorrent torrent = SampleTorrent.single("a", 64 * KIB, 64 * KIB + 20_000);
        try (Disk disk = new Disk(torrent, folder)) {
            byte[] wrong = torrent.piece(1);
            wrong[17_000] ^= 1;

            disk.storePiece(0);
            disk.store(1, wrong, 0);

            assertThat(disk.heard.verified).containsExactly(0);
            assertThat(disk.heard.failed).containsOnlyKeys(1);
            assertThat(disk.heard.failed.get(1)).isEqualTo(blockHashes(wrong)).hasSize(2);
            assertThat(disk.finish(disk.storage.blockHashes(0))).isEqualTo(blockHashes(torrent.piece(0))).hasSize(4);
        }
    }

    @Test
    void aPieceThatFailedCanBeStoredAgain() throws Exception {
        try (Disk disk = new Disk(SampleTorrent.single("a", 2 * MIB, 2 * MIB), folder)) {
            disk.store(0, new byte[2 * MIB], 0, 1);
            disk.store(0, disk.torrent.piece(0), 1, 0);

            assertThat(disk.heard.failed).containsOnlyKeys(0);
            assertThat(disk.heard.verified).containsExactly(0);
        }
    }

    @Test
    void anAbandonedPieceStartsFromNothing() throws Exception {
        try (Disk disk = new Disk(SampleTorrent.single("a", 2 * MIB, 2 * MIB), folder)) {
            disk.store(0, new byte[2 * MIB], 0);
            disk.storage.abandon(0);

            disk.store(0, disk.torrent.piece(0), 1);
            assertThat(disk.heard.failed).isEmpty();
            disk.store(0, disk.torrent.piece(0), 0);

            assertThat(disk.heard.verified).containsExactly(0);
        }
    }

    @Test
    void onePieceSpansManyFiles() throws Exception {
        SampleTorrent torrent = SampleTorrent.folder("set", 32 * KIB, Part.file("one", 100), Part.file("empty", 0), Part.file("sub/two", 40_000),
                Part.file("sub/empty", 0), Part.file("three", 1), Part.file("four", 25_000), Part.file("last-empty", 0));
        try (Disk disk = new Disk(torrent, folder)) {
            disk.storeAll();

            assertThat(disk.heard.verified).containsExactly(0, 1);
            for (int index : List.of(0, 2, 4, 5)) {
                assertThat(disk.layout.place(index)).hasBinaryContent(torrent.file(index));
            }
            disk.releaseAll();
            assertThat(folder.resolve("set/sub/two")).hasBinaryContent(torrent.file(2));
            assertThat(folder.resolve("set/empty")).isEmptyFile();
            assertThat(folder.resolve("set/sub/empty")).isEmptyFile();
            assertThat(folder.resolve("set/last-empty")).isEmptyFile();
            assertThat(disk.check().cardinality()).isEqualTo(2);
        }
    }

    @Test
    void paddingIsNeverWrittenAndReadsAsZeros() throws Exception {
        SampleTorrent torrent = SampleTorrent.folder("set", 32 * KIB, Part.file("one", 20_000), Part.pad(32 * KIB - 20_000), Part.file("two", 5));
        try (Disk disk = new Disk(torrent, folder)) {
            disk.storeAll();

            assertThat(disk.heard.verified).containsExactly(0, 1);
            assertThat(partsIn(disk.layout.quarantine())).containsExactly("000000.part", "000002.part");
            disk.releaseAll();
            assertThat(folder.resolve("set/.pad")).doesNotExist();
            assertThat(disk.check().cardinality()).isEqualTo(2);
        }
    }

    @Test
    void whatFollowsPaddingInTheSamePieceIsWrittenAsItCame() throws Exception {
        SampleTorrent torrent = SampleTorrent.folder("set", 32 * KIB, Part.file("one", 10_000), Part.pad(6_384), Part.file("two", 9_000));
        try (Disk disk = new Disk(torrent, folder)) {
            disk.storeAll();

            assertThat(disk.heard.verified).containsExactly(0);
            assertThat(disk.layout.place(2)).hasBinaryContent(torrent.file(2));
        }
    }

    @Test
    void aPeerCannotSpoilAPieceByWhatItSendsForPadding() throws Exception {
        SampleTorrent torrent = SampleTorrent.folder("set", 32 * KIB, Part.file("one", 20_000), Part.pad(32 * KIB - 20_000));
        try (Disk disk = new Disk(torrent, folder)) {
            byte[] bent = torrent.piece(0);
            bent[30_000] = 1;

            disk.store(0, bent, 0);

            assertThat(disk.heard.verified).containsExactly(0);
            assertThat(disk.check()).hasToString("{0}");
        }
    }

    @Test
    void whatIsNotThereYetIsHolesAndIsKeptByLaterPieces() throws Exception {
        try (Disk disk = new Disk(SampleTorrent.single("a", 16 * KIB, 10 * 16 * KIB), folder)) {
            disk.storePiece(9);
            disk.storePiece(0);

            assertThat(disk.layout.place(0)).hasSize(10 * 16 * KIB);
            assertThat(disk.check()).hasToString("{0, 9}");
        }
    }

    private static List<String> partsIn(Path folder) throws Exception {
        try (var entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static List<Bytes> blockHashes(byte[] piece) {
        List<Bytes> hashes = new ArrayList<>();
        for (int begin = 0; begin < piece.length; begin += TorrentStorage.BLOCK) {
            hashes.add(Bytes.copyOf(SampleTorrent.sha1(Arrays.copyOfRange(piece, begin, Math.min(piece.length, begin + TorrentStorage.BLOCK)))));
        }
        return hashes;
    }
}
