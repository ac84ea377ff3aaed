package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sharing allowlist from outside: what is refused, and what a stranger gets when something is mounted over a shared file (invariant I2). */
@Needs({SALLYPORT, NAMESPACES, PYTHON})
@Timeout(180)
class ShareGateIT {
    private static final int PORT = RealClient.PORT;
    private static final int PIECE = 16 << 10;
    private static final int PIECES = 512;
    private static final Duration SOON = Duration.ofSeconds(30);
    /** Asks for every block there is and compares each with a copy; prints how many were right and how many were something else. */
    private static final String STRANGER = """
            import socket, struct, sys
            host, port, infohash = sys.argv[1], int(sys.argv[2]), bytes.fromhex(sys.argv[3])
            pieces, piece, copy = int(sys.argv[4]), int(sys.argv[5]), open(sys.argv[6], 'rb').read()
            right = other = 0
            try:
                s = socket.create_connection((host, port), 5)
                s.settimeout(5)
                f = s.makefile('rb')
                s.sendall(b'\\x13BitTorrent protocol' + bytes(8) + infohash + b'-XX0001-123456789012' + struct.pack('>IB', 1, 2))
                if len(f.read(68)) == 68:
                    asked = 0
                    while right + other < pieces:
                        length = f.read(4)
                        if len(length) < 4:
                            break
                        frame = f.read(struct.unpack('>I', length)[0])
                        if frame[:1] == b'\\x07':
                            index, begin = struct.unpack('>II', frame[1:9])
                            if frame[9:] == copy[index * piece + begin:][:len(frame) - 9]:
                                right += 1
                            else:
                                other += 1
                        if frame[:1] in (b'\\x01', b'\\x07') and asked < pieces:
                            for i in range(asked, min(pieces, asked + (50 if frame[:1] == b'\\x01' else 1))):
                                s.sendall(struct.pack('>IBIII', 13, 6, i, 0, piece))
                                asked = i + 1
            except OSError:
                pass
            print('right', right, 'other', other)
            """;

    @Test
    void placesThatHoldTooMuchAreRefusedWithOneEventEach(Scene scene) {
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");
        sallyport.start("daemon", "--port", PORT).awaitReady();
        Path program = Sallyport.command().getParent().getParent();
        Path home = Path.of(System.getProperty("user.home"));

        for (Path place : List.of(Path.of("/"), home, home.resolve(".ssh"), Path.of("/etc"), program)) {
            if (Files.isDirectory(place)) {
                SallyportRun run = sallyport.start("share", "allow", place);
                assertThat(run.program().exitCode(SOON)).as(place.toString()).isEqualTo(3);
                String rule = run.named("refused").findFirst().orElseThrow().get("rule").asText();
                assertThat(rule).startsWith("share.root-");
                assertThat(events(sallyport, rule)).as(rule).isEqualTo(1);
            }
        }
        assertThat(sallyport.ask("share", "list")).isEmpty();
    }

    private static long events(Sallyport sallyport, String rule) {
        return sallyport.ask("events").stream().filter(event -> event.get("facts").path("rule").asText().equals(rule)).count();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsMountedOverASharedFileIsNotSent(boolean overFolder, Scene scene) throws IOException {
        Host host = scene.host(10);
        Path give = scene.folder("give");
        Path file = write(Files.createDirectories(give.resolve("album")).resolve("film.bin"), 1);
        Path copy = Files.copy(file, scene.folder("copy").resolve("film.bin"));
        Path secret = write(scene.folder("secret").resolve("film.bin"), 2);
        Sallyport sallyport = new Sallyport(scene, host, "sallyport");
        SallyportRun daemon = sallyport.start("daemon", "--port", PORT).awaitReady();
        sallyport.ask("share", "allow", give);
        String hash = sallyport.ask("share", "add", give.resolve("album"), "--public").get(0).get("hash").asText();
        Waiting.untilAsserted(SOON, () -> assertThat(stranger(scene, host, hash, copy)).isEqualTo("right " + PIECES + " other 0"));

        host.run("mount", "--bind", (overFolder ? secret.getParent() : secret).toString(), (overFolder ? file.getParent() : file).toString());
        try {
            assertThat(stranger(scene, host, hash, copy)).endsWith("other 0");
            Waiting.untilAsserted(SOON, () -> {
                stranger(scene, host, hash, copy);
                assertThat(sallyport.ask("share", "list").get(0).get("trouble").asText()).isNotEmpty();
            });
            assertThat(stranger(scene, host, hash, copy)).isEqualTo("right 0 other 0");
            // the gate at a read, or the look that is taken once a minute
            assertThat(events(sallyport, "share.mount") + events(sallyport, "share.changed")).isEqualTo(1);
        } finally {
            host.run("umount", (overFolder ? file.getParent() : file).toString());
        }
        sallyport.ask("share", "add", give.resolve("album"), "--public");
        Waiting.untilAsserted(SOON, () -> assertThat(stranger(scene, host, hash, copy)).isEqualTo("right " + PIECES + " other 0"));
        assertThat(daemon.program().isRunning()).isTrue();
    }

    private static Path write(Path file, long seed) throws IOException {
        byte[] bytes = new byte[PIECES * PIECE];
        new SplittableRandom(seed).nextBytes(bytes);
        return Files.write(file, bytes);
    }

    private static String stranger(Scene scene, Host host, String hash, Path copy) {
        return scene.host(12).run("/usr/bin/python3", "-c", STRANGER, host.address(), Integer.toString(PORT), hash, Integer.toString(PIECES),
                Integer.toString(PIECE), copy.toString()).get(0);
    }

    /** Refused as an explicit act, too: {@code seed} shares nothing from a place that holds keys. */
    @Test
    void seedingFromAKeyFolderIsRefused(Scene scene) throws IOException {
        Path keys = scene.folder("give").resolve(".gnupg");
        Path file = write(Files.createDirectories(keys).resolve("film.bin"), 1);
        Path torrent = scene.folder("torrents").resolve("film.torrent");
        Sallyport sallyport = new Sallyport(scene, scene.host(10), "sallyport");
        assertThat(sallyport.start("create", file, "-o", torrent).program().exitCode(SOON)).isZero();

        SallyportRun seed = sallyport.seed(torrent, file);

        assertThat(seed.program().exitCode(SOON)).isEqualTo(3);
        JsonNode refusal = seed.named("refused").findFirst().orElseThrow();
        assertThat(refusal.get("rule").asText()).isEqualTo("share.root-keys");
    }
}
