package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.OPENTRACKER;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;
import static org.sallyport.app.interop.Tool.TRANSMISSION;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files are wanted more, less and not at all, and wanted again, with the command line and clients of others. */
@Needs({SALLYPORT, NAMESPACES, PYTHON, OPENTRACKER})
@Timeout(240)
class PrioritiesIT {
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final long SLOW = 8_000_000;

    @Test
    @Needs(LIBTORRENT)
    void theMostWantedFileIsThereBeforeTheOthers(Scene scene) {
        Content content = scene.small();
        OpenTracker tracker = scene.tracker(content.torrent());
        new LibtorrentPeer(scene, scene.host(4), "seed").uploadLimit(SLOW).seed(content.torrent().path(), content.parent());
        tracker.awaitSeeds(content.torrent(), 1);
        Sallyport sallyport = added(scene, content);

        sallyport.ask("set", content.torrent().infoHash(), "priority=third.bin:high");
        sallyport.ask("start", content.torrent().infoHash());

        Waiting.until("the third file is whole", LONG, () -> {
            JsonNode first = file(sallyport, content, 0);
            JsonNode third = file(sallyport, content, 2);
            boolean whole = third.get("doneBytes").asLong() == third.get("sizeBytes").asLong();
            assertThat(whole || first.get("doneBytes").asLong() < first.get("sizeBytes").asLong() / 4)
                    .as("nearly nothing of the first before it").isTrue();
            return whole;
        });
        Waiting.until("complete", LONG, () -> state(sallyport).equals("seeding"));
    }

    @Test
    @Needs(TRANSMISSION)
    void aSkippedFileIsFetchedWhenItIsWantedAfterAll(Scene scene) {
        Content content = scene.small();
        OpenTracker tracker = scene.tracker(content.torrent());
        RealClient.of(scene, TRANSMISSION).seed(content.torrent().path(), content.parent());
        tracker.awaitSeeds(content.torrent(), 1);
        Sallyport sallyport = added(scene, content);
        Path folder = scene.folder("download");

        sallyport.ask("set", content.torrent().infoHash(), "priority=second.bin:skip", "labels=interop");
        sallyport.ask("start", content.torrent().infoHash());
        Waiting.until("complete without it", LONG, () -> state(sallyport).equals("seeding"));
        assertThat(content.difference(folder).orElse("")).contains("second.bin is missing");
        assertThat(sallyport.ask("list", "--label", "interop")).hasSize(1);

        sallyport.ask("set", content.torrent().infoHash(), "priority=*:normal");
        Waiting.until("complete with it", LONG, () -> file(sallyport, content, 1).get("released").asBoolean());
        content.awaitCopy(folder);
        assertThat(sallyport.ask("list").get(0).get("downloadedBytes").asLong()).as("nothing was fetched twice")
                .isLessThan(content.sizeBytes() * 21 / 20);
    }

    private static Sallyport added(Scene scene, Content content) {
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");
        sallyport.start("daemon", "--port", RealClient.PORT).awaitReady();
        sallyport.ask("add", content.torrent().path(), "--to", scene.folder("download"), "--paused");
        return sallyport;
    }

    private static JsonNode file(Sallyport sallyport, Content content, int index) {
        return sallyport.ask("files", content.torrent().infoHash()).get(index);
    }

    private static String state(Sallyport sallyport) {
        return sallyport.ask("list").get(0).get("state").asText();
    }
}
