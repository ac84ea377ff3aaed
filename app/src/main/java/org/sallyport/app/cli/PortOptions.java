package org.sallyport.app.cli;

import java.nio.file.Path;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.engine.EngineOptions;
import picocli.CommandLine.Option;

/** {@code --port N} or {@code --no-listen}, for this run only. */
final class PortOptions {
    private static final int FROM_SETTINGS = Integer.MIN_VALUE;

    @Option(names = "--port", paramLabel = "N", description = "listen on this port, 1..65535 (default: the configured one)")
    private int port = FROM_SETTINGS;

    @Option(names = "--no-listen", description = "receive only: no listening socket at all")
    private boolean noListen;

    /** @throws CommandFailedException if they contradict each other or name no port */
    void check() throws CommandFailedException {
        if (port == FROM_SETTINGS) {
            return;
        }
        if (noListen) {
            throw new CommandFailedException(Exit.USAGE, "Give either --port or --no-listen, not both.");
        }
        if (port < 1 || port > 65535) {
            throw new CommandFailedException(Exit.USAGE, "A port is a number from 1 to 65535; " + port + " is not.");
        }
    }

    EngineOptions options(Path dataDirectory) {
        EngineOptions options = EngineOptions.in(dataDirectory);
        if (noListen) {
            return options.withPort(0);
        }
        return port == FROM_SETTINGS ? options : options.withPort(port);
    }
}
