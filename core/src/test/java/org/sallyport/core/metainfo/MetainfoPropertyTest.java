package org.sallyport.core.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.metainfo.Torrents.file;
import static org.sallyport.core.metainfo.Torrents.folder;
import static org.sallyport.core.metainfo.Torrents.single;
import static org.sallyport.core.metainfo.Torrents.torrent;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.sallyport.core.model.RefusedException;

/** Nothing but a refusal comes out of hostile bytes, and what is accepted keeps its promises. */
@Tag("hostile")
class MetainfoPropertyTest {
    private static final Path ROOT = Path.of("/downloads");
    private static final byte[] SINGLE = torrent(single("file.bin", 40_000), Map.of("announce", "http://a.example/", "creation date", 1));
    private static final byte[] FOLDER = torrent(folder("top", List.of(file(20_000, "a", "b"), file(0, "c"), file(9, "A", "B"))),
            Map.of("announce-list", List.of(List.of("udp://a.example:1"))));

    @Property(tries = 2000)
    void randomBytesAreReadOrRefused(@ForAll byte[] bytes) {
        readOrRefused(bytes);
    }

    @Property(tries = 3000)
    void bytesOfTheGrammarAreReadOrRefused(@ForAll("grammar") String text) {
        readOrRefused(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Property(tries = 3000)
    void mutatedTorrentsAreRefusedOrConsistent(@ForAll boolean several, @ForAll("mutations") List<Mutation> mutations) {
        byte[] bytes = several ? FOLDER : SINGLE;
        for (Mutation mutation : mutations) {
            bytes = mutation.apply(bytes);
        }

        try {
            assertConsistent(MetainfoReader.read(bytes));
        } catch (RefusedException refused) {
            assertThat(refused.refusal().rule()).matches("(bencode|metainfo)\\.[a-z0-9-]+");
        }
    }

    @Property(tries = 500)
    void whatIsEncodedIsDecodedAgain(@ForAll("dicts") Map<String, Object> dict) throws RefusedException {
        byte[] encoded = Bencode.encode(dict);

        BencodeDict decoded = Bencode.decodeDict(encoded, BencodeLimits.TORRENT);

        assertThat(decoded.keys()).isEqualTo(dict.keySet());
        assertThat(decoded.raw()).isEqualTo(encoded);
        dict.forEach((key, value) -> assertSame(value, decoded, key));
    }

    @Property(tries = 3000)
    void anyNameBecomesOneSafeElement(@ForAll("names") String raw) {
        String safe = PathRule.element(raw);

        assertThat(safe).isNotEmpty().isNotIn(".", "..").doesNotContainPattern("[\\x00-\\x1f\\x7f-\\x9f<>:\"/\\\\|?*\\p{Cf}]")
                .doesNotEndWith(".").doesNotEndWith(" ").doesNotStartWith("-").doesNotStartWith("~");
        assertThat(safe.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(240);
        assertThat(Normalizer.isNormalized(safe, Normalizer.Form.NFC)).isTrue();
        assertThat(PathRule.element(safe)).isEqualTo(safe);
        assertThat(ROOT.resolve(safe).normalize().getParent()).isEqualTo(ROOT);
    }

    @Property(tries = 2000)
    void noTwoPathsMeanTheSameFileOrAFolderOfAnother(@ForAll("trees") List<List<String>> raw) throws RefusedException {
        List<String> paths = PathRule.paths(raw);

        Set<String> files = new HashSet<>();
        Set<String> folders = new HashSet<>();
        for (String path : paths) {
            String key = PathRule.collisionKey(path);
            assertThat(files.add(key)).as("%s in %s", path, paths).isTrue();
            for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
                folders.add(key.substring(0, slash));
            }
        }
        assertThat(Collections.disjoint(files, folders)).as("%s", paths).isTrue();
    }

    @Provide
    Arbitrary<String> grammar() {
        return Arbitraries.of("d", "l", "i", "e", "0", "1", "9", "-", ":", "1:a", "4:info", "i1e", "le", "de", "2147483647:", "\u00ff")
                .list().ofMaxSize(40).map(parts -> "d" + String.join("", parts));
    }

    @Provide
    Arbitrary<List<Mutation>> mutations() {
        // mostly bytes that mean something, so that some mutants get past the syntax
        Arbitrary<Byte> values = Arbitraries.of('d', 'l', 'i', 'e', '0', '1', '2', '9', ':', '-', '/', '.', '\0', '\u00ff')
                .map(c -> (byte) c.charValue());
        return Combinators.combine(Arbitraries.integers().between(0, 4), Arbitraries.integers().between(0, 400), values,
                Arbitraries.integers().between(1, 12))
                .as(Mutation::new).list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<Map<String, Object>> dicts() {
        Arbitrary<String> keys = Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(6);
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                Arbitraries.longs().map(Object.class::cast), Arbitraries.strings().ofMaxLength(8).map(Object.class::cast),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(8).map(Object.class::cast));
        Arbitrary<Object> values = Arbitraries.lazyOf(() -> leaves, () -> leaves, () -> leaves.list().ofMaxSize(4).map(Object.class::cast),
                () -> Arbitraries.maps(keys, leaves).ofMaxSize(4).map(Object.class::cast));
        return Arbitraries.maps(keys, values).ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> nasty = Arbitraries.of("CON", "nul", "com1", ".", "..", " ", "-", "~", "/", "\\", ":", "\u202e", "\u0301", "\u0338", ">",
                "\u1100\u1161", "\ufb01", "\ud83d\ude00", "\ud800", "x".repeat(120), "\u0958", ".txt", "\0", "\u00b9", "$");
        return Arbitraries.oneOf(nasty, Arbitraries.strings().ofMaxLength(5)).list().ofMaxSize(8).map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<List<List<String>>> trees() {
        Arbitrary<String> element = Arbitraries.of("a", "A", "a (2)", "A (2)", "a.", "b.x", "B.X", "b (2).x", "\u212b", "\u00e5", "A\u030a",
                "\u00df", "ss", "..", "_", "con", "_CON");
        return element.list().ofMinSize(1).ofMaxSize(3).list().ofMaxSize(12);
    }

    /** One edit at {@code place} (taken modulo the length): overwrite, insert, delete, cut off or double a part. */
    record Mutation(int kind, int place, byte value, int length) {
        byte[] apply(byte[] in) {
            if (in.length == 0) {
                return in;
            }
            int at = Math.floorMod(place, in.length);
            int end = Math.min(in.length, at + Math.floorMod(length, 12) + 1);
            return switch (Math.floorMod(kind, 5)) {
                case 0 -> join(Arrays.copyOf(in, at), new byte[] {value}, Arrays.copyOfRange(in, at + 1, in.length));
                case 1 -> join(Arrays.copyOf(in, at), new byte[] {value}, Arrays.copyOfRange(in, at, in.length));
                case 2 -> join(Arrays.copyOf(in, at), new byte[0], Arrays.copyOfRange(in, end, in.length));
                case 3 -> Arrays.copyOf(in, at);
                default -> join(Arrays.copyOf(in, end), new byte[0], Arrays.copyOfRange(in, at, in.length));
            };
        }

        private static byte[] join(byte[] head, byte[] middle, byte[] tail) {
            byte[] all = Arrays.copyOf(head, head.length + middle.length + tail.length);
            System.arraycopy(middle, 0, all, head.length, middle.length);
            System.arraycopy(tail, 0, all, head.length + middle.length, tail.length);
            return all;
        }
    }

    private static void readOrRefused(byte[] bytes) {
        try {
            BencodeDict dict = Bencode.decodeDict(bytes, BencodeLimits.PEER);
            assertThat(dict.raw()).isEqualTo(bytes);
        } catch (RefusedException refused) {
            assertThat(refused.refusal().rule()).startsWith("bencode.");
        }
    }

    private static void assertConsistent(Metainfo torrent) {
        long offset = 0;
        for (FileEntry file : torrent.files()) {
            assertThat(file.offset()).isEqualTo(offset);
            assertThat(file.size()).isNotNegative();
            assertThat(ROOT.resolve(file.path()).normalize().startsWith(ROOT.resolve(torrent.name()))).as(file.path()).isTrue();
            offset += file.size();
        }
        assertThat(torrent.totalBytes()).isEqualTo(offset).isPositive();
        long pieces = 0;
        for (int piece = 0; piece < torrent.pieceCount(); piece++) {
            assertThat(torrent.pieceBytes(piece)).isPositive();
            pieces += torrent.pieceBytes(piece);
        }
        assertThat(pieces).isEqualTo(offset);
    }

    private static void assertSame(Object value, BencodeDict decoded, String key) {
        if (value instanceof Long number) {
            assertThat(decoded.integer(key)).hasValue(number);
        } else if (value instanceof String text) {
            assertThat(decoded.bytes(key)).contains(text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof byte[] bytes) {
            assertThat(decoded.bytes(key)).contains(bytes);
        } else if (value instanceof List<?> list) {
            assertThat(decoded.list(key).orElseThrow().size()).isEqualTo(list.size());
        } else {
            BencodeDict inner = decoded.dict(key).orElseThrow();
            ((Map<?, ?>) value).forEach((innerKey, innerValue) -> assertSame(innerValue, inner, (String) innerKey));
        }
    }
}
