package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.ARIA2;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.OPENTRACKER;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.QBITTORRENT;
import static org.sallyport.app.interop.Tool.RTORRENT;
import static org.sallyport.app.interop.Tool.SALLYPORT;
import static org.sallyport.app.interop.Tool.TRANSMISSION;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The torrents are made by Sallyport, too: others must understand them. */
@Needs({SALLYPORT, NAMESPACES, PYTHON, OPENTRACKER})
@Timeout(300)
class SeedToRealClientsIT {

    @Test
    @Needs(TRANSMISSION)
    void seedsToTransmission(Scene scene) {
        seeds(scene, List.of(TRANSMISSION));
    }

    @Test
    @Needs(ARIA2)
    void seedsToAria2(Scene scene) {
        seeds(scene, List.of(ARIA2));
    }

    @Test
    @Needs(LIBTORRENT)
    void seedsToLibtorrent(Scene scene) {
        seeds(scene, List.of(LIBTORRENT));
    }

    @Test
    @Needs(RTORRENT)
    void seedsToRtorrent(Scene scene) {
        seeds(scene, List.of(RTORRENT));
    }

    @Test
    @Needs(QBITTORRENT)
    void seedsToQBittorrent(Scene scene) {
        seeds(scene, List.of(QBITTORRENT));
    }

    @Test
    @Needs({TRANSMISSION, ARIA2, LIBTORRENT, RTORRENT, QBITTORRENT})
    void seedsToAllFiveAtOnce(Scene scene) {
        seeds(scene, RealClient.all());
    }

    @Test
    void seedsToAnotherSallyport(Scene scene) {
        Content content = scene.large();
        TorrentFile torrent = startSeed(scene, content);
        Path folder = scene.folder("download");

        SallyportRun get = new Sallyport(scene, scene.host(11), "other").get(torrent, folder);

        get.awaitDone(Duration.ofSeconds(120));
        content.awaitCopy(folder);
    }

    private static void seeds(Scene scene, List<Tool> leeches) {
        Content content = scene.large();
        TorrentFile torrent = startSeed(scene, content);

        Map<RealClient, Path> downloads = new LinkedHashMap<>();
        for (Tool leech : leeches) {
            RealClient client = RealClient.of(scene, leech);
            downloads.put(client, scene.folder("download-" + leech));
            client.download(torrent.path(), downloads.get(client));
        }

        downloads.forEach((client, folder) -> {
            Waiting.until(client.getClass().getSimpleName() + " is complete", Duration.ofSeconds(200), client::isComplete);
            content.awaitCopy(folder);
        });
    }

    /** Makes a torrent of the content, shares it, and waits until the tracker knows. */
    private static TorrentFile startSeed(Scene scene, Content content) {
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");
        Path file = scene.folder("torrents").resolve("made by Sallyport.torrent");
        List<JsonNode> made = sallyport.ask("create", content.root(), "-o", file, "--tracker", OpenTracker.ANNOUNCE);
        assertThat(made).hasSize(1);
        TorrentFile torrent = new TorrentFile(file, made.get(0).get("hash").asText(), made.get(0).get("pieceCount").asInt());
        OpenTracker tracker = scene.tracker(torrent);

        sallyport.seed(torrent.path(), content.parent()).awaitReady();

        tracker.awaitSeeds(torrent, 1);
        return torrent;
    }
}
