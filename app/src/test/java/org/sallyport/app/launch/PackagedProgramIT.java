package org.sallyport.app.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagedProgramIT {
    @TempDir
    Path folder;

    private PackagedProgram sallyport;

    @BeforeEach
    void open() {
        sallyport = new PackagedProgram(folder);
    }

    @AfterEach
    void close() {
        sallyport.close();
    }

    private Path data(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(folder.resolve(name), content);
    }

    private static int port(PackagedProgram.Run run) throws IOException {
        String ready = run.out().stream().filter(l -> l.startsWith("{\"event\":\"ready\"")).findFirst().orElseThrow();
        return Integer.parseInt(ready.replaceAll("\\D+", ""));
    }

    @Test
    void theVersionIsTold() throws Exception {
        PackagedProgram.Run version = sallyport.run("version");

        assertThat(version.exit()).as(version.err()).isZero();
        assertThat(version.out()).singleElement().asString().startsWith("Sallyport 0.");
        assertThat(version.err()).isEmpty();
    }

    @Test
    void theScriptWorksThroughALinkAndFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), PackagedProgram.SCRIPT);

        Process process = new ProcessBuilder(link.toString(), "version").directory(folder.toFile()).start();

        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        Files.delete(link);

        assertThat(out).startsWith("Sallyport");
        assertThat(exit).isZero();
    }

    @Test
    void aJavaThatIsTooOldIsNamed() throws Exception {
        Path old = Files.createDirectories(folder.resolve("jdk11/bin")).getParent();
        Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");
        Files.createFile(old.resolve("bin/java")).toFile().setExecutable(true);
        ProcessBuilder builder = new ProcessBuilder(PackagedProgram.SCRIPT.toString(), "version");
        builder.environment().put("JAVA_HOME", old.toString());

        Process process = builder.start();

        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)).contains("Java 17 or newer is needed")
                .contains("11.0.2");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @Test
    void whatWasMadeCanBeInspectedAndGarbageIsRefusedByRule() throws Exception {
        data("wörter.bin", 300_000);

        assertThat(sallyport.run("create", "wörter.bin", "-o", "t.torrent", "--private", "--comment", "hello").exit()).isZero();
        PackagedProgram.Run inspected = sallyport.run("--json", "inspect", "t.torrent");
        assertThat(inspected.exit()).as(inspected.err()).isZero();
        assertThat(inspected.out()).singleElement().asString()
                .contains("\"name\":\"wörter.bin\"", "\"private\":true", "\"comment\":\"hello\"", "\"totalBytes\":300000");

        Files.writeString(folder.resolve("bad.torrent"), "d4:infod6:lengthi-1eee");
        PackagedProgram.Run refused = sallyport.run("--json", "inspect", "bad.torrent");
        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.out()).singleElement().asString().startsWith("{\"event\":\"refused\",\"rule\":\"");
    }

    @Test
    void theDaemonKeepsALibraryUntilItIsToldToQuit() throws Exception {
        data("a.bin", 100_000);
        sallyport.run("create", "a.bin", "-o", "a.torrent");
        PackagedProgram.Run daemon = sallyport.start("--data", "d", "--json", "daemon").awaitLine("ready");
        int port = port(daemon);

        PackagedProgram.Run added = sallyport.run("--data", "d", "--json", "add", "a.torrent", "--to", "down", "--paused");
        assertThat(added.exit()).as(added.err()).isZero();
        assertThat(sallyport.run("--data", "d", "add", "a.torrent").exit()).isEqualTo(3);
        assertThat(sallyport.run("--data", "d", "--json", "list").out()).singleElement().asString()
                .contains("\"state\":\"paused\"", "\"path\":\"" + folder.toRealPath().resolve("down/a.bin") + "\"");

        assertThat(sallyport.run("--data", "d", "--json", "port").out()).singleElement().asString()
                .startsWith("{\"port\":" + port + ",\"state\":\"open\"").doesNotContain("\"expected\":false").containsOnlyOnce("\"protocol\":\"tcp");

        PackagedProgram.Run second = sallyport.run("--data", "d", "daemon");
        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.err()).contains("running with this data folder already");

        PackagedProgram.Run follower = sallyport.start("--data", "d", "--json", "events", "--follow").awaitLine("torrent.added");
        assertThat(sallyport.run("--data", "d", "quit").exit()).isZero();
        assertThat(daemon.exit()).isZero();
        assertThat(follower.exit()).as(follower.err()).isZero();
        assertThat(sallyport.run("--data", "d", "list").exit()).isEqualTo(5);

        PackagedProgram.Run again = sallyport.start("--data", "d", "--json", "daemon").awaitLine("ready");
        assertThat(port(again)).isEqualTo(port);
        assertThat(sallyport.run("--data", "d", "--json", "list").out()).singleElement().asString().contains("\"state\":\"paused\"");
        again.terminate();
        assertThat(again.exit()).isZero();
    }

    @Test
    void receiveOnlyMeansNoSocketAtAll() throws Exception {
        PackagedProgram.Run daemon = sallyport.start("--data", "d", "--json", "daemon", "--no-listen").awaitLine("ready");

        assertThat(daemon.out()).contains("{\"event\":\"ready\",\"port\":null}");
        assertThat(sallyport.run("--data", "d", "--json", "port").out()).singleElement().asString()
                .contains("\"state\":\"receiveOnly\"", "\"unexpected\":0")
                .doesNotContain("\"state\":\"listening\"");
    }

    @Test
    void theBlocklistIsLoadedShownAndCleared() throws Exception {
        Files.writeString(folder.resolve("list.p2p"), "somebody:192.0.2.0-192.0.2.255\nnonsense\n2001:db8::/32\n");
        Files.writeString(folder.resolve("page.html"), "<html>not found</html>");
        sallyport.start("--data", "d", "--json", "daemon", "--no-listen").awaitLine("ready");

        assertThat(sallyport.run("--data", "d", "--json", "blocklist", "load", "list.p2p").out()).singleElement().asString()
                .startsWith("{\"state\":\"loaded\",\"ranges\":2,\"badLines\":1,\"loadedAt\":\"");
        PackagedProgram.Run refused = sallyport.run("--data", "d", "--json", "blocklist", "load", "page.html");
        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.out()).singleElement().asString().contains("\"rule\":\"blocklist.no-ranges\"");
        assertThat(sallyport.run("--data", "d", "blocklist", "load").exit()).isEqualTo(2);
        assertThat(sallyport.run("--data", "d", "blocklist", "show").out()).singleElement().asString().startsWith("2 address ranges are blocked.");
        assertThat(sallyport.run("--data", "d", "--json", "blocklist", "clear").out()).singleElement().asString().startsWith("{\"state\":\"none\"");
    }

    @Test
    void whatOneSeedsAnotherGets() throws Exception {
        Path original = data("song.bin", 3_000_000);
        sallyport.run("create", "song.bin", "-o", "song.torrent");
        PackagedProgram.Run seed = sallyport.start("--json", "seed", "song.torrent", "--from", "song.bin").awaitLine("ready");

        PackagedProgram.Run get = sallyport.run("--json", "get", "song.torrent", "--to", "got", "--no-listen", "--peer", "127.0.0.1:"
                + port(seed), "--timeout", "40");

        assertThat(get.exit()).as(get.err()).isZero();
        assertThat(get.err()).as("what the JVM thinks of its options").doesNotContain("WARNING");
        assertThat(Files.mismatch(original, folder.resolve("got/song.bin"))).isEqualTo(-1);
        List<String> events = get.out().stream().map(l -> l.replaceAll("\\{\"event\":\"(\\w+)\".*", "$1"))
                .filter(e -> !e.equals("progress")).toList();
        assertThat(events).containsExactly("ready", "verified", "verdict", "released", "done");
        seed.terminate();
        assertThat(seed.exit()).isZero();
        assertThat(seed.out()).last().isEqualTo("{\"event\":\"done\",\"exit\":0}");
        // nothing of a finished one-shot command stays behind
        try (var left = Files.walk(folder).filter(p -> p.endsWith("state.db"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void seedingTheWrongDataFailsWithASentence() throws Exception {
        data("song.bin", 500_000);
        sallyport.run("create", "song.bin", "-o", "song.torrent");
        Files.write(folder.resolve("song.bin"), new byte[500_000]);

        PackagedProgram.Run seed = sallyport.run("--json", "seed", "song.torrent", "--from", ".");

        assertThat(seed.exit()).isEqualTo(1);
        assertThat(seed.out()).containsExactly("{\"event\":\"done\",\"exit\":1}");
        assertThat(seed.err()).contains("differ from the torrent");
    }

    @Test
    void aKilledGetGoesOnWhenItIsTypedAgain() throws Exception {
        data("song.bin", 400_000);
        sallyport.run("create", "song.bin", "-o", "song.torrent");
        sallyport.start("--json", "get", "song.torrent", "--to", "got", "--no-listen").awaitLine("progress").kill();
        PackagedProgram.Run seed = sallyport.start("--json", "seed", "song.torrent", "--from", "song.bin").awaitLine("ready");

        PackagedProgram.Run get = sallyport.run("--json", "get", "song.torrent", "--to", "got", "--no-listen", "--peer", "127.0.0.1:"
                + port(seed), "--timeout", "40");

        assertThat(get.exit()).as(get.err()).isZero();
        assertThat(Files.mismatch(folder.resolve("song.bin"), folder.resolve("got/song.bin"))).isEqualTo(-1);
    }

    @Test
    void whatTakesTooLongExitsFour() throws Exception {
        data("song.bin", 100_000);
        sallyport.run("create", "song.bin", "-o", "song.torrent");

        PackagedProgram.Run get = sallyport.run("--json", "get", "song.torrent", "--no-listen", "--timeout", "1");

        assertThat(get.exit()).isEqualTo(4);
        assertThat(get.out()).last().isEqualTo("{\"event\":\"done\",\"exit\":4}");
    }

    @Test
    void theSampleArrives() throws Exception {
        PackagedProgram.Run sample = sallyport.run("sample", "--to", "here");

        assertThat(sample.exit()).as(sample.err()).isZero();
        assertThat(folder.resolve("here/Sallyport sample")).isDirectoryContaining("glob:**.txt").isDirectoryContaining("glob:**.png")
                .isDirectoryContaining("glob:**.wav");
        assertThat(sample.out()).anyMatch(l -> l.startsWith("Done: Sallyport sample"));
    }

    @Test
    void aStartWithoutADisplayRunsTheSample() throws Exception {
        PackagedProgram.Run start = sallyport.run();

        assertThat(start.exit()).as(start.err()).isZero();
        assertThat(start.out().get(0)).startsWith("There is no display");
        assertThat(start.out()).anyMatch(l -> l.startsWith("Done: Sallyport sample"));
        assertThat(folder.resolve("Downloads")).doesNotExist();
    }

    @Test
    void aFileWithoutADisplayIsNotIgnored() throws Exception {
        data("a.torrent", 10);

        PackagedProgram.Run start = sallyport.run("a.torrent");

        assertThat(start.exit()).isEqualTo(1);
        assertThat(start.err()).contains("sallyport get FILE");
    }

    @Test
    void theDaemonEndsByItselfAndTheNextOneTellsWhy() throws Exception {
        data("a.bin", 100_000);
        sallyport.run("create", "a.bin", "-o", "a.torrent");
        PackagedProgram.Run daemon = sallyport.start("--data", "d", "--json", "daemon").awaitLine("ready");
        int port = port(daemon);
        sallyport.run("--data", "d", "add", "a.torrent", "--to", "down", "--paused");

        PackagedProgram.Run asked = sallyport.run("--data", "d", "--json", "quit", "--when-complete");

        assertThat(asked.exit()).as(asked.err()).isZero();
        assertThat(asked.out()).singleElement().asString().startsWith("{\"mode\":\"allDone\",\"state\":\"waiting\"");
        assertThat(sallyport.run("--data", "d", "quit", "--off").out()).containsExactly("Sallyport stays open.");
        String soon = LocalTime.now().plusMinutes(1).format(DateTimeFormatter.ofPattern("HH:mm"));
        assertThat(sallyport.run("--data", "d", "quit", "--at", soon).out()).containsExactly("Sallyport quits at " + soon + ".");
        sallyport.run("--data", "d", "quit", "--when-complete");

        // half a minute without a change, half a minute of countdown
        assertThat(daemon.exit(120)).isZero();
        assertThat(daemon.out()).last().asString()
                .startsWith("{\"event\":\"quit\",\"sentence\":\"Sallyport quits now. Not done: \\\"a.bin\\\" (stopped).");
        assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(ConnectException.class);
        PackagedProgram.Run next = sallyport.start("--data", "d", "--json", "daemon").awaitLine("lastQuit");
        assertThat(next.out()).anyMatch(l -> l.contains("Sallyport quit by itself on") && l.contains("all downloads have ended"));
        assertThat(sallyport.run("--data", "d", "quit").exit()).isZero();
        assertThat(next.exit()).isZero();
    }
}
