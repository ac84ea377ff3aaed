package org.sallyport.core.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.sallyport.core.metainfo.Torrents.ascii;
import static org.sallyport.core.metainfo.Torrents.file;
import static org.sallyport.core.metainfo.Torrents.folder;
import static org.sallyport.core.metainfo.Torrents.single;
import static org.sallyport.core.metainfo.Torrents.torrent;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.testkit.Aftermath;

/** What security research B1 to B3, B14 and B15 found accepted elsewhere, and the other rules of the reader. */
@Tag("hostile")
class MetainfoRefusalTest {
    @RegisterExtension
    static final Aftermath AFTERMATH = new Aftermath();
    private static final long TIB = 1L << 40;

    static List<Arguments> refusedInfos() {
        return List.of(
                row("name-missing", without(single("x", 100), "name")),
                row("name-missing", with(single("x", 100), "name", "")),
                row("name-missing", with(single("x", 100), "name", 5)),
                row("piece-length", without(single("x", 100), "piece length")),
                row("piece-length", with(single("x", 100), "piece length", 0)),
                row("piece-length", with(single("x", 100), "piece length", -16384)),
                row("piece-length", with(single("x", 100), "piece length", 1)),
                row("piece-length", with(single("x", 100), "piece length", 8192)),
                row("piece-length", with(single("x", 100), "piece length", 16385)),
                row("piece-length", with(single("x", 100), "piece length", 128 << 20)),
                row("piece-length", with(single("x", 100), "piece length", 1L << 31)),
                row("piece-length", with(single("x", 100), "piece length", 1L << 40)),
                row("piece-length", with(single("x", 100), "piece length", "16384")),
                row("pieces-missing", without(single("x", 100), "pieces")),
                row("pieces-missing", with(single("x", 100), "pieces", 5)),
                row("pieces-shape", with(single("x", 100), "pieces", new byte[19])),
                row("pieces-shape", with(single("x", 100), "pieces", new byte[21])),
                row("piece-count", with(single("x", 100), "pieces", new byte[0])),
                row("piece-count", with(single("x", 100), "pieces", new byte[40])),
                row("piece-count", with(single("x", 16385), "pieces", new byte[20])),
                row("piece-count", with(single("x", 16384), "pieces", new byte[40])),
                row("piece-count", with(single("x", 100), "length", TIB)),
                row("file-size", without(single("x", 100), "length")),
                row("file-size", with(single("x", 100), "length", -1)),
                row("file-size", with(single("x", 100), "length", Long.MIN_VALUE)),
                row("file-size", with(single("x", 100), "length", "100")),
                row("file-size", folder("x", List.of(file(100, "a"), file(-50, "b")))),
                row("file-size", with(folder("x", List.of(file(100, "a"))), "files", List.of(file(100, "a"), Map.of("path", List.of("b"))))),
                row("total-size", with(single("x", 100), "length", 16 * TIB + 1)),
                row("total-size", with(single("x", 100), "length", Long.MAX_VALUE)),
                row("total-size", files(List.of(file(Long.MAX_VALUE, "a"), file(Long.MAX_VALUE, "b"), file(2, "c")))),
                row("total-size", files(List.of(file(100, "a"), file(Long.MAX_VALUE, "b")))),
                row("total-size", files(List.of(file(9 * TIB, "a"), file(9 * TIB, "b")))),
                row("empty", single("x", 0)),
                row("empty", folder("x", List.of())),
                row("empty", folder("x", List.of(file(0, "a"), file(0, "b")))),
                row("empty", folder("x", List.of(with(file(100, "a"), "attr", "p")))),
                row("length-and-files", with(folder("x", List.of(file(100, "a"))), "length", 100)),
                row("files", with(without(single("x", 100), "length"), "files", "a")),
                row("file-entry", with(folder("x", List.of(file(100, "a"))), "files", List.of("a"))),
                row("path-missing", folder("x", List.of(without(file(100, "a"), "path"), file(0, "b")))),
                row("path-missing", folder("x", List.of(with(file(100, "a"), "path", List.of())))),
                row("path-missing", folder("x", List.of(with(file(100, "a"), "path", "a")))),
                row("path-missing", folder("x", List.of(with(file(100, "a"), "path", List.of("a", 5))))),
                row("path-missing", folder("x", List.of(with(file(100, "a"), "path", List.of(List.of("a")))))),
                row("path-depth", folder("x", List.of(file(100, "d".repeat(32).split(""))))),
                row("path-length", folder("x", List.of(file(100, "a".repeat(250), "a".repeat(250), "a".repeat(250), "a".repeat(250),
                        "b".repeat(60))))), row("path-duplicates", folder("x", IntStream.range(0, 502).mapToObj(i -> file(1,
                        i % 2 == 0 ? "a" : "A")).toList())), row("symlink", folder("x", List.of(file(100, "a"), with(file(0, "l"), "attr", "l")))),
                row("symlink", folder("x", List.of(file(100, "a"), with(file(0, "l"), "attr", "xl")))),
                row("symlink", folder("x", List.of(file(100, "a"), with(file(0, "l"), "symlink path", List.of("..", "etc"))))),
                row("symlink", with(single("x", 100), "attr", "l")),
                row("v2-only", with(without(single("x", 100), "pieces"), "meta version", 2)),
                row("v2-only", with(without(single("x", 100), "pieces"), "file tree", Map.of())),
                row("version", with(single("x", 100), "meta version", 3)),
                row("version", with(single("x", 100), "meta version", "2")));
    }

