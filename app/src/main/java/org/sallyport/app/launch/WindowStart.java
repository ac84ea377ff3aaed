package org.sallyport.app.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.sallyport.app.cli.SampleRun;
import org.sallyport.app.cli.Terminal;
import org.sallyport.app.desktop.DesktopSession;
import org.sallyport.app.wiring.ControlClient;
import org.sallyport.app.wiring.ControlRequest;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.StopSignal;
import org.sallyport.core.engine.Engine;

/** A start without a command: hands over to the running instance, or opens the window, or says why it cannot. */
final class WindowStart {
    private static final int HAND_OVER_SECONDS = 10;

    private final Terminal terminal;
    private final StopSignal stop;

    WindowStart(Terminal terminal, StopSignal stop) {
        this.terminal = terminal;
        this.stop = stop;
    }

    /** @return the exit code */
    int run(List<String> words) {
        Optional<Path> data = Optional.empty();
        List<Path> torrents = new ArrayList<>();
        List<String> magnets = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--data") && i + 1 < words.size()) {
                data = Optional.of(Path.of(words.get(++i)).toAbsolutePath());
            } else if (word.toLowerCase(Locale.ROOT).startsWith("magnet:")) {
                magnets.add(word);
            } else {
                Optional<Path> file = existing(word);
                if (file.isEmpty()) {
                    terminal.err("There is no command and no file '" + word + "'. Run 'sallyport --help' for the list of commands.");
                    return Exit.USAGE;
                }
                torrents.add(file.get());
            }
        }
        return run(data.orElseGet(Engine::defaultDataDirectory), new ToAdd(torrents, magnets));
    }

    /** What the Add dialog is to open with. */
    private record ToAdd(List<Path> torrents, List<String> magnets) {
        boolean isEmpty() {
            return torrents.isEmpty() && magnets.isEmpty();
        }
    }

    private static Optional<Path> existing(String word) {
        try {
            return Optional.of(Path.of(word).toAbsolutePath()).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private int run(Path data, ToAdd toAdd) {
        Display display = Display.of(System.getProperty("os.name"), System.getenv());
        Optional<ControlClient> running = ControlClient.connect(Engine.socketFile(data));
        if (running.isPresent()) {
            int exit = handOver(running.get(), toAdd);
            if (exit == Exit.DONE) {
                return exit;
            }
            if (display != Display.NONE || !toAdd.isEmpty()) {
                terminal.err("Sallyport already runs with this data directory, without a window. Use 'sallyport list' and 'sallyport add FILE',"
                        + " or end it with 'sallyport quit' and start again.");
                return Exit.FAILED;
            }
        }
        return switch (display) {
            case NONE -> withoutDisplay(toAdd);
            case WAYLAND_ONLY -> {
                terminal.err("This desktop offers Wayland only, and the window needs X11. "
                        + "Install the package xwayland, log in again, and start again.");
                yield Exit.FAILED;
            }
            case PRESENT -> openWindow(data, toAdd);
        };
    }

    private int handOver(ControlClient running, ToAdd toAdd) {
        List<String> words = Stream.concat(Stream.of("show-window"),
                Stream.concat(toAdd.torrents().stream().map(Path::toString), toAdd.magnets().stream())).toList();
        try (running) {
            return running.runWithin(HAND_OVER_SECONDS, new ControlRequest(words, Path.of("").toAbsolutePath()), terminal);
        } catch (IOException e) {
            terminal.err("The running Sallyport does not answer.");
            return Exit.FAILED;
        }
    }

    private int withoutDisplay(ToAdd toAdd) {
        if (!toAdd.isEmpty()) {
            terminal.err("There is no display (DISPLAY is not set), so no window can be opened. 'sallyport get FILE' downloads in the terminal.");
            return Exit.FAILED;
        }
        terminal.out("There is no display (DISPLAY is not set), so no window can be opened. This is the built-in sample in the terminal instead.");
        return SampleRun.showAndForget(Main.class, terminal, stop);
    }

    private int openWindow(Path data, ToAdd toAdd) {
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            List<String> missing = NativeLibraries.missingPackages(System.getenv().getOrDefault("LD_LIBRARY_PATH", ""));
            if (!missing.isEmpty()) {
                terminal.err("The window needs GTK 3, which is not complete here. On Debian and Ubuntu: apt install " + String.join(" ", missing));
                return Exit.FAILED;
            }
        }
        return DesktopSession.run(data, toAdd.torrents(), toAdd.magnets(), terminal, stop, Main.class);
    }
}
