package org.sallyport.core.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.sallyport.core.metainfo.Torrents.file;
import static org.sallyport.core.metainfo.Torrents.folder;
import static org.sallyport.core.metainfo.Torrents.single;
import static org.sallyport.core.metainfo.Torrents.torrent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.TorrentPreview;

class MetainfoReaderTest {

    @Test
    void readsASingleFile() throws Exception {
        Map<String, Object> info = single("a.bin", 40_000);
        byte[] bytes = torrent(info, Map.of("announce", "http://tracker.example/announce", "comment", "two\nlines", "created by", "x/1",
                "creation date", 1_700_000_000L));

        Metainfo torrent = MetainfoReader.read(bytes);

        assertThat(torrent.hash()).isEqualTo(InfoHash.of(MessageDigest.getInstance("SHA-1").digest(Bencode.encode(info))));
        assertThat(torrent.infoBytes()).isEqualTo(Bencode.encode(info));
        assertThat(torrent.fileBytes()).isEqualTo(bytes);
        assertThat(torrent.preview()).isEqualTo(new TorrentPreview(torrent.hash(), "a.bin", false, false, true,
                List.of(new TorrentPreview.Entry(0, "a.bin", 40_000)), 40_000, 16_384, 3, "two\nlines", "x/1", Instant.ofEpochSecond(1_700_000_000),
                List.of(List.of("http://tracker.example/announce")), List.of(), List.of()));
        assertThat(torrent.files()).containsExactly(new FileEntry(0, "a.bin", 0, 40_000, false));
        assertThat(IntStream.range(0, 3).map(torrent::pieceBytes)).containsExactly(16_384, 16_384, 7_232);
        assertThat(torrent.totalBytes()).isEqualTo(40_000);
    }

