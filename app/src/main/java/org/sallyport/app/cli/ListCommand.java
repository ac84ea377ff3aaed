package org.sallyport.app.cli;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.model.TorrentSnapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "The torrents of the running instance.")
final class ListCommand implements LibraryCommand {
    @Option(names = "--label", paramLabel = "WORD", description = "only those with this label")
    private @Nullable String label;

    @Override
    public int run(CommandContext context) {
        List<TorrentSnapshot> torrents = context.engine().snapshot().torrents().stream()
                .filter(t -> label == null || t.options().labels().contains(label)).toList();
        if (context.json()) {
            torrents.forEach(t -> context.json(JsonShapes.torrent(t)));
        } else if (torrents.isEmpty() && label != null) {
            context.out("No torrent has the label " + label + ".");
        } else if (torrents.isEmpty()) {
            context.out("No torrents yet. 'sallyport add FILE' adds one.");
        } else {
            TextTable table = new TextTable("HASH", "STATE", ">DONE", ">SIZE", ">DOWN", ">UP", ">PEERS", ">TIME LEFT", ">RATIO", "NAME");
            torrents.forEach(t -> table.row(
                    t.hash().shortHex(), Words.plain(t.state()), Amounts.percent(t.progress()) + " %", Amounts.size(t.wantedBytes()),
                    Amounts.rate(t.downRate()), Amounts.rate(t.upRate()), Integer.toString(t.peers()),
                    t.etaSeconds() < 0 ? "" : Amounts.duration(Duration.ofSeconds(t.etaSeconds())),
                    String.format(java.util.Locale.ROOT, "%.2f", t.ratio()), t.name()));
            table.print(context::out);
        }
        return Exit.DONE;
    }
}
