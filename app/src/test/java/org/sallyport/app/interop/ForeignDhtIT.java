package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.ARIA2;
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

/** A closed DHT of aria2 and us, without any third kind of node: each keeps for the other what it announced. {@link TrackerlessIT} has libtorrent. */
@Needs({SALLYPORT, NAMESPACES, PYTHON, ARIA2, SOCKET_STATISTICS})
@Timeout(600)
class ForeignDhtIT {
    private static final int PORT = RealClient.PORT;
    private static final Duration LIMIT = Duration.ofSeconds(240);

    /** aria2 announces to our node, and we ask our node. */
    @Test
    void downloadsWhatAria2AnnouncedToOurNode(Scene scene) throws IOException {
        Content content = scene.half();
        Content other = scene.small();
        Sallyport router = node(scene, 11, "router", scene.host(3));
        // without a torrent to find it would take no part
        router.start("seed", other.torrent().withoutTrackers(scene.folder("torrents")), "--from", other.parent(), "--port", PORT).awaitReady();
        new Aria2(scene, scene.host(3)).dht(router.host()).seed(content.torrent().withoutTrackers(scene.folder("torrents")), content.parent());
        Sallyport sallyport = node(scene, 10, "sallyport", router.host());
        Path folder = scene.folder("download");

        sallyport.start("get", magnet(content), "--to", folder, "--port", PORT).awaitDone(LIMIT);

        content.awaitCopy(folder);
    }

    /** We announce to a node of aria2, and another aria2 asks that. */
    @Test
    void isFoundByAria2ThatAskedItsOwnKind(Scene scene) throws IOException {
        Content content = scene.half();
        Content other = scene.small();
        Host router = scene.host(9);
        new Aria2(scene, router, "router").dht(scene.host(3)).seed(other.torrent().withoutTrackers(scene.folder("torrents")), other.parent());
        Sallyport sallyport = node(scene, 10, "sallyport", router);
        SallyportRun seed = sallyport.start("seed", content.torrent().withoutTrackers(scene.folder("torrents")), "--from", content.parent(),
                "--port", PORT).awaitReady();
        Waiting.until("it is in the DHT", LIMIT, () -> sallyport.ask("port").get(0).get("dht").get("nodes").asInt() > 0);
        Aria2 leech = new Aria2(scene, scene.host(3)).dht(router);
        Path folder = scene.folder("leech");

        leech.fetch(magnet(content), folder);
        Waiting.until("aria2 is complete", LIMIT, leech::isComplete);

        content.awaitCopy(folder);
        assertThat(Sockets.of(sallyport.host())).containsExactlyInAnyOrder(Sockets.tcp(PORT, seed.program()), Sockets.udp(PORT, seed.program()));
    }

    private static String magnet(Content content) {
        return "magnet:?xt=urn:btih:" + content.torrent().infoHash();
    }

    private static Sallyport node(Scene scene, int host, String name, Host first) throws IOException {
        Sallyport sallyport = new Sallyport(scene, scene.host(host), name);
        Files.createDirectories(sallyport.data());
        Files.writeString(sallyport.data().resolve("settings.json"),
                "{\"discovery\": {\"bootstrap\": [\"" + first.address() + ":" + PORT + "\"]}}");
        return sallyport;
    }
}
