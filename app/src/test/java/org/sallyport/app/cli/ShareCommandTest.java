package org.sallyport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.app.wiring.ControlRequest;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.InstanceHost;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.engine.EngineOptions;

/** The share commands as the running instance carries them out. */
@Timeout(60)
class ShareCommandTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final InstanceHost HOST = new InstanceHost() {
        @Override
        public void quit() { }

        @Override
        public boolean showWindow(List<Path> torrents, List<String> magnets) {
            return false;
        }
    };

    @TempDir
    Path temp;
    private Engine engine;
    private Path give;
    private Capture last = Capture.pipe();

    @BeforeEach
    void open() throws Exception {
        engine = Engine.start(EngineOptions.in(temp.resolve("data")).withDht(false).withPort(0));
        give = Files.createDirectories(temp.resolve("give"));
        Files.write(give.resolve("film.bin"), new byte[100_000]);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private int run(String... words) {
        last = Capture.pipe();
        List<String> all = new ArrayList<>(List.of("--json"));
        all.addAll(List.of(words));
        return CommandRunner.runFor(engine, HOST, new ControlRequest(all, temp), last.terminal());
    }

    @Test
    void aFileIsAllowedSharedListedAndStopped() throws Exception {
        assertThat(run("share", "add", "give/film.bin", "--public")).isEqualTo(Exit.REFUSED);
        assertThat(last.outText()).startsWith("{\"event\":\"refused\",\"rule\":\"share.not-allowed\"");
        assertThat(run("share", "allow", "give")).as(last.err()).isZero();
        assertThat(last.out()).containsExactly("{\"path\":\"" + give.toRealPath() + "\"}");

        assertThat(run("share", "add", "give/film.bin", "--public", "--note", "for you", "--expires", "7d",
                "--torrent-file", "film.torrent")).as(last.err()).isZero();
        assertThat(last.outText()).contains("\"name\":\"film.bin\"");
        assertThat(run("inspect", "film.torrent")).isEqualTo(Exit.USAGE); // runs in the client, not here
        assertThat(temp.resolve("film.torrent")).exists();
        assertThat(run("share", "list")).isZero();
        assertThat(last.out()).hasSize(2);
        assertThat(last.out().get(0)).startsWith("{\"type\":\"share\",\"hash\":\"")
                .contains("\"sizeBytes\":100000,\"files\":1,\"audience\":\"public\"",
                "\"note\":\"for you\"", "\"download\":false");
        assertThat(last.out().get(1)).startsWith("{\"type\":\"folder\",\"path\":\"");

        String hash = engine.snapshot().shares().shares().get(0).hash().hex();
        assertThat(run("set", hash, "upload=sometimes")).isEqualTo(Exit.USAGE);
        assertThat(run("set", hash, "colour=red")).isEqualTo(Exit.USAGE);
        assertThat(run("set", hash, "upload=never")).isZero();
        assertThat(run("list")).isZero();
        assertThat(last.outText()).contains("\"upload\":\"never\"");
        assertThat(run("share", "stop", hash)).isZero();
        assertThat(last.out()).containsExactly("{\"hash\":\"" + hash + "\",\"name\":\"film.bin\"}");
        assertThat(run("share", "disallow", "give")).isZero();
        await().atMost(SOON).until(() -> run("share", "list") == 0 && last.out().isEmpty());
        assertThat(give.resolve("film.bin")).exists();
    }

    @Test
    void aShareIsForTrustedDevicesUnlessItIsSaid() {
        run("share", "allow", "give");

        assertThat(run("share", "add", "give")).isZero();

        assertThat(run("share", "list")).isZero();
        assertThat(last.out().get(0)).contains("\"audience\":\"devices\",\"devices\":[]", "\"expires\":null");
        assertThat(run("share", "add", "give", "--with", "nobody")).isEqualTo(Exit.REFUSED);
        assertThat(last.outText()).contains("\"rule\":\"device-id.length\"");
    }

    @Test
    void concernsAreNamedAndHoldUntilTheyAreAccepted() throws Exception {
        Files.writeString(give.resolve("id_rsa"), "key");
        run("share", "allow", "give");

        assertThat(run("share", "examine", "give")).isZero();
        assertThat(last.out()).singleElement().asString().startsWith("{\"path\":\"id_rsa\",\"sentence\":");
        assertThat(run("share", "add", "give", "--public")).isEqualTo(Exit.REFUSED);
        assertThat(last.outText()).contains("share.concern");
        assertThat(run("share", "add", "give", "--public", "--despite-concerns")).isZero();
    }

    @Test
    void whatCannotBeMeantIsUsage() {
        assertThat(run("share", "add", "give", "--with", "AAA", "--public")).isEqualTo(Exit.USAGE);
        assertThat(last.err()).contains("either --with or --public");
        assertThat(run("share", "add", "give", "--expires", "soon")).isEqualTo(Exit.USAGE);
        assertThat(last.err()).contains("is no time");
        assertThat(run("share", "add", "give", "--note", "x".repeat(201))).isEqualTo(Exit.USAGE);
        assertThat(last.err()).contains("at most 200 characters");
        assertThat(run("share")).isEqualTo(Exit.USAGE);
    }

    @Test
    void placesThatHoldTooMuchAreRefusedByRule() {
        assertThat(run("share", "allow", "/etc")).isEqualTo(Exit.REFUSED);
        assertThat(last.outText()).contains("\"rule\":\"share.root-system\"");
        assertThat(run("share", "allow", "data")).isEqualTo(Exit.REFUSED);
        assertThat(last.outText()).contains("\"rule\":\"share.root-data\"");
        assertThat(run("share", "allow", "nowhere")).isEqualTo(Exit.FAILED);
    }
}
