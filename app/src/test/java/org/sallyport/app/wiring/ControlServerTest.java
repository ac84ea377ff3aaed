package org.sallyport.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ControlServerTest {
    private static final ControlRequest HELLO = new ControlRequest(List.of("hello", "wörld"), Path.of("/somewhere"));
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Path socket() {
        return folder.resolve("run").resolve("control");
    }

    /** Keeps what it is told. */
    private static class Kept implements Output {
        private final List<String> out = new ArrayList<>();
        private final List<String> err = new ArrayList<>();

        @Override
        public void out(String line) {
            out.add(line);
        }

        @Override
        public void err(String line) {
            err.add(line);
        }

        @Override
        public boolean isGone() {
            return false;
        }
    }

    @Test
    void bothStreamsAndTheExitCodeReachTheClient() throws IOException {
        Kept kept = new Kept();
        int exit;
        try (ControlServer server = ControlServer.open(socket(), (request, output) -> {
            output.out(String.join(" ", request.words()) + " in " + request.cwd());
            output.err("careful");
            return Exit.REFUSED;
        }); ControlClient client = ControlClient.connect(socket()).orElseThrow()) {
            exit = client.run(HELLO, kept);
        }

        assertThat(exit).isEqualTo(Exit.REFUSED);
        assertThat(kept.out).containsExactly("hello wörld in /somewhere");
        assertThat(kept.err).containsExactly("careful");
    }

    /** Waits as commands do: it looks whether the client is there, and with that for its answers. */
    private static String answerTo(CompletableFuture<String> answer, Output output) {
        Awaitility.await().atMost(LONG).until(() -> output.isGone() || answer.isDone());
        return answer.getNow("nobody answered");
    }

    @Test
    void questionsReachThePersonAndTheAnswersTheCommand() throws IOException {
        Kept kept = new Kept() {
            @Override
            public CompletableFuture<String> ask(String question) {
                out("asked " + question);
                return CompletableFuture.supplyAsync(() -> "answer to " + question);
            }
        };
        try (ControlServer server = ControlServer.open(socket(), (request, output) -> {
            output.out(answerTo(output.ask("öne?"), output));
            output.out(answerTo(output.ask("two?"), output));
            return Exit.DONE;
        }); ControlClient client = ControlClient.connect(socket()).orElseThrow()) {
            assertThat(client.run(HELLO, kept)).isEqualTo(Exit.DONE);
        }

        assertThat(kept.out).containsExactly("asked öne?", "answer to öne?", "asked two?", "answer to two?");
    }

    @Test
    void whereNobodyCanBeAskedTheAnswerIsEmpty() throws IOException {
        Kept kept = new Kept();
        try (ControlServer server = ControlServer.open(socket(), (request, output) -> {
            output.out("[" + answerTo(output.ask("one?"), output) + "]");
            return Exit.DONE;
        }); ControlClient client = ControlClient.connect(socket()).orElseThrow()) {
            client.run(HELLO, kept);
        }

        assertThat(kept.out).containsExactly("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"answer\":1}\n", "nonsense\n", "{}\n", "{\"answer\":\"a\"}\n{\"answer\":\"b\"}\n"})
    void whatWasNotAskedForEndsTheConnection(String sent) throws IOException {
        assertThat(answering(sent)).isEqualTo(sent.contains("\"a\"") ? "a" : "nobody answered");
    }

    @Test
    void answerWithoutEndIsNotCollected() throws IOException {
        assertThat(answering("a".repeat(20_000))).isEqualTo("nobody answered");
    }

    /** @return what the command got from a client that sends this */
    private String answering(String sent) throws IOException {
        CompletableFuture<String> got = new CompletableFuture<>();
        try (ControlServer server = ControlServer.open(socket(), (request, output) -> {
            CompletableFuture<String> answer = output.ask("?");
            Awaitility.await().atMost(LONG).until(output::isGone);
            got.complete(answer.getNow("nobody answered"));
            return Exit.DONE;
        }); SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            client.write(ByteBuffer.wrap((HELLO.encode() + "\n").getBytes(StandardCharsets.UTF_8)));
            assertThat(new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8)).readLine()).isEqualTo("{\"ask\":\"?\"}");
            client.write(ByteBuffer.wrap(sent.getBytes(StandardCharsets.UTF_8)));
            return got.orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    @Test
    void onlyTheOwnerMayConnect() throws IOException {
        try (ControlServer server = ControlServer.open(socket(), (request, output) -> Exit.DONE)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket()))).isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket().getParent()))).isEqualTo("rwx------");
        }
        assertThat(socket()).doesNotExist();
    }

    @Test
    void aSocketThatAKilledInstanceLeftBehindIsReplaced() throws IOException {
        Files.createDirectories(socket().getParent());
        ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        killed.bind(UnixDomainSocketAddress.of(socket()));
        killed.close();
        assertThat(ControlClient.connect(socket())).isEmpty();

        try (ControlServer server = ControlServer.open(socket(), (request, output) -> Exit.DONE);
                ControlClient client = ControlClient.connect(socket()).orElseThrow()) {
            assertThat(client.run(HELLO, new Kept())).isEqualTo(Exit.DONE);
        }
    }

    @Test
    void anInstanceThatAnswersIsNotReplaced() throws IOException {
        try (ControlServer first = ControlServer.open(socket(), (request, output) -> Exit.DONE)) {
            assertThatThrownBy(() -> ControlServer.open(socket(), (request, output) -> Exit.DONE)).isInstanceOf(IOException.class);

            try (ControlClient client = ControlClient.connect(socket()).orElseThrow()) {
                assertThat(client.run(HELLO, new Kept())).isEqualTo(Exit.DONE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "hello", "{}", "[]", "{\"argv\":[1],\"cwd\":\"/\"}", "{\"argv\":[\"list\"],\"cwd\":\"relative\"}", "{\"argv\":[\"list\"]}",
        "{\"argv\":[\"list\"],\"cwd\":\"/\"} {}", "{\"a\":[[[[[[[[[[]]]]]]]]]]}", "{\"argv\":"})
    void whatIsNoCommandIsTurnedAwayWithASentence(String line) throws IOException {
        try (ControlServer server = ControlServer.open(socket(), (request, output) -> Exit.DONE)) {
            List<String> answer = exchange((line + "\n").getBytes(StandardCharsets.UTF_8));

            assertThat(answer).hasSize(2);
            assertThat(answer.get(0)).contains("That was not a command of");
            assertThat(answer.get(1)).isEqualTo("{\"exit\":1}");
        }
    }

    @Test
    void brokenUtf8IsTurnedAway() throws IOException {
        try (ControlServer server = ControlServer.open(socket(), (request, output) -> Exit.DONE)) {
            assertThat(exchange(new byte[] {'{', (byte) 0xC3, '}', '\n'})).last().isEqualTo("{\"exit\":1}");
        }
    }

    @Test
    void aRequestAboveOneMebibyteIsNotReadToItsEnd() throws IOException {
        try (ControlServer server = ControlServer.open(socket(), (request, output) -> Exit.DONE);
                SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            ByteBuffer endless = ByteBuffer.allocate(4 * ControlRequest.MAX_BYTES);

            assertThatThrownBy(() -> {
                while (endless.hasRemaining()) {
                    channel.write(endless);
                }
            }).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aClientThatSendsNothingIsClosed() throws IOException {
        try (ControlServer server = ControlServer.open(socket(), (request, output) -> Exit.DONE, Duration.ofMillis(50), LONG);
                SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            assertThat(readToEnd(silent)).isEmpty();
        }
    }

    @Test
    void aClientThatDoesNotReadDoesNotHoldItsCommandForever() throws IOException {
        CountDownLatch ended = new CountDownLatch(1);
        String line = "x".repeat(100_000);
        try (ControlServer server = ControlServer.open(socket(), (request, output) -> {
            while (!output.isGone()) {
                output.out(line);
            }
            ended.countDown();
            return Exit.DONE;
        }, Duration.ofMillis(50), LONG); SocketChannel deaf = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            deaf.write(ByteBuffer.wrap((HELLO.encode() + "\n").getBytes(StandardCharsets.UTF_8)));

            await().atMost(LONG).until(() -> ended.getCount() == 0);
        }
    }

    @Test
    void aCommandLearnsThatItsClientLeft() throws IOException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        try (ControlServer server = ControlServer.open(socket(), (request, output) -> {
            started.countDown();
            await().atMost(LONG).until(output::isGone);
            left.countDown();
            return Exit.DONE;
        })) {
            SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket()));
            client.write(ByteBuffer.wrap((HELLO.encode() + "\n").getBytes(StandardCharsets.UTF_8)));
            await().atMost(LONG).until(() -> started.getCount() == 0);
            client.close();

            await().atMost(LONG).until(() -> left.getCount() == 0);
        }
    }

    @Test
    void theSixtyFifthClientIsToldToWait() throws IOException {
        CountDownLatch running = new CountDownLatch(64);
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        List<SocketChannel> clients = new ArrayList<>();
        try (ControlServer server = ControlServer.open(socket(), (request, output) -> {
            running.countDown();
            return end.join() ? Exit.DONE : Exit.FAILED;
        })) {
            for (int i = 0; i < 64; i++) {
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket()));
                client.write(ByteBuffer.wrap((HELLO.encode() + "\n").getBytes(StandardCharsets.UTF_8)));
                clients.add(client);
            }
            await().atMost(LONG).until(() -> running.getCount() == 0);

            Kept kept = new Kept();
            try (ControlClient late = ControlClient.connect(socket()).orElseThrow()) {
                assertThat(late.run(HELLO, kept)).isEqualTo(Exit.FAILED);
            }
            assertThat(kept.err).singleElement().asString().startsWith("Too many commands");
        } finally {
            end.complete(true);
            for (SocketChannel client : clients) {
                client.close();
            }
        }
    }

    @Test
    void whoAskedToQuitSeesTheEnd() throws IOException {
        ControlServer server = ControlServer.open(socket(), (request, output) -> Exit.DONE);
        try (ControlClient client = ControlClient.connect(socket()).orElseThrow()) {
            client.run(HELLO, new Kept());
            CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);

            client.awaitGone(20);

            closing.join();
        }
        assertThat(ControlClient.connect(socket())).isEmpty();
    }

    @Test
    void anInstanceThatHangsDoesNotHangItsClients() throws IOException {
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        try (ControlServer server = ControlServer.open(socket(), (request, output) -> end.join() ? Exit.DONE : Exit.FAILED);
                ControlClient client = ControlClient.connect(socket()).orElseThrow()) {
            assertThatThrownBy(() -> client.runWithin(1, HELLO, new Kept())).isInstanceOf(IOException.class);
        } finally {
            end.complete(true);
        }
    }

    @Test
    void whoFollowsTheInstanceIsDoneWithItsOrderlyEnd() throws IOException {
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        CountDownLatch running = new CountDownLatch(1);
        try (ControlServer server = ControlServer.open(socket(), (request, output) -> {
            running.countDown();
            return end.join() ? Exit.DONE : Exit.FAILED;
        }); ControlClient client = ControlClient.connect(socket()).orElseThrow()) {
            CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> follow(client));
            await().atMost(LONG).until(() -> running.getCount() == 0);

            server.tellEnd();

            assertThat(exit).succeedsWithin(LONG).isEqualTo(Exit.DONE);
        } finally {
            end.complete(false);
        }
    }

    private static int follow(ControlClient client) {
        try {
            return client.follow(HELLO, new Kept());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aClientOfAStoppedInstanceGivesUp() throws IOException {
        Files.createDirectories(socket().getParent());
        try (ServerSocketChannel stopped = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stopped.bind(UnixDomainSocketAddress.of(socket()));
            try (ControlClient client = ControlClient.connect(socket()).orElseThrow()) {
                assertThatThrownBy(() -> client.run(HELLO, new Kept(), Duration.ofMillis(300))).isInstanceOf(InstanceSilentException.class);
            }
        }
    }

    @Test
    void aCommandThatTakesItsTimeGivesSignsOfLife() throws IOException {
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        try (ControlServer server = ControlServer.open(socket(), (request, output) -> end.join() ? Exit.DONE : Exit.FAILED, LONG,
                Duration.ofMillis(1));
                SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            channel.write(ByteBuffer.wrap((HELLO.encode() + "\n").getBytes(StandardCharsets.UTF_8)));
            BufferedReader reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));

            assertThat(List.of(reader.readLine(), reader.readLine())).containsOnly("{\"beat\":true}");
            end.complete(true);
            assertThat(reader.lines().filter(l -> !l.contains("beat")).findFirst()).hasValue("{\"exit\":0}");
        }
    }

    private List<String> exchange(byte[] request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            channel.write(ByteBuffer.wrap(request));
            return readToEnd(channel);
        }
    }

    private static List<String> readToEnd(SocketChannel channel) throws IOException {
        return new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)).lines().toList();
    }
}
