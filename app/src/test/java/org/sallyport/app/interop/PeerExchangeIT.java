package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;
import static org.sallyport.app.interop.Tool.TRANSMISSION;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Without a tracker: whoever is found, is found by peer exchange (BEP 11). Whom we name ourselves gives next to nothing. */
@Needs({SALLYPORT, NAMESPACES, PYTHON, LIBTORRENT})
@Timeout(300)
class PeerExchangeIT {
    private static final long SPARING = 1000;
    private static final long SLOW = 200_000;

    /** Sallyport, libtorrent and Transmission in a row: the second tells the first of the third. */
    @Test
    @Needs(TRANSMISSION)
    void findsTransmissionThroughLibtorrent(Scene scene) {
        Content content = scene.half();
        new Transmission(scene, scene.host(2)).seed(content.torrent().path(), content.parent());
        new LibtorrentPeer(scene, scene.host(4), "teller").uploadLimit(SPARING).calling(scene.host(2))
                .download(content.torrent().path(), scene.folder("teller-download"));
        Path folder = scene.folder("download");

        get(scene, content, folder, scene.host(4)).awaitDone(Duration.ofSeconds(200));

        content.awaitCopy(folder);
    }

    /** Transmission tells every 90 seconds: its download must last so long, for two seeds leave each other. */
    @Test
    @Needs(TRANSMISSION)
    void findsLibtorrentThroughTransmission(Scene scene) {
        Content content = scene.half();
        new Transmission(scene, scene.host(2)).sparing().download(content.torrent().path(), scene.folder("teller-download"));
        LibtorrentPeer seed = new LibtorrentPeer(scene, scene.host(4), "seed").uploadLimit(SLOW).calling(scene.host(2));
        seed.seed(content.torrent().path(), content.parent());
        Path folder = scene.folder("download");

        SallyportRun get = get(scene, content, folder, scene.host(2));
        Waiting.until("the second peer", Duration.ofSeconds(200), () -> get.named("progress").anyMatch(event -> event.get("peers").asInt() == 2));
        seed.uploadLimit(0);

        get.awaitDone(Duration.ofSeconds(60));
        content.awaitCopy(folder);
    }

    private static SallyportRun get(Scene scene, Content content, Path folder, Host teller) {
        return new Sallyport(scene, scene.host(10), "sallyport")
                .start("get", content.torrent().path(), "--to", folder, "--no-listen", "--peer", teller.address() + ":" + RealClient.PORT);
    }

    /** libtorrent calls us and we call Transmission: libtorrent hears of Transmission from us. */
    @Test
    @Needs(TRANSMISSION)
    void tellsLibtorrentOfTransmission(Scene scene) {
        Content content = scene.half();
        new Transmission(scene, scene.host(2)).download(content.torrent().path(), scene.folder("transmission-download"));
        // slow: a learner that has everything leaves, and hears of nobody any more
        new Sallyport(scene, scene.host(10), "sallyport").start("seed", content.torrent().path(), "--from", content.parent(), "--up", "1M",
                "--port", RealClient.PORT, "--peer", scene.host(2).address() + ":" + RealClient.PORT).awaitReady();

        LibtorrentPeer learner = new LibtorrentPeer(scene, scene.host(4), "learner").calling(scene.host(10));
        learner.download(content.torrent().path(), scene.folder("learner-download"));

        Waiting.until("libtorrent calls Transmission", Duration.ofSeconds(100), () -> learner.hasCalled(scene.host(2)));
    }

    @Test
    void aPrivateTorrentCarriesNoneOfIt(Scene scene) {
        assertThat(passes(scene, "--private")).isEmpty();
    }

    /** That the capture would see it. */
    @Test
    void aPublicTorrentIsSeenToOfferIt(Scene scene) {
        assertThat(passes(scene)).containsExactly("exchange");
    }

    private static List<String> passes(Scene scene, Object... options) {
        Content content = scene.half();
        Path file = scene.folder("torrents").resolve("made.torrent");
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");
        List<Object> create = new ArrayList<>(List.of("create", content.root(), "-o", file, "--tracker", OpenTracker.ANNOUNCE));
        create.addAll(List.of(options));
        List<JsonNode> made = sallyport.ask(create.toArray());
        assertThat(made).hasSize(1);
        Capture capture = Capture.start(scene, scene.host(10), "capture", Map.of("exchange", Capture.ascii("ut_pex")));
        new LibtorrentPeer(scene, scene.host(4), "seed").inClear().seed(file, content.parent());
        Path folder = scene.folder("download");

        sallyport.start("get", file, "--to", folder, "--port", RealClient.PORT, "--peer", scene.host(4).address() + ":" + RealClient.PORT)
                .awaitDone(Duration.ofSeconds(100));
        return capture.end().found();
    }
}
