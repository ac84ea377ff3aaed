package org.sallyport.app.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** One test's use of the {@link Lab}: the programs it started and the folder they wrote to, both gone when it is closed. */
final class Scene implements AutoCloseable {

    private final Lab lab;
    private final Path folder;
    private final Deque<Program> programs = new ArrayDeque<>();

    Scene(Lab lab) {
        this.lab = lab;
        this.folder = lab.folder().resolve("scene");
    }

    Host host(int number) {
        return lab.host(number);
    }

    Content large() {
        return lab.large();
    }

    Content small() {
        return lab.small();
    }

    Content half() {
        return lab.half();
    }

    /** A fresh tracker that knows nobody, on 10.99.0.1. */
    OpenTracker tracker(TorrentFile... torrents) {
        return OpenTracker.start(this, torrents);
    }

    /** An empty folder of that name, gone after the test. */
    Path folder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a program that this scene ends. */
    Program start(Host host, String name, List<String> command) {
        Program program = host.start(name, folder("logs"), command);
        programs.push(program);
        return program;
    }

    /** Starts one of the scripts of the test resources with Debian's Python. */
    Program script(Host host, String name, String script, Object... arguments) {
        return start(host, name, Python.command(folder("scripts"), script, arguments));
    }

    /** The ends of all logs, newest program first. */
    String logs() {
        return programs.stream().map(Program::tail).collect(Collectors.joining("\n", "\n", ""));
    }

    @Override
    public void close() {
        programs.forEach(Program::close);
        programs.clear();
        Lab.delete(folder);
    }
}
