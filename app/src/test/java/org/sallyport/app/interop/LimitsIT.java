package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.ARIA2;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.OPENTRACKER;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;
import static org.sallyport.app.interop.Tool.SOCKET_STATISTICS;
import static org.sallyport.app.interop.Tool.TRANSMISSION;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits, slow mode and the schedule, with other clients at the other end. A rate is held to from above only: machines may be slow. */
@Needs({SALLYPORT, NAMESPACES, PYTHON, OPENTRACKER})
@Timeout(240)
class LimitsIT {
    private static final String LIMIT = "8M";
    private static final long LIMIT_BYTES = 8L << 20;
    private static final double TOLERANCE = 1.15;
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    @Needs(LIBTORRENT)
    void receivesNoFasterThanAllowedFromLibtorrent(Scene scene) {
        receives(scene, LIBTORRENT);
    }

    @Test
    @Needs(ARIA2)
    void receivesNoFasterThanAllowedFromAria2(Scene scene) {
        receives(scene, ARIA2);
    }

    private static void receives(Scene scene, Tool tool) {
        Content content = scene.half();
        OpenTracker tracker = scene.tracker(content.torrent());
        RealClient.of(scene, tool).seed(content.torrent().path(), content.parent());
        tracker.awaitSeeds(content.torrent(), 1);
        Path folder = scene.folder("download");

        SallyportRun get = new Sallyport(scene, scene.host(10), "sallyport")
                .start("get", content.torrent().path(), "--to", folder, "--port", RealClient.PORT, "--down", LIMIT).awaitReady();
        long began = System.nanoTime();

        get.await("verified", LONG);
        assertNoFaster(content.sizeBytes(), began, LIMIT_BYTES);
        get.awaitDone(LONG);
        content.awaitCopy(folder);
    }

    @Test
    @Needs(TRANSMISSION)
    void sendsNoFasterThanAllowedToTransmission(Scene scene) {
        sends(scene, TRANSMISSION);
    }

    @Test
    @Needs(LIBTORRENT)
    void sendsNoFasterThanAllowedToLibtorrent(Scene scene) {
        sends(scene, LIBTORRENT);
    }

    private static void sends(Scene scene, Tool tool) {
        Content content = scene.half();
        OpenTracker tracker = scene.tracker(content.torrent());
        new Sallyport(scene, scene.host(10), "sallyport")
                .start("seed", content.torrent().path(), "--from", content.parent(), "--port", RealClient.PORT, "--up", LIMIT).awaitReady();
        tracker.awaitSeeds(content.torrent(), 1);
        RealClient client = RealClient.of(scene, tool);
        Path folder = scene.folder("download");
        long began = System.nanoTime();

        client.download(content.torrent().path(), folder);

        Waiting.until(tool + " is complete", LONG, client::isComplete);
        assertNoFaster(content.sizeBytes(), began, LIMIT_BYTES);
        content.awaitCopy(folder);
    }

    private static void assertNoFaster(long bytes, long began, long limit) {
        double seconds = (System.nanoTime() - began) / 1e9;
        assertThat(bytes / seconds).as("bytes per second").isLessThan(limit * TOLERANCE);
    }

    @Test
    @Needs({LIBTORRENT, SOCKET_STATISTICS})
    void scheduleStopsAndStartsAndSlowModeHoldsOnTheFly(Scene scene) {
        Content content = scene.small();
        String hash = content.torrent().infoHash();
        OpenTracker tracker = scene.tracker(content.torrent());
        LibtorrentPeer seed = new LibtorrentPeer(scene, scene.host(4), "seed");
        seed.seed(content.torrent().path(), content.parent());
        tracker.awaitSeeds(content.torrent(), 1);
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");
        sallyport.start("daemon", "--port", RealClient.PORT).awaitReady();
        sallyport.ask("limits", "--down", "4M", "--limit-local", "on");
        sallyport.ask("add", content.torrent().path(), "--to", scene.folder("download"));
        Waiting.until("it begins", SOON, () -> doneBytes(sallyport) > 0);
        assertThat(withPeer(sallyport, seed)).isNotEmpty();

        sallyport.ask("schedule", "set", "daily", "00:00-24:00", "stop");

        Waiting.until("connections are closed", Duration.ofSeconds(5), () -> withPeer(sallyport, seed).isEmpty());
        JsonNode stopped = sallyport.ask("limits").get(0);
        assertThat(stopped.get("mode").asText()).isEqualTo("stop");
        assertThat(stopped.get("sentence").asText()).isEqualTo("Stopped by your schedule.");
        assertThat(stopped.get("dayBytes").asLong()).isPositive();
        long before = doneBytes(sallyport);
        assertThat(sallyport.ask("list").get(0).get("state").asText()).isEqualTo("queued");
        assertThat(sallyport.ask("events").stream().map(event -> event.get("id").asText())).contains("bandwidth.stopped");
        assertThat(withPeer(sallyport, seed)).as("nobody is let in either").isEmpty();

        sallyport.ask("schedule", "clear");

        Waiting.until("it goes on", SOON, () -> doneBytes(sallyport) > before);
        sallyport.ask("limits", "--slow", "on", "--slow-down", "1M", "--slow-up", "100K");
        assertThat(sallyport.ask("limits").get(0).get("down").asLong()).isEqualTo(1 << 20);
        long slowFrom = sallyport.ask("show", hash).get(0).get("doneBytes").asLong();
        long began = System.nanoTime();
        // what was verified lags behind what came by some pieces: five of them are left out
        Waiting.until("some megabytes at slow speed", LONG, () -> doneBytes(sallyport) > slowFrom + (12 << 20));
        assertNoFaster((12 << 20) - 5 * (256 << 10), began, 1 << 20);
    }

    private static long doneBytes(Sallyport sallyport) {
        return sallyport.ask("list").get(0).get("doneBytes").asLong();
    }

    /** The established TCP connections with the client on that port. */
    private static List<String> withPeer(Sallyport sallyport, LibtorrentPeer peer) {
        return sallyport.host().run("ss", "-Htn", "state", "established").stream().filter(line -> line.contains(peer.address() + ":")).toList();
    }
}
