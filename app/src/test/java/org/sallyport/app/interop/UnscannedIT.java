package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.CLAMD;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a real virus scanner could not look at is "not scanned", and for which reason; never clean (invariant I3). */
@Needs({SALLYPORT, NAMESPACES, CLAMD, PYTHON, LIBTORRENT})
@Timeout(240)
class UnscannedIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int PIECE = 16_384;
    private static final String NAME = "Post";

    @Test
    void everyReasonIsTold(Scene scene) throws IOException {
        Host host = scene.host(10);
        ClamDaemon clamd = ClamDaemon.start(scene, host, "usual", Instant.now(), "StreamMaxLength 20M", "MaxFileSize 30M");
        ClamDaemon old = ClamDaemon.start(scene, host, "old", Instant.now().minus(Duration.ofDays(9)));
        ClamDaemon hung = ClamDaemon.start(scene, host, "hung", Instant.now());
        hung.signal("STOP");
        Path files = scene.folder("files");
        Path letter = Files.writeString(files.resolve("letter.txt"), "The weather is fine.\n");
        Path large = files.resolve("large.dat");
        try (RandomAccessFile hole = new RandomAccessFile(large.toFile(), "rw")) {
            hole.setLength(2_200_000_000L);
        }
        Path locked = Files.write(files.resolve("locked.zip"), locked());

        SallyportRun hanging = scan(scene, hung, "a", letter);
        SallyportRun beyond = scan(scene, clamd, "b", large);
        SallyportRun aged = scan(scene, old, "c", letter);
        SallyportRun encrypted = scan(scene, clamd, "d", locked);

        assertThat(reason(encrypted)).contains("encrypted");
        assertThat(reason(aged)).contains("9 days old", "freshclam");
        assertThat(reason(beyond)).contains("larger than the 20 MiB", "StreamMaxLength");
        assertThat(reason(hanging)).contains("it hangs");
    }

    @Test
    void whatTheScannerMissedIsLookedAtWhenItIsBack(Scene scene) throws IOException {
        ClamDaemon clamd = ClamDaemon.start(scene, scene.host(10));
        Path parent = scene.folder("seed");
        Path root = Files.createDirectories(parent.resolve(NAME));
        List<Path> all = List.of(Files.writeString(root.resolve("letter.txt"), "The weather is fine.\n"),
                Files.write(root.resolve("photo.dat"), ClamDaemon.eicar()));
        TorrentFile torrent = TorrentFile.write(scene.folder("torrents").resolve("post.torrent"), OpenTracker.ANNOUNCE, NAME, all, root, PIECE);
        new LibtorrentPeer(scene, scene.host(4), "seed").seed(torrent.withoutTrackers(scene.folder("torrents")), parent);
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport").settings(clamd.settings(", \"holdUnscanned\": true", ""));
        sallyport.start("daemon", "--port", RealClient.PORT).awaitReady();
        Instance instance = new Instance(sallyport);
        clamd.kill();
        Path folder = scene.folder("download");
        instance.ask("add", torrent.path(), "--to", folder, "--peer", scene.host(4).address() + ":" + RealClient.PORT);
        Waiting.until("both are held", LIMIT, () -> instance.ask("quarantine", "list").size() == all.size());
        assertThat(instance.ask("quarantine", "list")).extracting(file -> file.get("findings")).allSatisfy(findings -> {
            assertThat(findings.get("verdict").asText()).isEqualTo("notScanned");
            assertThat(findings.get("reason").asText()).contains("ClamAV does not answer");
        });
        assertThat(folder.resolve(NAME).resolve("letter.txt")).doesNotExist();

        clamd.restart();
        for (JsonNode file : instance.ask("quarantine", "list")) {
            instance.tryTo("quarantine", "rescan", file.get("id").asText());
        }

        // one of the two may be looked at before the other
        Waiting.until("the infected one is left", LIMIT, () -> instance.ask("quarantine", "list").stream()
                .map(file -> file.get("findings").get("verdict").asText()).toList().equals(List.of("infected")));
        assertThat(folder.resolve(NAME).resolve("letter.txt")).hasContent("The weather is fine.\n");
        assertThat(instance.ask("files", torrent.infoHash()).get(0).get("verdict").asText()).isEqualTo("clean");
        assertThat(folder.resolve(NAME).resolve("photo.dat")).doesNotExist();
    }

    /** Each with a data directory of its own, so that they run side by side. */
    private static SallyportRun scan(Scene scene, ClamDaemon clamd, String name, Path file) {
        return new Sallyport(scene, scene.host(10), name).settings(clamd.settings("")).start("scan", file);
    }

    private static String reason(SallyportRun scan) {
        assertThat(scan.program().exitCode(LIMIT)).as("exit code of scan").isEqualTo(1);
        JsonNode findings = scan.events().get(0).get("findings");
        assertThat(findings.get("verdict").asText()).isEqualTo("notScanned");
        return findings.get("reason").asText();
    }

    /** A zip whose one entry says that it is encrypted. */
    private static byte[] locked() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("secret.txt"));
            zip.write(1);
            zip.closeEntry();
        }
        byte[] locked = bytes.toByteArray();
        locked[6] |= 1;
        locked[new String(locked, StandardCharsets.ISO_8859_1).indexOf("PK\001\002") + 8] |= 1;
        return locked;
    }
}
