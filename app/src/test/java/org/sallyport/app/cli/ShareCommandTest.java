package org.sallyport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sallyport.app.wiring.Exit;

/** The share commands as the running instance carries them out. */
@Timeout(60)
class ShareCommandTest extends RunningInstance {
    private static final Duration SOON = Duration.ofSeconds(20);
    private Path give;

    @BeforeEach
    void open() throws Exception {
        give = Files.createDirectories(temp.resolve("give"));
        Files.write(give.resolve("film.bin"), new byte[100_000]);
    }

    @Test
    void aFileIsAllowedSharedListedAndStopped() throws Exception {
        assertThat(runJson("share", "add", "give/film.bin", "--public")).isEqualTo(Exit.REFUSED);
        assertThat(last.outText()).startsWith("{\"event\":\"refused\",\"rule\":\"share.not-allowed\"");
        assertThat(runJson("share", "allow", "give")).as(last.err()).isZero();
        assertThat(last.out()).containsExactly("{\"path\":\"" + give.toRealPath() + "\"}");

        assertThat(runJson("share", "add", "give/film.bin", "--public", "--note", "for you", "--expires", "7d",
                "--torrent-file", "film.torrent")).as(last.err()).isZero();
        assertThat(last.outText()).contains("\"name\":\"film.bin\"");
        assertThat(runJson("inspect", "film.torrent")).isEqualTo(Exit.USAGE); // runs in the client, not here
        assertThat(temp.resolve("film.torrent")).exists();
        assertThat(runJson("share", "list")).isZero();
        assertThat(last.out()).hasSize(2);
        assertThat(last.out().get(0)).startsWith("{\"type\":\"share\",\"hash\":\"")
                .contains("\"sizeBytes\":100000,\"files\":1,\"audience\":\"public\"",
                "\"note\":\"for you\"", "\"download\":false");
        assertThat(last.out().get(1)).startsWith("{\"type\":\"folder\",\"path\":\"");

        String hash = engine.snapshot().shares().shares().get(0).hash().hex();
        assertThat(runJson("set", hash, "upload=sometimes")).isEqualTo(Exit.USAGE);
        assertThat(runJson("set", hash, "colour=red")).isEqualTo(Exit.USAGE);
        assertThat(runJson("set", hash, "upload=never")).isZero();
        assertThat(runJson("list")).isZero();
        assertThat(last.outText()).contains("\"upload\":\"never\"");
        assertThat(runJson("share", "stop", hash)).isZero();
        assertThat(last.out()).containsExactly("{\"hash\":\"" + hash + "\",\"name\":\"film.bin\"}");
        assertThat(runJson("share", "disallow", "give")).isZero();
        await().atMost(SOON).until(() -> runJson("share", "list") == 0 && last.out().isEmpty());
        assertThat(give.resolve("film.bin")).exists();
    }

    @Test
    void aShareIsForTrustedDevicesUnlessItIsSaid() {
        runJson("share", "allow", "give");

        assertThat(runJson("share", "add", "give")).isZero();

        assertThat(runJson("share", "list")).isZero();
        assertThat(last.out().get(0)).contains("\"audience\":\"devices\",\"devices\":[]", "\"expires\":null");
        assertThat(runJson("share", "add", "give", "--with", "nobody")).isEqualTo(Exit.REFUSED);
        assertThat(last.outText()).contains("\"rule\":\"device-id.length\"");
    }

    @Test
    void concernsAreNamedAndHoldUntilTheyAreAccepted() throws Exception {
        Files.writeString(give.resolve("id_rsa"), "key");
        runJson("share", "allow", "give");

        assertThat(runJson("share", "examine", "give")).isZero();
        assertThat(last.out()).singleElement().asString().startsWith("{\"path\":\"id_rsa\",\"sentence\":");
        assertThat(runJson("share", "add", "give", "--public")).isEqualTo(Exit.REFUSED);
        assertThat(last.outText()).contains("share.concern");
        assertThat(runJson("share", "add", "give", "--public", "--despite-concerns")).isZero();
    }

    @Test
    void whatCannotBeMeantIsUsage() {
        assertThat(runJson("share", "add", "give", "--with", "AAA", "--public")).isEqualTo(Exit.USAGE);
        assertThat(last.err()).contains("either --with or --public");
        assertThat(runJson("share", "add", "give", "--expires", "soon")).isEqualTo(Exit.USAGE);
        assertThat(last.err()).contains("is no time");
        assertThat(runJson("share", "add", "give", "--note", "x".repeat(201))).isEqualTo(Exit.USAGE);
        assertThat(last.err()).contains("at most 200 characters");
        assertThat(runJson("share")).isEqualTo(Exit.USAGE);
    }

    @Test
    void placesThatHoldTooMuchAreRefusedByRule() {
        assertThat(runJson("share", "allow", "/etc")).isEqualTo(Exit.REFUSED);
        assertThat(last.outText()).contains("\"rule\":\"share.root-system\"");
        assertThat(runJson("share", "allow", "data")).isEqualTo(Exit.REFUSED);
        assertThat(last.outText()).contains("\"rule\":\"share.root-data\"");
        assertThat(runJson("share", "allow", "nowhere")).isEqualTo(Exit.FAILED);
    }
}
