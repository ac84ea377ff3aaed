package org.sallyport.app.interop;

import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.NFTABLES;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;
import static org.sallyport.app.interop.Tool.TRANSMISSION;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients that can find each other by what is said in their own network only (BEP 14). Where we are to hear, we listen to nobody who calls; where
 * we are to be heard, we are deaf to what others say.
 */
@Needs({SALLYPORT, NAMESPACES})
@Timeout(300)
class LocalPeersIT {
    private static final int PORT = RealClient.PORT;
    /** Transmission speaks some time after its start and hears nothing in its first seconds; we say it again after a minute. */
    private static final Duration LIMIT = Duration.ofSeconds(200);
    private static final int DEAF = 22;

    @Test
    @Needs({PYTHON, LIBTORRENT})
    void hearsOfLibtorrent(Scene scene) throws IOException {
        hearsOf(scene, new LibtorrentPeer(scene, withGroups(scene, 4), "seed").local());
    }

    @Test
    @Needs(TRANSMISSION)
    void hearsOfTransmission(Scene scene) throws IOException {
        hearsOf(scene, new Transmission(scene, withGroups(scene, 2)).local());
    }

    @Test
    @Needs({PYTHON, LIBTORRENT, NFTABLES})
    void isHeardByLibtorrent(Scene scene) throws IOException {
        isHeardBy(scene, new LibtorrentPeer(scene, withGroups(scene, 4), "leech").local());
    }

    @Test
    @Needs({TRANSMISSION, NFTABLES})
    void isHeardByTransmission(Scene scene) throws IOException {
        isHeardBy(scene, new Transmission(scene, withGroups(scene, 2)).local());
    }

    private static void hearsOf(Scene scene, RealClient seed) throws IOException {
        Content content = scene.half();
        Path torrent = content.torrent().withoutTrackers(scene.folder("torrents"));
        Path folder = scene.folder("download");
        SallyportRun get = sallyport(scene, 10).start("get", torrent, "--to", folder, "--no-listen").awaitReady();

        seed.seed(torrent, content.parent());

        get.awaitDone(LIMIT);
        content.awaitCopy(folder);
    }

    private static void isHeardBy(Scene scene, RealClient leech) throws IOException {
        Content content = scene.half();
        Path torrent = content.torrent().withoutTrackers(scene.folder("torrents"));
        Path folder = scene.folder("leech");
        leech.download(torrent, folder);
        Sallyport sallyport = sallyport(scene, DEAF);
        sallyport.host().run("nft", "add table inet deaf; delete table inet deaf; table inet deaf {\n chain in {\n"
                + " type filter hook input priority 0;\n udp dport 6771 drop\n }\n}\n");

        sallyport.start("seed", torrent, "--from", content.parent(), "--port", PORT).awaitReady();

        Waiting.until("it is complete", LIMIT, leech::isComplete);
        content.awaitCopy(folder);
    }

    /** Who asks for a group without naming an interface needs a way to it. */
    private static Host withGroups(Scene scene, int number) {
        Host host = scene.host(number);
        host.run("ip", "route", "replace", "239.0.0.0/8", "dev", "eth0");
        return host;
    }

    private static Sallyport sallyport(Scene scene, int host) throws IOException {
        Sallyport sallyport = new Sallyport(scene, scene.host(host), "sallyport");
        Files.createDirectories(sallyport.data());
        Files.writeString(sallyport.data().resolve("settings.json"),
                "{\"discovery\": {\"dht\": false, \"exchange\": false, \"localNetwork\": true}}");
        return sallyport;
    }
}
