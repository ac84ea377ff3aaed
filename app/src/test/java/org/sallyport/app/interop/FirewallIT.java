package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.LIBTORRENT;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.NFTABLES;
import static org.sallyport.app.interop.Tool.OPENTRACKER;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The nftables recipe, applied: Sallyport gives and takes through its one port, and every other port of that computer is shut. */
@Needs({SALLYPORT, NAMESPACES, NFTABLES, PYTHON, OPENTRACKER, LIBTORRENT})
@Timeout(180)
class FirewallIT {
    private static final int PORT = RealClient.PORT;
    private static final int OTHER = 8080;
    private static final int COMMON = 6885;
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void theRecipeLeavesTheOnePortAndShutsEveryOther(Scene scene) throws IOException {
        Content content = scene.small();
        OpenTracker tracker = scene.tracker(content.torrent());
        new LibtorrentPeer(scene, scene.host(4), "seed").seed(content.torrent().path(), content.parent());
        tracker.awaitSeeds(content.torrent(), 1);
        Host host = scene.host(11);
        Sallyport sallyport = new Sallyport(scene, host, "sallyport");
        SallyportRun daemon = sallyport.start("daemon", "--port", PORT).awaitReady();
        List<Program> others = List.of(listen(scene, host, OTHER), listen(scene, host, COMMON));
        for (int port : List.of(PORT, OTHER, COMMON)) {
            assertThat(reached(scene, host, port)).as("before the recipe, port %d", port).isEqualTo("open");
        }

        Path recipe = Files.writeString(scene.folder("recipe").resolve("sallyport.nft"), sallyport.ask("firewall").get(0).get("recipe").asText());
        host.run("nft", "-f", recipe.toString());
        try {
            assertThat(reached(scene, host, PORT)).isEqualTo("open");
            for (int port : List.of(OTHER, COMMON)) {
                assertThat(others).allMatch(Program::isRunning);
                assertThat(reached(scene, host, port)).as("port %d", port).isEqualTo("refused");
            }

            // down: calls go out, answers come in
            Path folder = scene.folder("download");
            sallyport.ask("add", content.torrent().path(), "--to", folder);
            content.awaitCopy(folder);
            // up: a stranger who is told of us by the tracker comes in through the one port
            LibtorrentPeer leech = new LibtorrentPeer(scene, scene.host(7), "leech");
            Path copy = scene.folder("leech");
            leech.download(content.torrent().path(), copy);
            content.awaitCopy(copy);
            assertThat(sallyport.ask("port").get(0).get("unexpected").asInt()).isZero();
            assertThat(daemon.program().isRunning()).isTrue();
        } finally {
            host.run("nft", "delete", "table", "inet", "sallyport");
        }
        assertThat(reached(scene, host, OTHER)).as("after it was undone").isEqualTo("open");
    }

    private static Program listen(Scene scene, Host host, int port) {
        Program program = scene.start(host, "listener-" + port, List.of("/usr/bin/python3", "-m", "http.server", Integer.toString(port)));
        Waiting.until("the other program listens", SOON, () -> program.listensOn(port));
        return program;
    }

    /** What somebody at another address meets at a port: {@code open}, {@code refused} or {@code silent}. */
    private static String reached(Scene scene, Host host, int port) {
        String script = """
                import socket, sys
                try:
                    socket.create_connection((sys.argv[1], int(sys.argv[2])), 5).close()
                    print("open")
                except ConnectionRefusedError:
                    print("refused")
                except OSError:
                    print("silent")
                """;
        return scene.host(12).run("/usr/bin/python3", "-c", script, host.address(), Integer.toString(port)).get(0);
    }
}
