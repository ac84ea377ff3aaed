package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.NFTABLES;
import static org.sallyport.app.interop.Tool.OPENTRACKER;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;
import static org.sallyport.app.interop.Tool.SOCKET_STATISTICS;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bound to one interface, on a computer whose other network leads to the same peers, tracker and name server: not one packet goes there,
 * also when the interface goes in the middle of a download; and when it comes back the download goes on by itself.
 */
@Needs({SALLYPORT, NAMESPACES, NFTABLES, PYTHON, OPENTRACKER, SOCKET_STATISTICS})
@Timeout(180)
class KillSwitchIT {
    private static final int SERVER = 1;
    private static final String TRACKER = "tracker.lab";
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofSeconds(90);

    private Optional<Host> named = Optional.empty();

    @AfterEach
    void letTheSystemAskAsBefore() {
        named.ifPresent(host -> host.run("umount", "/etc/resolv.conf")); // hosts live longer than a test, its files do not
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whenTheInterfaceGoesNothingGoesElsewhereAndItResumesByItself(boolean deleted, Scene scene) throws IOException {
        Content content = scene.small();
        Program names = serve(scene, content);
        Host host = scene.host(21);
        Tunnel tunnel = new Tunnel(host, scene.host(SERVER));
        askAt(host, scene);
        assertThat(leaksOfAnyOther(host, tunnel)).as("the other network leads there").isPositive();
        tunnel.create();
        Sallyport sallyport = new Sallyport(scene, host, "sallyport");
        Path folder = scene.folder("download");
        long before = tunnel.packetsElsewhere();
        try {
            SallyportRun get = sallyport.start("get", named(content, scene), "--to", folder, "--port", RealClient.PORT,
                    "--interface", Tunnel.NAME).awaitReady();
            get.awaitDoneBytes(10_000_000, SOON);
            assertThat(names.lines()).as("asked through the tunnel").contains("1 " + TRACKER);

            if (deleted) {
                tunnel.delete();
            } else {
                tunnel.down();
            }

            Waiting.until("nothing is open", AT_ONCE, () -> Sockets.of(host).isEmpty());
            JsonNode port = sallyport.ask("port").get(0);
            assertThat(port.get("state").asText()).isEqualTo("waiting");
            assertThat(port.get("interface").asText()).isEqualTo(Tunnel.NAME);
            assertThat(get.program().endsWithin(Duration.ofSeconds(10))).isFalse();
            long received = get.doneBytes();
            assertThat(tunnel.packetsElsewhere() - before).as("packets by the other network").isZero();
            assertThat(ids(sallyport)).contains("network.interface-gone");

            if (deleted) {
                tunnel.create();
            } else {
                tunnel.up();
            }
            Waiting.until("it goes on", SOON, () -> get.doneBytes() > received);
            assertThat(ids(sallyport)).containsSubsequence("network.interface-gone", "network.interface-back");
            get.awaitDone(LONG);
            content.awaitCopy(folder);
            assertThat(tunnel.packetsElsewhere() - before).as("packets by the other network").isZero();
        } finally {
            tunnel.delete();
        }
    }

    @Test
    void withoutTheInterfaceItStartsAndWaits(Scene scene) throws IOException {
        Content content = scene.small();
        serve(scene, content);
        Host host = scene.host(21);
        Tunnel tunnel = new Tunnel(host, scene.host(SERVER));
        askAt(host, scene);
        Sallyport sallyport = new Sallyport(scene, host, "sallyport");
        Path folder = scene.folder("download");
        long before = tunnel.packetsElsewhere();

        SallyportRun get = sallyport.start("get", named(content, scene), "--to", folder, "--port", RealClient.PORT, "--interface", Tunnel.NAME,
                "--peer", scene.host(SERVER).address() + ":" + RealClient.PORT).awaitReady();
        assertThat(get.named("ready").map(ready -> ready.get("port").isNull() && ready.get("waiting").asBoolean())).containsExactly(true);
        assertThat(get.program().endsWithin(Duration.ofSeconds(5))).isFalse();
        assertThat(Sockets.of(host)).isEmpty();

        tunnel.create();
        try {
            get.awaitDone(LONG);
            content.awaitCopy(folder);
            assertThat(tunnel.packetsElsewhere() - before).as("packets by the other network").isZero();
        } finally {
            tunnel.delete();
        }
    }

    /** Tracker, seed and a name server on one host. */
    private static Program serve(Scene scene, Content content) {
        Host server = scene.host(SERVER);
        OpenTracker tracker = scene.tracker(content.torrent());
        // not libtorrent: it holds each of its listeners to one interface of its own
        new Sallyport(scene, server, "seed").seed(content.torrent().path(), content.parent()).awaitReady();
        tracker.awaitSeeds(content.torrent(), 1);
        Program names = scene.script(server, "names", "name_server.py", server.address(), TRACKER, server.address());
        Waiting.until("the name server answers", SOON, () -> names.lines().contains("READY"));
        return names;
    }

    /** Has the system of {@code host} ask that name server. */
    private void askAt(Host host, Scene scene) throws IOException {
        Path file = Files.writeString(scene.folder("names").resolve("resolv.conf"), "nameserver " + scene.host(SERVER).address() + "\n");
        host.run("mount", "--bind", file.toString(), "/etc/resolv.conf");
        named = Optional.of(host);
    }

    /** The same torrent with its tracker by name. */
    private static Path named(Content content, Scene scene) throws IOException {
        String text = Files.readString(content.torrent().path(), StandardCharsets.ISO_8859_1);
        String url = "http://" + TRACKER + ":6969/announce";
        String changed = text.replace(OpenTracker.ANNOUNCE.length() + ":" + OpenTracker.ANNOUNCE, url.length() + ":" + url);
        return Files.writeString(scene.folder("torrent").resolve("named.torrent"), changed, StandardCharsets.ISO_8859_1);
    }

    /** Packets that a program without such a rule sends by the other network while the tunnel is away. */
    private static long leaksOfAnyOther(Host host, Tunnel tunnel) {
        long before = tunnel.packetsElsewhere();
        host.run("/usr/bin/python3", "-c", "import socket; socket.create_connection(('10.99.0.1', 6969), 5).close()");
        return tunnel.packetsElsewhere() - before;
    }

    private static List<String> ids(Sallyport sallyport) {
        return sallyport.ask("events").stream().map(event -> event.get("id").asText()).toList();
    }
}
