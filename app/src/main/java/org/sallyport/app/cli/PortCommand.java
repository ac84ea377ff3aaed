package org.sallyport.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.model.PortState;
import picocli.CommandLine.Command;

@Command(name = "port", description = "The one port, and every listening socket the process has (on Linux).")
final class PortCommand implements LibraryCommand {
    @Override
    public int run(CommandContext context) throws CommandFailedException {
        PortState port = context.engine().snapshot().port();
        List<ListeningSocket> sockets = sockets();
        if (context.json()) {
            List<Map<String, Object>> shown = new ArrayList<>();
            sockets.forEach(s -> shown.add(Json.object(
                    "protocol", s.protocol(), "address", s.address(), "port", s.port(), "expected", isExpected(s, port))));
            context.json("port", port.port() == 0 ? Json.NULL : port.port(), "state", Words.camelCase(port.kind()),
                    "sentence", port.sentence(), "sockets", shown);
        } else {
            context.out(port.sentence());
            sockets.forEach(s -> context.out(s.protocol() + " " + s.address() + " " + s.port() + (isExpected(s, port) ? "" : "  NOT EXPECTED")));
        }
        return Exit.DONE;
    }

    private static List<ListeningSocket> sockets() throws CommandFailedException {
        try {
            return ListeningSocket.ofThisProcess();
        } catch (IOException e) {
            throw new CommandFailedException(Exit.FAILED, "The sockets of this process cannot be read from /proc.", e);
        }
    }

    private static boolean isExpected(ListeningSocket socket, PortState port) {
        return port.kind() == PortState.Kind.OPEN && socket.port() == port.port();
    }
}
