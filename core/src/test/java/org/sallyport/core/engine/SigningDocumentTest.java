package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.engine.TestEngines.done;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.PublisherSnapshot;
import org.sallyport.core.model.TorrentPreview;

/** The commands of {@code core/docs/signing.md}, run as they stand there, agree with us about our signatures and about those of OpenSSL. */
@Timeout(240)
class SigningDocumentTest {
    private static final Path DOCUMENT = Path.of("docs", "signing.md");

    @TempDir
    private Path temp;

    private TestEngines engines;

    @BeforeEach
    void begin() {
        engines = new TestEngines(temp);
    }

    @AfterEach
    void end() {
        engines.close();
    }

    @ParameterizedTest
    @EnumSource(PublisherSnapshot.Key.class)
    void openSslVerifiesWhatWeSign(PublisherSnapshot.Key key) throws Exception {
        Engine engine = engines.start("one");
        // a key for RSA takes long on a busy machine
        assertThat(engine.publishers().create("Example Press", "org.example.press", key).get(200, TimeUnit.SECONDS).isDone()).isTrue();
        Path content = Files.write(temp.resolve("book.txt"), new byte[100_000]);
        done(engine.create(new CreateRequest(content, temp.resolve("signed.torrent"), 0, List.of(List.of("http://tracker.example/announce")),
                List.of(), false, "").signedBy("Example Press", Instant.parse("2099-01-01T00:00:00Z")), progress -> { }));
        Files.writeString(temp.resolve("parts.py"), blocks("python").get(0));

        List<String> commands = blocks("sh").get(0).lines().toList();
        String verify = key == PublisherSnapshot.Key.RSA ? commands.get(3) : blocks("sh").get(1).strip();

        assertThat(run(commands.get(0))).contains("signed by org.example.press");
        assertThat(run(commands.get(1))).contains("CN = org.example.press");
        run(commands.get(2));
        assertThat(run(verify)).containsPattern("Verified OK|Signature Verified Successfully");
        String fingerprint = run("openssl pkey -pubin -in key.pem -outform DER | sha256sum").substring(0, 64);
        assertThat(done(engine.inspect(temp.resolve("signed.torrent"))).author())
                .isEqualTo(Authorship.known("org.example.press", "Example Press", fingerprint));
        Files.write(temp.resolve("signed"), new byte[1], StandardOpenOption.APPEND);
        assertThat(exitOf(verify)).isNotZero();
    }

    @Test
    void weVerifyWhatOpenSslSigns() throws Exception {
        run("openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -subj /CN=org.example.openssl -days 30 -outform DER -out certificate.der "
                + "2>/dev/null");
        Files.write(temp.resolve("info"), "d6:lengthi5e4:name5:a.txt12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae".getBytes());
        for (String options : List.of("", "-sigopt rsa_padding_mode:pss", "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest")) {
            run("openssl dgst -sha256 -sign key.pem " + options + " -out signature info");
            run("{ printf 'd4:info'; cat info; printf '10:signaturesd19:org.example.openssld11:certificate%d:' $(stat -c %s certificate.der);"
                    + " cat certificate.der; printf '9:signature256:'; cat signature; printf 'eee'; } > foreign.torrent");

            TorrentPreview preview = done(engines.start("two" + options.length()).inspect(temp.resolve("foreign.torrent")));

            assertThat(preview.author().kind()).as(options + preview.author()).isEqualTo(Authorship.Kind.NEW);
            assertThat(preview.author().id()).isEqualTo("org.example.openssl");
        }
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCUMENT)).results()
                .map(MatchResult::group).map(block -> block.substring(language.length() + 4, block.length() - 3)).toList();
    }

    private String run(String command) throws Exception {
        Process process = start(command);
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(command + "\n" + output).isZero();
        return output;
    }

    private int exitOf(String command) throws Exception {
        Process process = start(command);
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    private Process start(String command) throws IOException {
        return new ProcessBuilder("/bin/bash", "-c", command).directory(temp.toFile()).redirectErrorStream(true).start();
    }
}
