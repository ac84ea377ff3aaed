package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;
import static org.sallyport.app.interop.Tool.SOCKET_STATISTICS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A closed DHT of us and two libtorrent nodes: torrents without trackers, and one UDP socket of the same number as the TCP port. */
@Needs({SALLYPORT, NAMESPACES, PYTHON, LIBTORRENT, SOCKET_STATISTICS})
@Timeout(600)
class TrackerlessIT {

    private static final int PORT = RealClient.PORT;
    private static final Duration LIMIT = Duration.ofSeconds(240);

    @Test
    void downloadsWhatALibtorrentPeerAnnouncedInTheDht(Scene scene) throws IOException {
        Content content = scene.small();
        Path torrent = content.torrent().withoutTrackers(scene.folder("torrents"));
        Host router = router(scene);
        new LibtorrentPeer(scene, scene.host(4), "seed").dht(router).seed(torrent, content.parent());
        Sallyport sallyport = sallyport(scene, router);
        Path folder = scene.folder("download");

        SallyportRun get = sallyport.start("get", torrent, "--to", folder, "--port", PORT).awaitReady();
        get.awaitDoneBytes(1, LIMIT);

        assertThat(Sockets.of(sallyport.host())).isSubsetOf(Sockets.tcp(PORT, get.program()), Sockets.udp(PORT, get.program()));
        get.awaitDone(LIMIT);
        content.awaitCopy(folder);
        assertThat(sallyport.data().resolve("dht")).as("nodes for the next run").isNotEmptyFile();
    }

    @Test
    void isFoundByALibtorrentPeerInTheDht(Scene scene) throws IOException {
        Content content = scene.small();
        Path torrent = content.torrent().withoutTrackers(scene.folder("torrents"));
        Host router = router(scene);
        Sallyport sallyport = sallyport(scene, router);
        SallyportRun seed = sallyport.start("seed", torrent, "--from", content.parent(), "--port", PORT).awaitReady();
        Waiting.until("it is in the DHT", LIMIT, () -> sallyport.ask("port").get(0).get("dht").get("nodes").asInt() > 0);
        LibtorrentPeer leech = new LibtorrentPeer(scene, scene.host(4), "leech").dht(router);
        Path folder = scene.folder("leech");

        leech.download(torrent, folder);
        Waiting.until("the leech is complete", LIMIT, leech::isComplete);

        content.awaitCopy(folder);
        assertThat(Sockets.of(sallyport.host())).containsExactlyInAnyOrder(Sockets.tcp(PORT, seed.program()), Sockets.udp(PORT, seed.program()));
        assertThat(sallyport.ask("port").get(0).get("unexpected").asInt()).isZero();
    }

    @Test
    void fetchesWhatAMagnetWithoutTrackersNames(Scene scene) throws IOException {
        Content content = scene.small();
        Host router = router(scene);
        new LibtorrentPeer(scene, scene.host(4), "seed").dht(router)
                .seed(content.torrent().withoutTrackers(scene.folder("torrents")), content.parent());
        Sallyport sallyport = sallyport(scene, router);
        Path folder = scene.folder("download");

        SallyportRun get = sallyport.start("get", magnet(content), "--to", folder, "--port", PORT).awaitReady();
        get.awaitDone(LIMIT);

        content.awaitCopy(folder);
    }

    @Test
    void givesALibtorrentPeerWhatItsMagnetNames(Scene scene) throws IOException {
        Content content = scene.small();
        Host router = router(scene);
        Sallyport sallyport = sallyport(scene, router);
        SallyportRun seed = sallyport.start("seed", content.torrent().withoutTrackers(scene.folder("torrents")), "--from", content.parent(),
                "--port", PORT).awaitReady();
        Waiting.until("it is in the DHT", LIMIT, () -> sallyport.ask("port").get(0).get("dht").get("nodes").asInt() > 0);
        LibtorrentPeer leech = new LibtorrentPeer(scene, scene.host(4), "leech").dht(router);
        Path folder = scene.folder("leech");

        leech.fetch(magnet(content), folder);
        Waiting.until("the leech is complete", LIMIT, leech::isComplete);

        content.awaitCopy(folder);
        assertThat(Sockets.of(sallyport.host())).containsExactlyInAnyOrder(Sockets.tcp(PORT, seed.program()), Sockets.udp(PORT, seed.program()));
    }

    private static String magnet(Content content) {
        return "magnet:?xt=urn:btih:" + content.torrent().infoHash();
    }

    /** A node that has something else. */
    private static Host router(Scene scene) {
        new LibtorrentPeer(scene, scene.host(7), "router").dht().seed(scene.half().torrent().path(), scene.half().parent());
        return scene.host(7);
    }

    private static Sallyport sallyport(Scene scene, Host router) throws IOException {
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");
        Files.createDirectories(sallyport.data());
        Files.writeString(sallyport.data().resolve("settings.json"),
                "{\"discovery\": {\"bootstrap\": [\"" + router.address() + ":" + PORT + "\"]}}");
        return sallyport;
    }
}
