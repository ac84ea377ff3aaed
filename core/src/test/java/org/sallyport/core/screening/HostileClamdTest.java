package org.sallyport.core.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.ScannerState;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.settings.Settings;

/** Something answers at the scanner's socket that is not, or not any more, the clamd it should be: never clean (invariant I3). */
class HostileClamdTest {
    private static final ClamdTimes SHORT = new ClamdTimes(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(2),
            Duration.ofSeconds(30));
    private static final String VERSION = "ClamAV 1.4.6/27000/Sat Nov 21 20:28:49 2026";

    @TempDir
    Path folder;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private ServerSocketChannel server;
    private volatile String version = VERSION + "\0";
    private volatile String answer = "";
    private volatile boolean forever;
    private volatile boolean early;

    @BeforeEach
    void listen() throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(folder.resolve("s")));
        thread.execute(this::serve);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        thread.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'stream: OK' | ended the connection", // without the end mark: it died in the middle of a word
        "'' | ended the connection",
        "'stream: OK 0' | reported an error",
        "'stream: ok0' | reported an error",
        "'OK0' | reported an error",
        "'stream: OK FOUND OK0' | reported an error",
        "'INSTREAM: Can''t write to temporary file. ERROR0' | reported an error",
        "'COMMAND READ TIMED OUT0' | reported an error"})
    void nothingButAPlainOkIsClean(String reply, String reason) throws Exception {
        answer = reply.replace('0', '\0');

        Screened screened = screen(1000);

        assertThat(screened.verdict().kind()).isEqualTo(Verdict.Kind.NOT_SCANNED);
        assertThat(screened.verdict().reason()).contains(reason);
        assertThat(screened.retry()).isTrue();
        assertThat(screened.sha256()).hasSize(64);
    }

    @Test
    void aPlainOkIsClean() throws Exception {
        answer = "stream: OK\0";

        // its definitions are of a fixed day, which the settings may find too old
        assertThat(screen(1000).verdict().reason()).matches("|The virus definitions of ClamAV 1.4.6 are [0-9]+ days old.*");
    }

    @Test
    void anAnswerThatNeverEndsIsEnded() throws Exception {
        forever = true;

        assertThat(screen(1000).verdict().reason()).contains("its reply never ends");
    }

    @Test
    void anOkBeforeItHadEverythingIsNotBelieved() throws Exception {
        answer = "stream: OK\0";
        early = true;

        assertThat(screen(8 << 20).verdict().kind()).isEqualTo(Verdict.Kind.NOT_SCANNED);
    }

    @Test
    void whatDoesNotNameItselfIsSentNothing() throws Exception {
        version = "SSH-2.0-OpenSSH_9.2\r\n\0";
        answer = "stream: OK\0";

        Screened screened = screen(1000);

        assertThat(screened.verdict().reason()).contains("does not name itself as ClamAV does");
        assertThat(screening().probe().kind()).isEqualTo(ScannerState.Kind.UNREACHABLE);
    }

    @Test
    void oneThatDoesNotKnowTheTestFileIsNotReady() {
        answer = "stream: OK\0";

        ScannerState state = screening().probe();

        assertThat(state.kind()).isEqualTo(ScannerState.Kind.UNREACHABLE);
        assertThat(state.sentence()).contains("EICAR").contains("freshclam");
    }

    private Screened screen(int size) throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[size]);
        return screening().screen(new ScreenRequest(file, "file"), ScreenWatch.NONE);
    }

    private Screening screening() {
        return new Screening(() -> Settings.Screening.DEFAULT.withScanner(folder.resolve("s").toString()), Clock.systemUTC(), new ClamdFinder(folder),
                SHORT);
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                ByteBuffer command = ByteBuffer.allocate(10);
                while (command.hasRemaining() && command.get(Math.max(command.position() - 1, 0)) != 0 || command.position() == 0) {
                    ByteBuffer one = ByteBuffer.allocate(1);
                    if (client.read(one) < 0) {
                        break;
                    }
                    command.put(one.flip());
                }
                if (command.get(1) == 'V') {
                    say(client, version);
                } else {
                    if (!early) {
                        drain(client);
                    }
                    say(client, answer);
                    while (forever) {
                        say(client, "xxxxxxxxxxxxxxxx");
                    }
                }
            } catch (IOException e) {
                // the other side hung up, or the test is over
            }
        }
    }

    /** Frames up to the empty one. */
    private static void drain(SocketChannel client) throws IOException {
        while (true) {
            int length = read(client, Integer.BYTES).getInt();
            if (length == 0) {
                return;
            }
            read(client, length);
        }
    }

    private static ByteBuffer read(SocketChannel client, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (client.read(bytes) < 0) {
                throw new IOException("gone");
            }
        }
        return bytes.flip();
    }

    private static void say(SocketChannel client, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }
}
