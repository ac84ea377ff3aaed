package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.ARIA2;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.OPENTRACKER;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.QBITTORRENT;
import static org.sallyport.app.interop.Tool.SALLYPORT;
import static org.sallyport.app.interop.Tool.TRANSMISSION;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Magnet links (BEP 9) with other clients, both ways. */
@Needs({SALLYPORT, NAMESPACES, PYTHON, OPENTRACKER})
@Timeout(300)
class MagnetIT {
    private static final Duration LIMIT = Duration.ofSeconds(180);

    @Test
    @Needs(TRANSMISSION)
    void fetchesFromTransmissionByItsTracker(Scene scene) {
        fetchesByTracker(scene, TRANSMISSION);
    }

    @Test
    @Needs(ARIA2)
    void fetchesFromAria2ByItsTracker(Scene scene) {
        fetchesByTracker(scene, ARIA2);
    }

    @Test
    @Needs(QBITTORRENT)
    void fetchesFromQBittorrentByItsTracker(Scene scene) {
        fetchesByTracker(scene, QBITTORRENT);
    }

    @Test
    @Needs(LIBTORRENT)
    void fetchesFromLibtorrentByThePeerInTheLink(Scene scene) {
        Content content = scene.half();
        RealClient.of(scene, LIBTORRENT).seed(content.torrent().path(), content.parent());

        get(scene, content, content.torrent().magnet(false, scene.host(4).address() + ":" + RealClient.PORT), scene.folder("download"));
    }

    /** What began as a magnet link here is served on by magnet link, to one who asks the tracker and to one who is told of us. */
    @Test
    @Needs({ARIA2, LIBTORRENT, TRANSMISSION})
    void othersFetchByMagnetWhatBeganAsOneHere(Scene scene) {
        Content content = scene.half();
        TorrentFile torrent = content.torrent();
        OpenTracker tracker = scene.tracker(torrent);
        RealClient.of(scene, TRANSMISSION).seed(torrent.path(), content.parent());
        tracker.awaitSeeds(torrent, 1);
        Host host = scene.host(10);
        Sallyport sallyport = new Sallyport(scene, host, "sallyport");
        SallyportRun run = sallyport.start("get", torrent.magnet(true), "--to", scene.folder("first"), "--port", RealClient.PORT,
                "--seed-until", "1000");
        run.await("released", LIMIT);
        tracker.awaitSeeds(torrent, 2);

        Map<Tool, String> links = new TreeMap<>(Map.of(ARIA2, torrent.magnet(true), LIBTORRENT,
                torrent.magnet(false, host.address() + ":" + RealClient.PORT)));
        links.forEach((tool, link) -> {
            RealClient client = RealClient.of(scene, tool);
            Path folder = scene.folder("download-" + tool);
            client.fetch(link, folder);
            Waiting.until(tool + " is complete", LIMIT, client::isComplete);
            content.awaitCopy(folder);
        });
    }

    @Test
    void inspectTellsWhatTheLinkSays(Scene scene) {
        TorrentFile torrent = scene.half().torrent();

        List<JsonNode> said = new Sallyport(scene, scene.host(10), "sallyport").ask("inspect", torrent.magnet(true));

        assertThat(said).singleElement().satisfies(link -> {
            assertThat(link.get("hash").asText()).isEqualTo(torrent.infoHash());
            assertThat(link.get("name").asText()).isEqualTo("Interop content");
            assertThat(link.get("tiers").get(0).get(0).asText()).isEqualTo(OpenTracker.ANNOUNCE);
        });
    }

    private static void fetchesByTracker(Scene scene, Tool seed) {
        Content content = scene.half();
        OpenTracker tracker = scene.tracker(content.torrent());
        RealClient.of(scene, seed).seed(content.torrent().path(), content.parent());
        tracker.awaitSeeds(content.torrent(), 1);

        get(scene, content, content.torrent().magnet(true), scene.folder("download"));
    }

    private static void get(Scene scene, Content content, String link, Path folder) {
        SallyportRun get = new Sallyport(scene, scene.host(10), "sallyport").start("get", link, "--to", folder, "--port", RealClient.PORT);

        get.awaitDone(LIMIT);
        content.awaitCopy(folder);
        assertThat(get.named("metadata")).singleElement().satisfies(event -> {
            assertThat(event.get("hash").asText()).isEqualTo(content.torrent().infoHash());
            assertThat(event.get("name").asText()).isEqualTo("Interop content");
        });
    }
}
