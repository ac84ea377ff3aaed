package org.sallyport.app.cli;

import java.nio.file.Path;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.engine.EngineOptions;
import picocli.CommandLine.Option;

/** {@code --port N} or {@code --no-listen}, and {@code --interface NAME} by which everything goes; for this run only. */
final class PortOptions {
    private static final int FROM_SETTINGS = Integer.MIN_VALUE;

    @Option(names = "--port", paramLabel = "N", description = "listen on this port, 1..65535 (default: the configured one)")
    private int port = FROM_SETTINGS;

    @Option(names = "--no-listen", description = "receive only: no listening socket at all")
    private boolean noListen;

    @Option(names = "--interface", paramLabel = "NAME", description = "use this network interface and no other, such as tun0; while it is away, "
            + "nothing is sent or received (default: the one in the settings)")
    private String networkInterface = "";

    /** @throws CommandFailedException if they contradict each other or name no port */
    void check() throws CommandFailedException {
        if (networkInterface.chars().anyMatch(c -> Character.isWhitespace(c) || c == '/')) {
            throw new CommandFailedException(Exit.USAGE,
                    "--interface takes the name of a network interface, such as tun0; '" + networkInterface + "' is none.");
        }
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
        EngineOptions options = EngineOptions.in(dataDirectory).withInterface(networkInterface);
        if (noListen) {
            return options.withPort(0);
        }
        return port == FROM_SETTINGS ? options : options.withPort(port);
    }
}