    @ParameterizedTest
    @MethodSource("refusedInfos")
    void refusesInfosThatAreWrong(String rule, Map<String, Object> info) {
        assertThat(rule(torrent(info))).isEqualTo("metainfo." + rule);
    }

    @Test
    void refusesATorrentWithoutInfo() {
        assertThat(rule(ascii("d8:announce3:urle"))).isEqualTo("metainfo.info-missing");
        assertThat(rule(ascii("d4:infolee"))).isEqualTo("metainfo.info-missing");
    }

    @Test
    void refusesKeysGivenTwiceAnywhere() {
        String info = "4:infod6:lengthi100e4:name1:x12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae";

        assertThat(rule(ascii("d" + info + info + "e"))).isEqualTo("bencode.duplicate-key");
        assertThat(rule(ascii("d" + info.replace("4:name1:x", "4:name1:x4:name1:y") + "e"))).isEqualTo("bencode.duplicate-key");
        assertThat(rule(ascii("d1:xld1:ai1e1:ai1eee" + info + "e"))).isEqualTo("bencode.duplicate-key");
    }

    @Test
    void refusesBytesAfterTheEnd() {
        byte[] valid = torrent(single("x", 100));

        assertThat(rule(ascii(new String(valid, StandardCharsets.ISO_8859_1) + "\n"))).isEqualTo("bencode.trailing");
    }

    @Test
    void refusesAWebPageSavedAsTorrent() {
        assertThat(rule(ascii("<!DOCTYPE html><html></html>"))).isEqualTo("bencode.not-dictionary");
        assertThat(rule(new byte[0])).isEqualTo("bencode.not-dictionary");
    }

    @Test
    void refusesMoreThanTenMebibytes() {
        byte[] large = new byte[(10 << 20) + 1];
        large[0] = 'd';

        assertThat(rule(large)).isEqualTo("bencode.size");
    }

    @Test
    void refusesNestingAndClaimedLengthsAtOnce() {
        assertThat(rule(ascii("d1:a" + "l".repeat(30_000)))).isEqualTo("bencode.depth");
        assertThat(rule(ascii("d1:a" + "l".repeat(5_000_000) + "e".repeat(5_000_001)))).isEqualTo("bencode.depth");
        assertThat(rule(ascii("d4:info" + "d1:a".repeat(20_000)))).isEqualTo("bencode.depth");
        assertThat(rule(ascii("d2147483647:"))).isEqualTo("bencode.string-length");
        assertThat(rule(ascii("d4:infod6:pieces9999999:"))).isEqualTo("bencode.truncated");
    }

    @Test
    void refusesMoreThanAHundredThousandFiles() {
        Map<String, Object> one = file(1, "a");
        List<Map<String, Object>> files = new ArrayList<>();
        IntStream.rangeClosed(0, 100_000).forEach(i -> files.add(one));

        assertThat(rule(torrent(folder("x", files)))).isEqualTo("metainfo.file-count");
    }

    @Test
    void versionTwoHasASentenceOfItsOwn() {
        RefusedException refused = refused(torrent(with(without(single("x", 100), "pieces"), "meta version", 2)));

        assertThat(refused.refusal().sentence()).contains("version 2").contains("comes later").contains("ask for");
    }

    /** Files whose sizes the hashes do not fit. */
    private static Map<String, Object> files(List<Map<String, Object>> files) {
        return with(folder("x", List.of(file(100, "a"))), "files", files);
    }

    private static Arguments row(String rule, Map<String, Object> info) {
        return Arguments.of(rule, info);
    }

    private static Map<String, Object> with(Map<String, Object> dict, String key, Object value) {
        dict.put(key, value);
        return dict;
    }

    private static Map<String, Object> without(Map<String, Object> dict, String key) {
        dict.remove(key);
        return dict;
    }

    private static String rule(byte[] torrent) {
        return refused(torrent).refusal().rule();
    }

    private static RefusedException refused(byte[] torrent) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> MetainfoReader.read(torrent));
        assertThat(refused).as("refused").isNotNull();
        assertThat(refused.refusal().sentence()).endsWith(".").doesNotContain("  ");
        return refused;
    }
}
