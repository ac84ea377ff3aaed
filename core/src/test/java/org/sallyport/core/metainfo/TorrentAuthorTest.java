package org.sallyport.core.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.RefusedException;

class TorrentAuthorTest {
    private static final int PIECE = 16 << 10;

    @TempDir
    Path temp;

    @Test
    void writesASingleFileThatReadsBack() throws Exception {
        byte[] content = random(100_000, 1);
        Path source = Files.write(temp.resolve("a file.bin"), content);
        AuthorRequest request = request(source)
                .withTiers(List.of(List.of("http://a.example/announce", "udp://b.example:6969"), List.of("https://c.example/")))
                .withWebSeeds(List.of("https://d.example/files/")).withPrivateTorrent(true).withComment("h\u00ebllo")
                .withCreatedAt(Instant.ofEpochSecond(1_700_000_000));

        Metainfo written = write(request);

        Metainfo read = MetainfoReader.read(target());
        assertThat(read.preview()).isEqualTo(written.preview());
        assertThat(read.name()).isEqualTo("a file.bin");
        assertThat(read.singleFile()).isTrue();
        assertThat(read.tiers()).isEqualTo(request.tiers());
        assertThat(read.preview().webSeeds()).isEqualTo(request.webSeeds());
        assertThat(read.privateTorrent()).isTrue();
        assertThat(read.comment()).isEqualTo("h\u00ebllo");
        assertThat(read.createdBy()).isEqualTo("Sallyport");
        assertThat(read.createdAt()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(read.notes()).isEmpty();
        assertHashes(read, content);
    }

    @Test
    void writesAFolderSortedWithHashesAcrossFiles() throws Exception {
        Path source = Files.createDirectories(temp.resolve("top/b/deep"));
        byte[] one = random(PIECE + 5, 1);
        byte[] two = random(3, 2);
        byte[] three = random(2 * PIECE, 3);
        Files.write(temp.resolve("top/b/deep/z"), one);
        Files.write(temp.resolve("top/b.txt"), two);
        Files.write(temp.resolve("top/a"), three);
        Files.write(temp.resolve("top/empty"), new byte[0]);
        Files.createDirectories(temp.resolve("top/no files"));

        Metainfo torrent = write(request(temp.resolve("top")).withPieceLength(PIECE));

        assertThat(source).exists();
        assertThat(torrent.files()).containsExactly(
                new FileEntry(0, "top/a", 0, 2 * PIECE, false),
                new FileEntry(1, "top/b/deep/z", 2 * PIECE, PIECE + 5, false),
                new FileEntry(2, "top/b.txt", 3 * PIECE + 5, 3, false),
                new FileEntry(3, "top/empty", 3 * PIECE + 8, 0, false));
        assertHashes(torrent, concat(three, one, two));
    }

    @Test
    void sameSourceGivesTheSameBytes() throws Exception {
        Path source = folder("top", "a", "b", "c");

        byte[] first = write(request(source)).fileBytes();
        byte[] second = write(request(source)).fileBytes();

        assertThat(second).isEqualTo(first);
        assertThat(Files.readAllBytes(target())).isEqualTo(first);
    }

    @Test
    void manyPiecesOnManyThreadsKeepTheirPlace() throws Exception {
        byte[] content = random(5_000_000, 7);
        Path source = Files.write(temp.resolve("big"), content);
        AtomicInteger digests = new AtomicInteger();
        List<Double> told = new ArrayList<>();

        Metainfo torrent = TorrentAuthor.write(request(source).withPieceLength(PIECE), () -> {
            digests.incrementAndGet();
            return sha1();
        }, told::add, () -> false);

        assertHashes(torrent, content);
        assertThat(digests).hasValueGreaterThan(0);
        assertThat(told).isSorted().allMatch(p -> p >= 0 && p <= 1).endsWith(1.0);
    }

    @ParameterizedTest
    @CsvSource({"1, 16384", "32768000, 16384", "32768001, 32768", "1000000000, 524288", "33554432000, 16777216", "9999999999999, 16777216"})
    void automaticPieceLengthAimsAtAThousandToTwoThousandPieces(long total, int pieceLength) {
        assertThat(TorrentAuthor.automaticPieceLength(total)).isEqualTo(pieceLength);
    }

    @Test
    void linksAreLeftOutAndNoted() throws Exception {
        Path source = folder("top", "a");
        Path secret = Files.write(temp.resolve("secret"), random(10, 1));
        Files.createSymbolicLink(source.resolve("link"), secret);
        Files.createSymbolicLink(source.resolve("loop"), source);

        Metainfo torrent = write(request(source));

        assertThat(torrent.files()).extracting(FileEntry::path).containsExactly("top/a");
        assertThat(torrent.notes()).containsExactly("2 links and special files were left out.");
    }

    @Test
    void theTorrentItselfIsLeftOut() throws Exception {
        Path source = folder("top", "a");
        Path target = Files.write(source.resolve("self.torrent"), random(10, 1));

        Metainfo torrent = write(AuthorRequest.of(source, target));

        assertThat(torrent.files()).extracting(FileEntry::path).containsExactly("top/a");
        assertThat(MetainfoReader.read(target).hash()).isEqualTo(torrent.hash());
        assertThat(torrent.notes()).singleElement().asString().contains("torrent file itself");
    }

    @Test
    void replacesAnOldTorrentAndLeavesNothingElse() throws Exception {
        Path source = folder("top", "a");
        Files.writeString(target(), "old");

        write(request(source));

        assertThat(MetainfoReader.read(target()).name()).isEqualTo("top");
        assertThat(names(temp)).containsExactly("made.torrent", "top");
    }

    @Test
    void cancelLeavesTheTargetAsItWas() throws Exception {
        Path source = Files.write(temp.resolve("big"), random(3_000_000, 1));
        AtomicBoolean cancelled = new AtomicBoolean();

        assertThatThrownBy(() -> TorrentAuthor.write(request(source), p -> cancelled.set(true), cancelled::get))
                .isInstanceOf(CancellationException.class);

        assertThat(names(temp)).containsExactly("big");
    }

    @Test
    void interruptCancels() throws Exception {
        Path source = Files.write(temp.resolve("big"), random(3_000_000, 1));

        try {
            assertThatThrownBy(() -> TorrentAuthor.write(request(source), p -> Thread.currentThread().interrupt(), () -> false))
                    .isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(names(temp)).containsExactly("big");
    }

    @Test
    void aFileThatGrowsOrShrinksMeanwhileIsRefused() throws Exception {
        Path source = folder("top", "a", "b");

        for (int size : new int[] {5, 5000}) {
            RefusedException refused = catchThrowableOfType(RefusedException.class, () -> TorrentAuthor.write(request(source), () -> {
                overwrite(source.resolve("b"), random(size, 9));
                return sha1();
            }, p -> { }, () -> false));

            assertThat(refused.refusal().rule()).isEqualTo("create.changed");
            assertThat(refused.refusal().sentence()).contains("“b”");
        }
        assertThat(target()).doesNotExist();
    }

    @Test
    void aTargetThatCannotBeReplacedLeavesNothingBeside() throws Exception {
        Path source = folder("top", "a");

        assertThatThrownBy(() -> TorrentAuthor.write(request(source), () -> {
            inTheWay();
            return sha1();
        }, p -> { }, () -> false)).isInstanceOf(IOException.class);

        assertThat(names(temp)).containsExactly("made.torrent", "top");
    }

    @Test
    void aDigestThatFailsStopsEverything() throws Exception {
        Path source = Files.write(temp.resolve("big"), random(3_000_000, 1));

        assertThatThrownBy(() -> TorrentAuthor.write(request(source), () -> {
            throw new IllegalStateException("no provider");
        }, p -> { }, () -> false)).isInstanceOf(IOException.class).hasRootCauseMessage("no provider");
        assertThat(target()).doesNotExist();
    }

    private Path target() {
        return temp.resolve("made.torrent");
    }

    private AuthorRequest request(Path source) {
        return AuthorRequest.of(source, target());
    }

    private Path folder(String name, String... files) throws IOException {
        Path folder = Files.createDirectories(temp.resolve(name));
        for (String file : files) {
            Files.write(folder.resolve(file), random(1000, file.hashCode()));
        }
        return folder;
    }

    private static Metainfo write(AuthorRequest request) throws RefusedException, IOException {
        return TorrentAuthor.write(request, p -> { }, () -> false);
    }

    private static void assertHashes(Metainfo torrent, byte[] content) {
        assertThat(torrent.totalBytes()).isEqualTo(content.length);
        for (int piece = 0; piece < torrent.pieceCount(); piece++) {
            MessageDigest digest = sha1();
            digest.update(content, piece * torrent.pieceLength(), torrent.pieceBytes(piece));
            assertThat(torrent.matches(piece, digest.digest())).as("piece %s", piece).isTrue();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    private static byte[] random(int length, long seed) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return content;
    }

    private static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** A folder with something in it, which no move replaces. */
    private void inTheWay() {
        try {
            Files.createDirectories(target().resolve("full"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void overwrite(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
