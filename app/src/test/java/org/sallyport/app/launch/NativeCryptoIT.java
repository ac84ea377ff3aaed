package org.sallyport.app.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where digests are native, the launcher does without the optimising compiler, so what it lays ready must be what is used. Linux only. */
class NativeCryptoIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path LIBRARIES = PackagedProgram.SCRIPT.getParent().resolveSibling("lib").resolve("native");
    private static final Path LIBRARY = LIBRARIES.resolve("com/amazon/corretto/crypto/provider/libamazonCorrettoCryptoProvider.so");

    @TempDir
    Path folder;

    private PackagedProgram sallyport;

    @BeforeEach
    void begin() {
        sallyport = new PackagedProgram(folder, PackagedProgram.SCRIPT);
    }

    @AfterEach
    void end() {
        sallyport.close();
    }

    @Test
    void whatMovesDataUsesWhatTheBuildHasLaidReady() throws Exception {
        assertThat(LIBRARY).isNotEmptyFile();

        PackagedProgram.Run daemon = sallyport.start("--data", "d", "--json", "daemon", "--no-listen").awaitLine("ready");

        await().atMost(PATIENCE).until(() -> isMapped(daemon) == hasInstructions());
        assertThat(Files.readString(Path.of("/proc", Long.toString(daemon.pid()), "cmdline")).contains("-XX:TieredStopAtLevel=1"))
                .as("without the optimising compiler").isEqualTo(hasInstructions());
        daemon.terminate();
        assertThat(daemon.exit()).as(daemon.err()).isZero();
    }

    /** Else its first connection with a device would wait for that. */
    @Test
    void whoHasDevicesHasTlsLoadedBeforeOneCalls() throws Exception {
        Path loaded = folder.resolve("classes.log");
        sallyport.with("-Xlog:class+load:file=" + loaded);
        PackagedProgram.Run first = sallyport.start("--data", "d", "--json", "daemon", "--no-listen").awaitLine("ready");
        assertThat(sallyport.run("--data", "d", "device", "id").exit()).isZero();
        first.terminate();
        assertThat(first.exit()).as(first.err()).isZero();
        Files.delete(loaded);

        PackagedProgram.Run again = sallyport.start("--data", "d", "--json", "daemon", "--no-listen").awaitLine("ready");

        await().atMost(PATIENCE).until(() -> Files.readString(loaded).contains("sun.security.ssl.SSLEngineImpl ") == hasInstructions());
        again.terminate();
        assertThat(again.exit()).as(again.err()).isZero();
    }

    @Test
    void sqliteIsUsedWhereTheBuildHasLaidIt() throws Exception {
        PackagedProgram.Run daemon = sallyport.start("--data", "d", "--json", "daemon", "--no-listen").awaitLine("ready");

        assertThat(Files.readString(Path.of("/proc", Long.toString(daemon.pid()), "maps")))
                .contains(LIBRARIES.resolve("org/sqlite/native/Linux").toString());
        assertThat(daemon.err()).as("nothing is said of how it is logged").doesNotContain("SLF4J");
        daemon.terminate();
        assertThat(daemon.exit()).as(daemon.err()).isZero();
    }

    @Test
    void aCommandThatOnlyAsksHasNeitherOptimisingCompilerNorLibrary() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(PackagedProgram.SCRIPT.toString(), "version").redirectErrorStream(true);
        builder.environment().put("SALLYPORT_OPTS", "-XX:+PrintCommandLineFlags -XshowSettings:properties");
        Process process = builder.start();

        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(told).isZero();
        assertThat(told).contains("-XX:TieredStopAtLevel=1", "java.vm.name").doesNotContain("MaxNodeLimit", "useExternalLib");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fake"})
    void withoutItTheProgramRunsAsEver(String content) throws Exception {
        Path copy = folder.resolve("program");
        PackagedProgram.copyTo(copy);
        Path library = copy.resolve(PackagedProgram.SCRIPT.getParent().getParent().relativize(LIBRARY));
        Files.delete(library);
        if (!content.isEmpty()) {
            Files.writeString(library, content);
        }
        Path text = Files.writeString(folder.resolve("letter.txt"), "The weather is fine.\n");

        PackagedProgram.Run create = new PackagedProgram(folder, copy.resolve("bin/sallyport")).run("--data", "d", "create", text.toString(),
                "-o", folder.resolve("letter.torrent").toString());

        assertThat(create.exit()).as(create.err()).isZero();
        assertThat(folder.resolve("letter.torrent")).isNotEmptyFile();
    }

    private static boolean isMapped(PackagedProgram.Run run) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(run.pid()), "maps")).contains(LIBRARY.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasInstructions() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream().anyMatch(line -> line.startsWith("flags") && line.contains(" sha_ni"));
    }
}