    @Test
    void answersPieceHashes() throws RefusedException {
        Metainfo torrent = MetainfoReader.read(torrent(single("a", 40_000)));
        byte[] second = new byte[20];
        torrent.copyPieceHash(1, second);

        assertThat(second).containsOnly(1);
        assertThat(torrent.matches(1, second)).isTrue();
        assertThat(torrent.matches(2, second)).isFalse();
        assertThat(torrent.matches(1, Arrays.copyOf(second, 19))).isFalse();
        assertThat(torrent.matches(1, Arrays.copyOf(second, 21))).isFalse();
        assertThatThrownBy(() -> torrent.matches(3, second)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> torrent.pieceBytes(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void readsAFolderWithOffsetsAndEmptyFiles() throws RefusedException {
        Metainfo torrent = MetainfoReader.read(torrent(folder("top", List.of(
                file(10, "a"), file(0, "sub", "empty"), file(16_384, "sub", "b")))));

        assertThat(torrent.singleFile()).isFalse();
        assertThat(torrent.files()).containsExactly(
                new FileEntry(0, "top/a", 0, 10, false), new FileEntry(1, "top/sub/empty", 10, 0, false),
                new FileEntry(2, "top/sub/b", 10, 16_384, false));
        assertThat(torrent.pieceBytes(1)).isEqualTo(10);
    }

    @Test
    void aFolderOfOneFileIsAFolder() throws RefusedException {
        Metainfo torrent = MetainfoReader.read(torrent(folder("top", List.of(file(10, "a")))));

        assertThat(torrent.singleFile()).isFalse();
        assertThat(torrent.files().get(0).path()).isEqualTo("top/a");
    }

    @Test
    void takesTheInfoHashFromTheRawBytesEvenIfUnsorted() throws Exception {
        String info = "d4:name1:x6:lengthi100e6:pieces20:aaaaaaaaaaaaaaaaaaaa12:piece lengthi16384ee";
        byte[] bytes = ("d4:info" + info + "e").getBytes(StandardCharsets.US_ASCII);

        assertThat(MetainfoReader.read(bytes).hash())
                .isEqualTo(InfoHash.of(MessageDigest.getInstance("SHA-1").digest(info.getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    void paddingCountsForPiecesAndIsNotShown() throws RefusedException {
        Map<String, Object> pad = file(6_384, ".pad", "6384");
        pad.put("attr", "p");
        Map<String, Object> legacy = file(100, "_____padding_file_0_if you see this file, please update");
        Metainfo torrent = MetainfoReader.read(torrent(folder("top", List.of(file(10_000, "a"), pad, file(5_000, "b"), legacy))));

        assertThat(torrent.files()).extracting(FileEntry::pad).containsExactly(false, true, false, true);
        assertThat(torrent.files()).extracting(FileEntry::path).containsExactly("top/a", "top/.pad/1", "top/b", "top/.pad/3");
        assertThat(torrent.files().get(2).offset()).isEqualTo(16_384);
        assertThat(torrent.totalBytes()).isEqualTo(21_484);
        assertThat(torrent.preview().totalBytes()).isEqualTo(15_000);
        assertThat(torrent.preview().files()).containsExactly(
                new TorrentPreview.Entry(0, "top/a", 10_000), new TorrentPreview.Entry(2, "top/b", 5_000));
    }

    @Test
    void executableAndHiddenAttributesAreIgnored() throws RefusedException {
        Map<String, Object> file = file(10, "run.sh");
        file.put("attr", "xh");

        assertThat(MetainfoReader.read(torrent(folder("top", List.of(file)))).files()).containsExactly(new FileEntry(0, "top/run.sh", 0, 10, false));
    }

    @Test
    void hybridIsUsedAsVersionOneAndSaysSo() throws RefusedException {
        Map<String, Object> info = single("a", 100);
        info.put("meta version", 2);
        info.put("file tree", Map.of("a", Map.of("", Map.of("length", 100, "pieces root", new byte[32]))));
        String root = new String(new byte[] {(byte) 0xC3, 0x28, (byte) 0xFF}, StandardCharsets.ISO_8859_1);

        Metainfo torrent = MetainfoReader.read(torrent(info, Map.of("piece layers", Map.of(root, new byte[32]))));

        assertThat(torrent.hybrid()).isTrue();
        assertThat(torrent.hash().isV2()).isFalse();
        assertThat(torrent.notes()).singleElement().asString().contains("version 1");
    }

    @Test
    void utf8NamesArePreferred() throws RefusedException {
        Map<String, Object> file = file(10, "\u00c3\u00bc");
        file.put("path.utf-8", List.of("\u00fc.txt"));
        Map<String, Object> broken = file(10, "b");
        broken.put("path.utf-8", List.of(5));
        Map<String, Object> info = folder("gbk", List.of(file, broken));
        info.put("name.utf-8", "\u65e5\u672c");

        Metainfo torrent = MetainfoReader.read(torrent(info));

        assertThat(torrent.name()).isEqualTo("\u65e5\u672c");
        assertThat(torrent.files()).extracting(FileEntry::path).containsExactly("\u65e5\u672c/\u00fc.txt", "\u65e5\u672c/b");
    }

    @Test
    void unsafeNamesAreChangedAndNoted() throws RefusedException {
        Metainfo torrent = MetainfoReader.read(torrent(folder("..", List.of(
                file(1, "..", "..", "etc", "passwd"), file(1, "C:\\Windows\\x"), file(1, "ok\u202e"), file(1, "OK")))));

        assertThat(torrent.name()).isEqualTo("_");
        assertThat(torrent.files()).extracting(FileEntry::path).containsExactly("_/_/_/etc/passwd", "_/C__Windows_x", "_/ok", "_/OK (2)");
        assertThat(torrent.notes()).singleElement().asString().startsWith("4 file names were changed").contains("“../../../etc/passwd” is now");
    }

    @ParameterizedTest
    @ValueSource(ints = {16 << 10, 48 << 10, 3 << 20, 64 << 20})
    void pieceLengthNeedNotBeAPowerOfTwo(int pieceLength) throws RefusedException {
        Map<String, Object> info = single("a", 100);
        info.put("piece length", pieceLength);

        assertThat(MetainfoReader.read(torrent(info)).pieceLength()).isEqualTo(pieceLength);
    }

    @Test
    void privateMeansAnyNumberButZero() throws RefusedException {
        Map<String, Object> info = single("a", 100);
        assertThat(MetainfoReader.read(torrent(info)).privateTorrent()).isFalse();
        info.put("private", 0);
        assertThat(MetainfoReader.read(torrent(info)).privateTorrent()).isFalse();
        info.put("private", 1);
        assertThat(MetainfoReader.read(torrent(info)).privateTorrent()).isTrue();
    }

    @Test
    void tiersWinOverAnnounceUnlessEmpty() throws RefusedException {
        List<List<String>> tiers = List.of(List.of("http://a.example/x", "udp://b.example:6969"), List.of(), List.of("https://c.example/"));

        assertThat(outer(Map.of("announce", "http://z.example/", "announce-list", tiers)).tiers())
                .containsExactly(List.of("http://a.example/x", "udp://b.example:6969"), List.of("https://c.example/"));
        assertThat(outer(Map.of("announce", "http://z.example/", "announce-list", List.of())).tiers()).containsExactly(List.of("http://z.example/"));
        assertThat(outer(Map.of("announce", "http://z.example/", "announce-list", List.of(List.of()))).tiers())
                .containsExactly(List.of("http://z.example/"));
        assertThat(outer(Map.of()).tiers()).isEmpty();
        assertThat(outer(Map.of("announce", "http://z.example/")).notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http:///x", "a.example/announce",
            "http://a b/",
            "http://user:secret@a.example/", "http://a.example:99999/", "http://a.example:0/", "wss://a.example/",
            "http://a.example/\u202e", "udp:a", "", "jar:http://a.example/"})
    void addressesOfOtherKindsAreLeftOutAndNoted(String url) throws RefusedException {
        Metainfo torrent = outer(Map.of("announce-list", List.of(List.of(url, "http://ok.example/"))));

        assertThat(torrent.tiers()).containsExactly(List.of("http://ok.example/"));
        assertThat(torrent.notes()).singleElement().asString().startsWith("Left out 1 trackers");
    }

    @Test
    void trackersAreCappedInNumberAndLength() throws RefusedException {
        String longest = "http://a.example/" + "x".repeat(2048 - 17);
        List<List<String>> many = IntStream.range(0, 100_000).mapToObj(i -> List.of("http://t" + i + ".example/")).toList();

        assertThat(outer(Map.of("announce", longest)).tiers()).hasSize(1);
        assertThat(outer(Map.of("announce", longest + "x")).tiers()).isEmpty();
        Metainfo torrent = outer(Map.of("announce-list", many));
        assertThat(torrent.tiers()).hasSize(50);
        assertThat(torrent.notes()).singleElement().asString().startsWith("Left out 99950 trackers");
        assertThat(outer(Map.of("announce-list", List.of(List.of("http://a.example/", "http://a.example/")))).tiers())
                .containsExactly(List.of("http://a.example/"));
        assertThat(outer(Map.of("announce-list", List.of("not a tier", List.of("http://a.example/")))).tiers())
                .containsExactly(List.of("http://a.example/"));
    }

    private static WebSeed files(String url) {
        return new WebSeed(url, WebSeed.Kind.FILES);
    }

    @Test
    void webSeedsMayBeOneOrSeveral() throws RefusedException {
        assertThat(outer(Map.of("url-list", "http://a.example/x")).webSeeds()).containsExactly(files("http://a.example/x"));
        assertThat(outer(Map.of("url-list", List.of("http://a.example/x", "https://b.example/", "udp://c.example:1"))).webSeeds())
                .containsExactly(files("http://a.example/x"), files("https://b.example/"));
        assertThat(outer(Map.of("httpseeds", List.of("http://a.example/seed"))).webSeeds())
                .containsExactly(new WebSeed("http://a.example/seed", WebSeed.Kind.PIECES));
        assertThat(outer(Map.of("url-list", "")).webSeeds()).isEmpty();
        assertThat(outer(Map.of("url-list", "")).notes()).isEmpty();
        assertThat(outer(Map.of("url-list", 5)).webSeeds()).isEmpty();
    }

    @Test
    void textsAreMadeSafeToShow() throws RefusedException {
        Metainfo torrent = outer(Map.of("comment", "a\u202eb\u0007c\n" + "x".repeat(5000), "created by", "evil\nline\u200b"));

        assertThat(torrent.comment()).startsWith("ab c\nxxx").hasSizeLessThanOrEqualTo(4097);
        assertThat(torrent.createdBy()).isEqualTo("evil line");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, 253_402_300_800L})
    void impossibleDatesCountAsNotGiven(long seconds) throws RefusedException {
        assertThat(outer(Map.of("creation date", seconds)).createdAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void aHundredThousandFilesAreRead() throws RefusedException {
        List<Map<String, Object>> files = IntStream.range(0, 100_000).mapToObj(i -> file(1, "d" + i % 100, "f" + i)).toList();

        Metainfo torrent = MetainfoReader.read(torrent(folder("x", files)));

        assertThat(torrent.files()).hasSize(100_000);
        assertThat(torrent.files().get(99_999)).isEqualTo(new FileEntry(99_999, "x/d99/f99999", 99_999, 1, false));
    }

    @Test
    void cannotBeChangedThroughItsBytes() throws RefusedException {
        byte[] bytes = torrent(single("a", 100));
        byte[] original = bytes.clone();
        Metainfo torrent = MetainfoReader.read(bytes);

        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(torrent.fileBytes(), (byte) 0);
        Arrays.fill(torrent.infoBytes(), (byte) 0);

        assertThat(torrent.fileBytes()).isEqualTo(original);
        assertThatThrownBy(() -> torrent.files().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void readsFromAFile(@TempDir Path folder) throws RefusedException, IOException {
        Path file = Files.write(folder.resolve("x.torrent"), torrent(single("a", 100)));
        Path large = Files.write(folder.resolve("large.torrent"), large());

        assertThat(MetainfoReader.read(file).name()).isEqualTo("a");
        assertThat(catchThrowableOfType(RefusedException.class, () -> MetainfoReader.read(large)).refusal().rule()).isEqualTo("bencode.size");
        assertThat(catchThrowableOfType(RefusedException.class, () -> MetainfoReader.read(folder)).refusal().rule()).isEqualTo("metainfo.not-a-file");
        assertThatThrownBy(() -> MetainfoReader.read(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    private static byte[] large() {
        Map<String, Object> outer = new TreeMap<>();
        outer.put("fill", new byte[10 << 20]);
        return torrent(single("a", 100), outer);
    }

    private static Metainfo outer(Map<String, ?> outer) throws RefusedException {
        return MetainfoReader.read(torrent(single("a", 100), outer));
    }
}
