package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.OPENTRACKER;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A memory file system, mounted where only the one host sees it, is filled while a download into it runs. */
@Needs({SALLYPORT, NAMESPACES, PYTHON, OPENTRACKER, LIBTORRENT})
@Timeout(180)
class DiskFullIT {

    private static final int DISK_BYTES = 300_000_000;
    private static final Duration IDLE = Duration.ofSeconds(5);

    @Test
    void pausesWithASentenceAndFinishesWhenThereIsSpaceAgain(Scene scene) throws IOException {
        Content content = scene.small();
        OpenTracker tracker = scene.tracker(content.torrent());
        LibtorrentPeer seed = new LibtorrentPeer(scene, scene.host(4), "seed").uploadLimit(10_000_000);
        seed.seed(content.torrent().path(), content.parent());
        tracker.awaitSeeds(content.torrent(), 1);
        Host host = scene.host(10);
        Path disk = scene.folder("disk");
        // the mount ends with its folder, or with the host
        host.run("mount", "-t", "tmpfs", "-o", "size=" + DISK_BYTES, "tmpfs", disk.toString());
        Sallyport sallyport = new Sallyport(scene, host, "sallyport");
        SallyportRun get = sallyport.get(content.torrent(), disk.resolve("download"));
        get.awaitDoneBytes(content.sizeBytes() * 3 / 10, Duration.ofSeconds(60));

        Path ballast = host.view(disk.resolve("ballast"));
        fill(ballast);
        Waiting.until("it is in trouble", Duration.ofSeconds(60), () -> torrent(sallyport).get("state").asText().equals("trouble"));
        assertThat(torrent(sallyport).get("trouble").asText()).containsIgnoringCase("full");
        assertThat(sallyport.ask("events")).anySatisfy(event -> {
            assertThat(event.get("id").asText()).isEqualTo("torrent.trouble");
            assertThat(event.get("sentence").asText()).containsIgnoringCase("full");
        });
        Duration before = cpu(get);
        assertThat(get.program().endsWithin(IDLE)).as("it ended").isFalse();
        assertThat(cpu(get).minus(before)).as("CPU while waiting for space").isLessThan(IDLE.dividedBy(5));

        Files.delete(ballast);
        get.awaitDone(Duration.ofSeconds(90));
        content.awaitCopy(host.view(disk.resolve("download")));
    }

    private static JsonNode torrent(Sallyport sallyport) {
        List<JsonNode> torrents = sallyport.ask("list");
        assertThat(torrents).hasSize(1);
        return torrents.get(0);
    }

    /** Takes all the space that is left. */
    private static void fill(Path ballast) throws IOException {
        byte[] megabyte = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            assertThatIOException().isThrownBy(() -> {
                while (true) {
                    out.write(megabyte);
                }
            }).withMessageContaining("No space");
        }
    }

    private static Duration cpu(SallyportRun run) {
        return ProcessHandle.of(run.program().pid()).flatMap(process -> process.info().totalCpuDuration()).orElseThrow();
    }
}
