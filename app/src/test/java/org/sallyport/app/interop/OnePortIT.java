package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.OPENTRACKER;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;
import static org.sallyport.app.interop.Tool.SOCKET_STATISTICS;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One configured port or none, and never another (invariant I1): TCP N, and UDP N once something uses it. */
@Needs({SALLYPORT, NAMESPACES, PYTHON, OPENTRACKER, LIBTORRENT, SOCKET_STATISTICS})
@Timeout(1200)
class OnePortIT {

    private static final int PORT = RealClient.PORT;
    /** One a second; {@code -Dsallyport.port.samples=600} makes it the ten minutes of a patient person. */
    private static final int SAMPLES = Integer.getInteger("sallyport.port.samples", 60);
    private static final long BYTES_A_SECOND = 600_000_000L / (SAMPLES * 5 / 4 + 15); // a look takes a moment itself
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void opensOnlyTheConfiguredPortWhileDownloadingAndSharing(Scene scene) {
        Content content = scene.large();
        seedAt(scene, content, BYTES_A_SECOND);
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");
        SallyportRun get = sallyport.get(content.torrent(), scene.folder("download")).awaitReady();
        LibtorrentPeer leech = new LibtorrentPeer(scene, scene.host(7), "leech");
        leech.download(content.torrent().path(), scene.folder("leech"));

        for (int sample = 1; sample <= SAMPLES; sample++) {
            assertThat(get.program().endsWithin(SECOND)).as("ended after sample %d", sample).isFalse();
            assertThat(Sockets.of(sallyport.host())).as("sample %d", sample).contains(Sockets.tcp(PORT, get.program()))
                    .isSubsetOf(onePort(get.program()));
        }

        assertThat(get.doneBytes()).as("it downloaded").isGreaterThan(BYTES_A_SECOND * SAMPLES / 4);
        assertThat(get.named("progress").map(event -> event.get("upRate").asLong())).as("it shared").anyMatch(rate -> rate > 0);
    }

    @Test
    void opensNothingElseWhileDevicesArePairedAndSend(Scene scene) {
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");
        Sallyport other = new Sallyport(scene, scene.host(11), "other");
        SallyportRun daemon = sallyport.start("daemon", "--port", PORT).awaitReady();
        other.start("daemon", "--port", PORT).awaitReady();
        Runnable onePort = () -> assertThat(Sockets.of(sallyport.host())).contains(Sockets.tcp(PORT, daemon.program()))
                .isSubsetOf(onePort(daemon.program()));

        onePort.run();
        sallyport.pairWith(other);
        onePort.run();
        sallyport.ask("device", "send", other.ask("device", "id").get(0).get("id").asText(), scene.small().root());
        Waiting.until("it is offered", SOON, () -> !other.ask("device", "offers").isEmpty());
        onePort.run();
        Path folder = scene.folder("download");
        other.ask("device", "accept", other.ask("device", "offers").get(0).get("hash").asText(), "--to", folder);
        Waiting.until("it arrived", SOON, () -> {
            onePort.run();
            return scene.small().difference(folder).isEmpty();
        });
        onePort.run();
        assertThat(sallyport.ask("port")).singleElement().satisfies(audit -> {
            assertThat(audit.get("unexpected").asInt()).as(audit.toString()).isZero();
            assertThat(audit.get("sockets")).isNotEmpty();
        });
    }

    @Test
    void listensToNobodyWhenItOnlyReceives(Scene scene) {
        Content content = scene.small();
        seedAt(scene, content, 25_000_000);
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");
        Path folder = scene.folder("download");
        SallyportRun get = sallyport.start("get", content.torrent().path(), "--to", folder, "--no-listen").awaitReady();

        assertThat(get.named("ready").map(event -> event.get("port").isNull())).containsExactly(true);
        do {
            // answers to its own questions may come in by UDP, at a number that nobody configured
            assertThat(Sockets.of(sallyport.host())).hasSizeLessThanOrEqualTo(1).allMatch(socket -> socket.startsWith("udp "));
        } while (!get.program().endsWithin(SECOND));

        get.awaitDone(SECOND);
        content.awaitCopy(folder);
    }

    @Test
    void saysThatThePortIsBusyAndOpensNoOther(Scene scene) {
        Host host = scene.host(10);
        Program other = scene.start(host, "other", List.of("/usr/bin/python3", "-m", "http.server", Integer.toString(PORT)));
        Waiting.until("the other program listens", Duration.ofSeconds(10), () -> other.listensOn(PORT));

        SallyportRun get = new Sallyport(scene, host, "sallyport").get(scene.small().torrent(), scene.folder("download"));
        do {
            assertThat(Sockets.of(host)).containsExactly(Sockets.tcp(PORT, other));
        } while (!get.program().endsWithin(Duration.ofMillis(100)));

        assertThat(get.program().exitCode(Duration.ZERO)).isEqualTo(1);
        assertThat(String.join("\n", get.program().errorLines())).contains(Integer.toString(PORT)).doesNotContain("Exception");
        assertThat(get.named("ready")).isEmpty();
    }

    private static List<String> onePort(Program program) {
        return List.of(Sockets.tcp(PORT, program), Sockets.udp(PORT, program));
    }

    private static void seedAt(Scene scene, Content content, long bytesPerSecond) {
        OpenTracker tracker = scene.tracker(content.torrent());
        new LibtorrentPeer(scene, scene.host(4), "seed").uploadLimit(bytesPerSecond).seed(content.torrent().path(), content.parent());
        tracker.awaitSeeds(content.torrent(), 1);
    }
}
