package org.sallyport.app.cli;

import java.util.List;
import java.util.Map;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.model.DhtState;
import org.sallyport.core.model.PortAudit;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.SocketSnapshot;
import picocli.CommandLine.Command;

@Command(name = "port", description = "The one port, and every socket the process has: what for, and whether it should be there.")
final class PortCommand implements LibraryCommand {
    @Override
    public int run(CommandContext context) throws CommandFailedException {
        return context.report(context.engine().auditPort(), audit -> {
            PortState port = context.engine().snapshot().port();
            if (context.json()) {
                context.json("port", port.port() == 0 ? Json.NULL : port.port(), "state", Words.camelCase(port.kind()),
                        "interface", port.network().isEmpty() ? Json.NULL : port.network(),
                        "sentence", audit.sentence(), "at", audit.at().toString(), "fromSystem", audit.fromSystem(),
                        "dht", shape(context.engine().snapshot().dht()),
                        "unexpected", audit.unexpected().size(), "sockets", audit.sockets().stream().map(PortCommand::shape).toList());
            } else {
                context.out(audit.sentence());
                context.out("DHT: " + context.engine().snapshot().dht().sentence());
                print(context, audit);
            }
        });
    }

    private static Map<String, Object> shape(DhtState dht) {
        return Json.object("on", dht.on(), "nodes", dht.nodes(), "sentence", dht.sentence());
    }

    private static Map<String, Object> shape(SocketSnapshot socket) {
        return Json.object("protocol", socket.protocol(), "address", socket.address(), "port", socket.port(),
                "state", Words.camelCase(socket.state()), "owner", socket.owner(), "expected", socket.expected());
    }

    private static void print(CommandContext context, PortAudit audit) {
        TextTable table = new TextTable("EXPECTED", "PROTOCOL", ">PORT", "STATE", "ADDRESS", "WHAT FOR");
        List<SocketSnapshot> sockets = audit.sockets();
        sockets.forEach(s -> table.row(s.expected() ? "yes" : "NO", s.protocol(), s.port() == 0 ? "" : Integer.toString(s.port()),
                Words.plain(s.state()), s.address(), s.owner()));
        table.print(context::out);
    }
}
