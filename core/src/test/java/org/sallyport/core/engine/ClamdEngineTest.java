package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.FileCheck.Stage;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.HeldFile;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.Verdict.Kind;
import org.sallyport.core.testkit.NeedsClamd;
import org.sallyport.core.testkit.RealClamd;
import org.sallyport.core.testkit.ScriptedSeed;
import org.sallyport.core.testkit.ScriptedSeed.Talk;
import org.sallyport.core.testkit.TorrentFixture;

/** The whole way with a real clamd: malware in four disguises is held, what is clean is released and marked. */
@NeedsClamd
@Timeout(300)
class ClamdEngineTest {
    private static final int PIECE = 16 << 10;

    @TempDir
    Path temp;

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    private TorrentFixture torrent() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("home/set"));
        Files.write(folder.resolve("a-plain.bin"), RealClamd.eicar());
        Files.write(folder.resolve("b-zipped.zip"), zip("plain.com", RealClamd.eicar()));
        Files.write(folder.resolve("c-nested.zip"), zip("inner.zip", zip("plain.com", RealClamd.eicar())));
        Files.write(folder.resolve("d-picture.jpg"), RealClamd.eicar());
        Files.writeString(folder.resolve("e-letter.txt"), "Dear reader, nothing is wrong with this letter.\n".repeat(400));
        return TorrentFixture.of(temp.resolve("home"), "set", PIECE);
    }

    private static Map<String, FileSnapshot> files(Engine engine, TorrentFixture torrent) {
        return engine.details(torrent.hash()).join().orElseThrow().files().stream()
                .collect(Collectors.toMap(file -> file.path().substring(4), file -> file, (a, b) -> a, TreeMap::new));
    }

    private static String attribute(Path file, String name) throws IOException {
        UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        ByteBuffer value = ByteBuffer.allocate(view.size(name));
        view.read(name, value);
        return StandardCharsets.UTF_8.decode(value.flip()).toString();
    }

    @Test
    void malwareIsHeldWhateverItIsCalledAndWhatIsCleanIsReleased() throws Exception {
        TorrentFixture torrent = torrent();
        try (RealClamd clamd = new RealClamd(Files.createTempDirectory("clamd"), Instant.now().minus(Duration.ofDays(1)));
                TestEngines engines = new TestEngines(temp);
                ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            Engine engine = engines.start("one");
            done(engine.changeSettings(engine.settings().withScreening(engine.settings().screening().withScanner(clamd.address()))));
            done(engine.quarantine().findScanner());
            done(engine.add(engines.download("one", torrent, seed.address())));
            awaitEvent(engine, "torrent.released");

            Map<String, FileSnapshot> files = files(engine, torrent);
            assertThat(files.values()).filteredOn(file -> !file.path().endsWith("e-letter.txt")).allSatisfy(file -> {
                assertThat(file.verdict().kind()).as(file.path()).isEqualTo(Kind.INFECTED);
                assertThat(file.check().stage()).as(file.path()).isEqualTo(Stage.HELD);
            });
            FileSnapshot letter = files.get("e-letter.txt");
            assertThat(letter.verdict().kind()).isEqualTo(Kind.CLEAN);
            assertThat(letter.check().findings().engine()).startsWith("ClamAV");
            Path released = engines.downloads("one").resolve("set/e-letter.txt");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(released))).doesNotContain("x");
            assertThat(attribute(released, "xdg.origin.url")).isEqualTo("magnet:?xt=urn:btih:" + torrent.hash().hex());
            assertThat(attribute(released, "xdg.referrer.url")).isNotEmpty();
            awaitState(engine, torrent.hash(), TorrentState.FINISHED);
            await().until(() -> engine.snapshot().quarantine().held().size() == 4);

            for (HeldFile held : engine.snapshot().quarantine().held()) {
                done(engine.quarantine().delete(held.hash(), held.file()));
            }

            await().until(() -> engine.snapshot().quarantine().held().isEmpty());
            assertThat(engines.downloads("one").resolve(".sallyport").resolve(torrent.hash().hex()).resolve("000000.part")).doesNotExist();
            assertThat(at(engine, torrent.hash()).sentence()).contains("Malware");
        }
    }
}
