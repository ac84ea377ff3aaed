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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Needs({SALLYPORT, NAMESPACES, PYTHON, OPENTRACKER})
@Timeout(300)
class DownloadFromRealClientsIT {

    @Test
    @Needs(TRANSMISSION)
    void downloadsFromTransmission(Scene scene) {
        downloads(scene, List.of(TRANSMISSION));
    }

    @Test
    @Needs(ARIA2)
    void downloadsFromAria2(Scene scene) {
        downloads(scene, List.of(ARIA2));
    }

    @Test
    @Needs(LIBTORRENT)
    void downloadsFromLibtorrent(Scene scene) {
        downloads(scene, List.of(LIBTORRENT));
    }

    @Test
    @Needs(RTORRENT)
    void downloadsFromRtorrent(Scene scene) {
        downloads(scene, List.of(RTORRENT));
    }

    @Test
    @Needs(QBITTORRENT)
    void downloadsFromQBittorrent(Scene scene) {
        downloads(scene, List.of(QBITTORRENT));
    }

    @Test
    @Needs({TRANSMISSION, ARIA2, LIBTORRENT, RTORRENT, QBITTORRENT})
    void downloadsFromAllFiveAtOnce(Scene scene) {
        downloads(scene, RealClient.all());
    }

    private static void downloads(Scene scene, List<Tool> seeds) {
        Content content = scene.large();
        TorrentFile torrent = content.torrent();
        OpenTracker tracker = scene.tracker(torrent);
        for (Tool seed : seeds) {
            RealClient.of(scene, seed).seed(torrent.path(), content.parent());
        }
        tracker.awaitSeeds(torrent, seeds.size());
        Path folder = scene.folder("download");

        SallyportRun get = new Sallyport(scene, scene.host(10), "sallyport").get(torrent, folder);

        get.awaitDone(Duration.ofSeconds(180));
        content.awaitCopy(folder);
        assertThat(get.named("released")).as("each file is told of once").hasSize(3);
    }
}
