package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.refused;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.metainfo.MetainfoReader;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.testkit.Aftermath;
import org.sallyport.core.testkit.SampleTorrent;
import org.sallyport.core.testkit.ScriptedSeed;
import org.sallyport.core.testkit.TorrentFixture;

/** Torrents made to hurt, added to a running engine: each is refused in words of its own, or stays in its folder. */
@Timeout(120)
@Tag("hostile")
class HostileTorrentTest {
    private static final int PIECE = 16 << 10;
    @RegisterExtension
    static final Aftermath AFTERMATH = new Aftermath();
    @RegisterExtension
    final EngineAftermath after = new EngineAftermath(() -> this.engines.all());

    @TempDir
    Path temp;
    private TestEngines engines;
    private Engine engine;

    @BeforeEach
    void open() throws Exception {
        engines = new TestEngines(temp.resolve("engine"));
        engine = engines.start("one");
    }

    @AfterEach
    void close() {
        engines.close();
    }

    private static Map<String, Object> info() {
        return new HashMap<>(Map.of("name", "x", "length", 100L, "piece length", (long) PIECE, "pieces", new byte[20]));
    }

    private static byte[] torrent(Map<String, Object> info) {
        return Bencode.encode(Map.of("info", info));
    }

    private static byte[] with(String key, Object value) {
        Map<String, Object> info = info();
        info.put(key, value);
        return torrent(info);
    }

    private static byte[] folder(List<Map<String, Object>> files) {
        Map<String, Object> info = info();
        info.remove("length");
        info.put("files", files);
        return torrent(info);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** By the rule that refuses it. */
    private static Map<String, byte[]> hostile() {
        Map<String, Object> one = Map.of("length", 1L, "path", List.of("a"));
        byte[] valid = torrent(info());
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("metainfo.file-count", folder(Collections.nCopies(150_000, one)));
        all.put("bencode.tokens", folder(Collections.nCopies(300_000, one)));
        all.put("bencode.size", folder(Collections.nCopies(1_000_000, one)));
        all.put("metainfo.piece-length", with("piece length", 1L << 40));
        all.put("metainfo.piece-count", with("length", 1L << 40));
        all.put("metainfo.pieces-shape", with("pieces", new byte[19]));
        all.put("metainfo.total-size", with("length", Long.MAX_VALUE));
        all.put("metainfo.file-size", with("length", -1L));
        all.put("metainfo.symlink", folder(List.of(Map.of("length", 100L, "path", List.of("a")),
                Map.of("length", 0L, "path", List.of("l"), "attr", "l"))));
        all.put("metainfo.path-depth", folder(List.of(Map.of("length", 100L, "path", List.of("d".repeat(40).split(""))))));
        all.put("metainfo.path-missing", folder(List.of(Map.of("length", 100L, "path", List.of()))));
        all.put("metainfo.empty", folder(List.of()));
        all.put("bencode.duplicate-key", text("d4:infod6:lengthi100e6:lengthi5e4:name1:xee"));
        all.put("bencode.depth", text("d4:info" + "d1:a".repeat(100_000)));
        all.put("bencode.trailing", text(new String(valid, StandardCharsets.ISO_8859_1) + "x"));
        all.put("bencode.string-length", text("d2147483647:"));
        all.put("bencode.not-dictionary", text("<!DOCTYPE html>"));
        return all;
    }

    @Test
    void eachIsRefusedInWordsOfItsOwnAndLeavesNothing() throws IOException {
        Map<String, String> told = new TreeMap<>();
        for (Map.Entry<String, byte[]> each : hostile().entrySet()) {
            Path file = Files.write(temp.resolve("hostile.torrent"), each.getValue());

            Refusal refusal = refused(engine.add(AddRequest.download(file, temp.resolve("here"))));

            assertThat(refusal.rule()).isEqualTo(each.getKey());
            told.put(refusal.rule(), refusal.sentence());
        }
        assertThat(told.values()).doesNotHaveDuplicates().allMatch(sentence -> sentence.endsWith("."));
        assertThat(temp.resolve("here")).satisfiesAnyOf(folder -> assertThat(folder).doesNotExist(), folder -> assertThat(folder).isEmptyDirectory());
        assertThat(engine.snapshot().torrents()).isEmpty();
    }

    /** Text that is read the other way round hides what a file is. */
    @Test
    void aNameThatReadsBackwardsIsRefused() throws Exception {
        Path file = Files.write(temp.resolve("bidi.torrent"), with("name", "photo\u202egpj.exe"));

        assertThat(refused(engine.add(AddRequest.download(file, temp.resolve("here")))).rule()).isEqualTo("names.blocked");
    }

    /** Names that mean another place, nothing, or something else to look at become names in the folder. */
    @Test
    void namesLeadNowhereElse() throws Exception {
        List<List<String>> paths = List.of(List.of("..", "..", "up"), List.of("/etc", "passwd"), List.of("CON"), List.of("nul.txt"),
                List.of("n".repeat(300)), List.of("Same"), List.of("same"), List.of("same"), List.of("C:\\Windows\\a"), List.of("~"),
                List.of(".."), List.of("-rf"), List.of("a", ".", "b"), List.of("trailing. "));
        List<Map<String, Object>> files = new ArrayList<>();
        for (List<String> path : paths) {
            files.add(Map.of("length", 10L, "path", path));
        }
        byte[] content = new byte[10 * paths.size()];
        Map<String, Object> info = info();
        info.remove("length");
        info.putAll(Map.of("files", files, "name", "../../../evil", "pieces", SampleTorrent.sha1(content)));
        Path file = Files.write(temp.resolve("names.torrent"), torrent(info));
        Metainfo metainfo = MetainfoReader.read(file);
        for (var entry : metainfo.files()) {
            Path data = temp.resolve("home").resolve(entry.path());
            Files.createDirectories(data.getParent());
            Files.write(data, new byte[(int) entry.size()]);
        }
        TorrentFixture torrent = new TorrentFixture(file, temp.resolve("home"), metainfo);
        List<Path> before = outside();

        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.4", ScriptedSeed.Talk::give)) {
            done(engine.add(AddRequest.download(file, temp.resolve("in").resolve("deep").resolve("here")).withPeers(List.of(seed.address()))
                    .withRisky(AddRequest.Risky.ACCEPT)));
            TestEngines.awaitState(engine, metainfo.hash(), TorrentState.SEEDING);
        }

        assertThat(at(engine, metainfo.hash()).progress()).isEqualTo(1.0);
        assertThat(outside()).isEqualTo(before);
        try (Stream<Path> all = Files.walk(temp.resolve("in"))) {
            assertThat(all.filter(Files::isRegularFile).map(Path::toString)).hasSize(paths.size())
                    .allMatch(path -> path.startsWith(temp.resolve("in/deep/here") + "/"));
        }
    }

    /** All but the engine's own folders and the one it was told to write to. */
    private List<Path> outside() throws IOException {
        try (Stream<Path> all = Files.walk(temp)) {
            return all.filter(path -> !path.startsWith(temp.resolve("in")) && !path.startsWith(temp.resolve("engine"))).sorted().toList();
        }
    }
}
