package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.OPENTRACKER;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;
import static org.sallyport.app.interop.Tool.SOCKET_STATISTICS;
import static org.sallyport.app.interop.Tool.TRANSMISSION;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that can find each other by opentracker's UDP side only (BEP 15), in both directions. */
@Needs({SALLYPORT, NAMESPACES, PYTHON, OPENTRACKER})
@Timeout(300)
class UdpTrackerIT {
    private static final int PORT = RealClient.PORT;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @Test
    @Needs({LIBTORRENT, SOCKET_STATISTICS})
    void downloadsFromLibtorrentThatItFoundByUdp(Scene scene) {
        Content content = scene.small();
        TorrentFile torrent = byUdp(scene, content);
        new LibtorrentPeer(scene, scene.host(4), "seed").uploadLimit(20_000_000).seed(torrent.path(), content.parent());
        scene.tracker(torrent).awaitSeeds(content.torrent(), 1);
        Path folder = scene.folder("download");

        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");
        SallyportRun get = sallyport.get(torrent, folder);
        get.awaitDoneBytes(1, LIMIT);
        assertThat(Sockets.of(sallyport.host())).containsExactlyInAnyOrder(Sockets.tcp(PORT, get.program()), Sockets.udp(PORT, get.program()));

        get.awaitDone(LIMIT);
        content.awaitCopy(folder);
    }

    @Test
    @Needs(TRANSMISSION)
    void transmissionFindsItByUdpAndDownloads(Scene scene) {
        Content content = scene.small();
        TorrentFile torrent = byUdp(scene, content);
        OpenTracker tracker = scene.tracker(torrent);
        new Sallyport(scene, scene.host(10), "sallyport").seed(torrent.path(), content.parent()).awaitReady();
        tracker.awaitSeeds(content.torrent(), 1);
        Path folder = scene.folder("download");

        RealClient client = RealClient.of(scene, TRANSMISSION);
        client.download(torrent.path(), folder);

        Waiting.until("Transmission has it", LIMIT, client::isComplete);
        content.awaitCopy(folder);
    }

    @Test
    void twoOfUsFindEachOtherByUdpAlsoWhenOneOnlyReceives(Scene scene) {
        Content content = scene.small();
        TorrentFile torrent = byUdp(scene, content);
        OpenTracker tracker = scene.tracker(torrent);
        new Sallyport(scene, scene.host(10), "seed").seed(torrent.path(), content.parent()).awaitReady();
        tracker.awaitSeeds(content.torrent(), 1);
        Path folder = scene.folder("download");

        SallyportRun get = new Sallyport(scene, scene.host(11), "leech").start("get", torrent.path(), "--to", folder, "--no-listen");

        get.awaitDone(LIMIT);
        content.awaitCopy(folder);
    }

    private static TorrentFile byUdp(Scene scene, Content content) {
        return content.torrent(scene.folder("torrents").resolve("by-udp.torrent"), OpenTracker.UDP_ANNOUNCE);
    }
}
