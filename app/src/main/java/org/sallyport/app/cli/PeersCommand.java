package org.sallyport.app.cli;

import java.net.InetAddress;
import java.util.List;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.TorrentDetails;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "peers", description = "The connected peers of one torrent; and calls others, or shuts some out.")
final class PeersCommand extends DetailsCommand {
    @Option(names = "--add", paramLabel = "HOST:PORT", converter = PeerAddressConverter.class, description = "dial this peer now; may be repeated")
    private List<PeerAddress> added = List.of();

    @Option(names = "--ban", paramLabel = "ADDRESS", converter = HostAddress.class,
            description = "end the connections with this address in all torrents and shut it out until the instance ends; may be repeated")
    private List<InetAddress> banned = List.of();

    @Override
    int change(CommandContext context, InfoHash hash) throws CommandFailedException {
        int exit = added.isEmpty() ? Exit.DONE : context.report(context.engine().addPeers(hash, added), done -> { });
        for (int i = 0; i < banned.size() && exit == Exit.DONE; i++) {
            exit = context.report(context.engine().torrents().ban(banned.get(i)), done -> { });
        }
        return exit;
    }

    @Override
    void printJson(TorrentDetails details, CommandContext context) {
        details.peers().forEach(p -> context.json(JsonShapes.peer(p)));
    }

    @Override
    void print(TorrentDetails details, CommandContext context) {
        if (details.peers().isEmpty()) {
            context.out("No peers are connected.");
            return;
        }
        TextTable table = new TextTable("ADDRESS", ">HAS", ">DOWN", ">UP", ">RECEIVED", ">SENT", "FLAGS", "FROM", "IDENTITY", "CLIENT");
        details.peers().forEach(p -> table.row(
                p.address(), Amounts.percent(p.progress()) + " %", Amounts.rate(p.downRate()), Amounts.rate(p.upRate()),
                Amounts.size(p.downloadedBytes()), Amounts.size(p.uploadedBytes()), p.flags(), Words.plain(p.source()),
                p.tls() ? "device (TLS): " + p.device() : "unknown", p.client()));
        table.print(context::out);
    }
}
