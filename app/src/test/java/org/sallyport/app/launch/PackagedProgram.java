package org.sallyport.app.launch;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged {@code bin/sallyport} as somebody at a shell meets it. Its output goes to files, so that nothing has to be drained. */
final class PackagedProgram implements AutoCloseable {
    /** From an IDE, what the last {@code mvn package} left. */
    static final Path SCRIPT = Path.of(System.getProperty("sallyport.home", "target/sallyport"), "bin", "sallyport").toAbsolutePath();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Path script;
    private final List<Process> started = new ArrayList<>();
    private String options = "";

    /** @param folder current folder of every run, and its HOME */
    PackagedProgram(Path folder) {
        this(folder, SCRIPT);
    }

    /** @param script another place where the program was put */
    PackagedProgram(Path folder, Path script) {
        this.folder = folder;
        this.script = script;
    }

    /** @param more options of the JVM for every run from now on */
    PackagedProgram with(String more) {
        options = " " + more;
        return this;
    }

    /** One run, ended or not. */
    final class Run {
        private final Process process;
        private final Path out;
        private final Path err;

        private Run(Process process, Path out, Path err) {
            this.process = process;
            this.out = out;
            this.err = err;
        }

        List<String> out() throws IOException {
            return Files.readAllLines(out);
        }

        String err() throws IOException {
            return Files.readString(err);
        }

        int exit() throws InterruptedException {
            return exit(PATIENCE.toSeconds());
        }

        int exit(long seconds) throws InterruptedException {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new AssertionError("still running: " + process.info().commandLine());
            }
            return process.exitValue();
        }

        /** Waits for a line with this text on stdout. */
        Run awaitLine(String text) {
            await().atMost(PATIENCE).until(() -> !process.isAlive() || out().stream().anyMatch(l -> l.contains(text)));
            return this;
        }

        long pid() {
            return process.pid();
        }

        /** SIGTERM. */
        void terminate() {
            process.destroy();
        }

        /** SIGKILL. */
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** The whole layout, as a person may copy it. */
    static void copyTo(Path folder) throws IOException {
        Path from = SCRIPT.getParent().getParent();
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, folder.resolve(from.relativize(file)));
            }
        }
    }

    /** What is run on this computer, not in a network of the test's own, asks nobody on the internet. */
    private void keepToThisComputer() throws IOException {
        Path settings = folder.resolve("d").resolve("settings.json");
        if (Files.notExists(settings)) {
            Files.createDirectories(settings.getParent());
            Files.writeString(settings, "{\"discovery\": {\"dht\": false}}");
        }
    }

    Run start(String... words) throws IOException {
        keepToThisComputer();
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        Path out = Files.createTempFile(folder, "run", ".out");
        Path err = Files.createTempFile(folder, "run", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY", "XDG_DATA_HOME", "XDG_CACHE_HOME",
                "LANG", "LC_ALL", "LC_CTYPE"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("SALLYPORT_OPTS", "-Duser.home=" + folder + options);
        Process process = builder.start();
        process.getOutputStream().close();
        started.add(process);
        return new Run(process, out, err);
    }

    Run run(String... words) throws IOException, InterruptedException {
        Run run = start(words);
        run.exit();
        return run;
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }
}
