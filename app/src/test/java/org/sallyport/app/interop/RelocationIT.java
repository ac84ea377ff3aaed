package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.ARIA2;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.OPENTRACKER;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Another client gets everything from us before and after our files were moved, renamed and found elsewhere, and our trackers changed. */
@Needs({SALLYPORT, NAMESPACES, PYTHON, OPENTRACKER, ARIA2})
@Timeout(400)
class RelocationIT {
    private static final Duration LONG = Duration.ofSeconds(120);

    @Test
    void othersGetItWhereverItLies(Scene scene) throws Exception {
        Content content = scene.small();
        String hash = content.torrent().infoHash();
        OpenTracker tracker = scene.tracker(content.torrent());
        Sallyport sallyport = downloaded(scene, content, tracker);
        get(scene, sallyport, content, "before");

        Path moved = scene.folder("moved");
        sallyport.ask("move", hash, moved);
        assertThat(content.difference(moved)).isEmpty();
        get(scene, sallyport, content, "after the move");

        sallyport.ask("rename", hash, "deeper", "--path", "Interop content/inner folder");
        sallyport.ask("rename", hash, "Other content", "--path", "Interop content");
        assertThat(moved.resolve("Other content").resolve("deeper").resolve("second.bin")).exists();
        get(scene, sallyport, content, "after the renaming");

        sallyport.ask("pause", hash);
        Path found = scene.folder("found");
        Files.move(moved.resolve("Other content"), found.resolve("Other content"));
        sallyport.ask("locate", hash, found);
        sallyport.ask("start", hash);
        get(scene, sallyport, content, "after it was found");

        assertThat(sallyport.ask("trackers", hash, "--remove", OpenTracker.ANNOUNCE)).isEmpty();
        sallyport.ask("trackers", hash, "--add", OpenTracker.ANNOUNCE);
        Waiting.until("the tracker answers", LONG, () -> sallyport.ask("trackers", hash).get(0).get("status").asText().equals("working"));
        get(scene, sallyport, content, "after the tracker came back");
    }

    /** It has everything, and nobody else does. */
    private static Sallyport downloaded(Scene scene, Content content, OpenTracker tracker) {
        SallyportRun seed = new Sallyport(scene, scene.host(11), "source").seed(content.torrent().path(), content.parent());
        seed.awaitReady();
        tracker.awaitSeeds(content.torrent(), 1);
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");
        sallyport.start("daemon", "--port", RealClient.PORT).awaitReady();
        sallyport.ask("add", content.torrent().path(), "--to", scene.folder("download"));
        awaitSeeding(sallyport);
        seed.program().kill();
        return sallyport;
    }

    private static void awaitSeeding(Sallyport sallyport) {
        Waiting.until("it shares", LONG, () -> torrent(sallyport).get("state").asText().equals("seeding"));
    }

    private static JsonNode torrent(Sallyport sallyport) {
        return sallyport.ask("list").get(0);
    }

    private static void get(Scene scene, Sallyport sallyport, Content content, String when) {
        awaitSeeding(sallyport);
        long before = torrent(sallyport).get("uploadedBytes").asLong();
        Path folder = scene.folder("aria2 " + when);
        RealClient client = RealClient.of(scene, ARIA2);

        client.download(content.torrent().path(), folder);

        Waiting.until("aria2 is complete " + when, LONG, client::isComplete);
        content.awaitCopy(folder);
        Waiting.until("it was counted", LONG, () -> torrent(sallyport).get("uploadedBytes").asLong() - before >= content.sizeBytes());
    }
}
