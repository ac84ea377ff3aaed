package org.sallyport.app.cli;

import java.nio.file.Path;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.engine.EngineOptions;
import picocli.CommandLine.Option;

/** {@code --port N} or {@code --no-listen}, for this run only. */
final class PortOptions {
    private static final int FROM_SETTINGS = -1;

    @Option(names = "--port", paramLabel = "N", description = "listen on this port, 1..65535 (default: the configured one)")
    private int port = FROM_SETTINGS;

    @Option(names = "--no-listen", description = "receive only: no listening socket at all")
    private boolean noListen;

    EngineOptions options(Path dataDirectory) throws CommandFailedException {
        EngineOptions options = EngineOptions.in(dataDirectory);
        if (noListen) {
            if (port != FROM_SETTINGS) {
                throw new CommandFailedException(Exit.USAGE, "Give either --port or --no-listen, not both.");
            }
            return options.withPort(0);
        }
        if (port == FROM_SETTINGS) {
            return options;
        }
        if (port < 1 || port > 65535) {
            throw new CommandFailedException(Exit.USAGE, "A port is a number from 1 to 65535; " + port + " is not.");
        }
        return options.withPort(port);
    }
}
