package org.sallyport.app.cli;

import org.sallyport.core.model.TorrentDetails;
import picocli.CommandLine.Command;

@Command(name = "peers", description = "The connected peers of one torrent.")
final class PeersCommand extends DetailsCommand {
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
