package org.sallyport.app.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archive of classes that the build has made; the one that the launcher has made where that does not fit, as after the program was copied;
 * and what happens when none can be used.
 */
class SharedClassesIT {
    /** The archive is made at the lowest priority. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    private Path script;
    private PackagedProgram sallyport;

    @BeforeEach
    void copyTheProgram() throws IOException {
        Path to = folder.resolve("program");
        PackagedProgram.copyTo(to);
        script = to.resolve("bin").resolve("sallyport");
        sallyport = new PackagedProgram(folder, script);
    }

    @AfterEach
    void close() {
        sallyport.close();
    }

    private List<Path> kept() throws IOException {
        Path cache = folder.resolve(".cache").resolve("sallyport");
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache)) {
            return files.toList();
        }
    }

    private void daemonComesAndGoes() throws Exception {
        PackagedProgram.Run daemon = sallyport.start("--data", "d", "--json", "daemon", "--no-listen").awaitLine("ready");
        assertThat(daemon.out()).as(daemon.err()).anyMatch(line -> line.contains("ready"));
        daemon.terminate();
        assertThat(daemon.exit()).as(daemon.err()).isZero();
    }

    /** @return where each class came from */
    private String loadedByVersion() throws Exception {
        return loadedByVersion(script);
    }

    private String loadedByVersion(Path script) throws Exception {
        Path log = folder.resolve("loaded.txt");
        ProcessBuilder builder = new ProcessBuilder(script.toString(), "version").redirectErrorStream(true);
        builder.environment().remove("XDG_CACHE_HOME");
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("SALLYPORT_OPTS", "-Xlog:class+load:file=" + log);
        Process process = builder.start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
        assertThat(told.lines()).singleElement().asString().startsWith("Sallyport 0.");
        return Files.readString(log);
    }

    @Test
    void theBuiltProgramSharesFromItsFirstStartOn() throws Exception {
        assertThat(loadedByVersion(PackagedProgram.SCRIPT)).contains("org.sallyport.app.launch.Main source: shared objects file")
                .as("of an old version of class files").contains("picocli.CommandLine source: shared objects file");
        assertThat(kept()).isEmpty();
    }

    @Test
    void whatAStartLoadsIsSharedFromALaterOneOn() throws Exception {
        daemonComesAndGoes();
        assertThat(kept()).singleElement().asString().endsWith("-command.list");
        Files.setLastModifiedTime(kept().get(0), FileTime.from(Instant.now().minus(Duration.ofMinutes(5))));

        daemonComesAndGoes();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(kept()).singleElement().asString().endsWith("-command.jsa"));

        assertThat(loadedByVersion()).contains("org.sallyport.app.launch.Main source: shared objects file");
        daemonComesAndGoes();

        Path archive = kept().get(0);
        assertThat(archive.toFile().setWritable(true)).isTrue();
        Files.write(archive, new byte[4096]);
        assertThat(loadedByVersion()).contains("org.sallyport.app.launch.Main source: file:");
    }

    @Test
    void withoutAPlaceForItEverythingStartsAsEver() throws Exception {
        Files.writeString(folder.resolve(".cache"), "no folder");

        daemonComesAndGoes();

        assertThat(loadedByVersion()).contains("org.sallyport.app.launch.Main source: file:");
    }
}
