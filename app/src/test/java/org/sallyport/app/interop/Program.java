package org.sallyport.app.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A started program: its standard output and errors go to {@code NAME.out} and {@code NAME.err} in a folder, and {@link #close} ends it
 * for certain. Never a shell: the command is a list of arguments.
 */
final class Program implements AutoCloseable {

    private static final int TAIL_LINES = 40;

    private final String name;
    private final Path out;
    private final Path err;
    private final Process process;

    private Program(String name, Path out, Path err, Process process) {
        this.name = name;
        this.out = out;
        this.err = err;
        this.process = process;
    }

    static Program start(String name, Path folder, List<String> command) {
        Path out = folder.resolve(name + ".out");
        Path err = folder.resolve(name + ".err");
        try {
            Files.createDirectories(folder);
            ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().put("LC_ALL", "C.UTF-8");
            return new Program(name, out, err, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Waits for the end; a program that is still there after {@code limit} is a failure. */
    int exitCode(Duration limit) {
        if (!endsWithin(limit)) {
            throw new AssertionError(name + " has not ended after " + limit.toSeconds() + " s");
        }
        return process.exitValue();
    }

    /** Whether it ended by itself within {@code time}: also the way to let it run for exactly that long. */
    boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for " + name, e);
        }
    }

    /** Whether somebody listens on this TCP port (IPv4) in the program's network namespace. */
    boolean listensOn(int port) {
        return read(Path.of("/proc/" + pid() + "/net/tcp")).lines().anyMatch(line -> line.contains(":%04X 00000000:0000 0A".formatted(port)));
    }

    void send(String line) {
        try {
            Writer stdin = process.outputWriter(StandardCharsets.UTF_8);
            stdin.write(line + "\n");
            stdin.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not read", e);
        }
    }

    /** The complete lines of standard output so far. */
    List<String> lines() {
        String text = read(out);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    List<String> errorLines() {
        return read(err).lines().toList();
    }

    /** The end of both streams, for a failure message. */
    String tail() {
        return "--- " + name + (isRunning() ? " (running)" : " (ended with " + process.exitValue() + ")")
                + last(lines(), "stdout") + last(errorLines(), "stderr");
    }

    /** Sends a POSIX signal such as {@code STOP}; for TERM and KILL there are {@link #terminate} and {@link #kill}. */
    void signal(String signal) {
        try {
            int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).inheritIO().start().waitFor();
            if (exit != 0) {
                throw new AssertionError("kill -" + signal + " of " + name + " failed");
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("cannot signal " + name, e);
        }
    }

    void terminate() {
        process.destroy();
    }

    /** kill -9, children first so that none is orphaned, and waits until it is gone. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        exitCode(Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        kill();
    }

    private static String read(Path file) {
        try {
            // not Files.readString: a client that prints raw bytes must not hide the rest of its log
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String last(List<String> lines, String stream) {
        List<String> end = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        return end.isEmpty() ? "" : "\n" + stream + ":\n  " + String.join("\n  ", end);
    }
}
