package org.sallyport.app.cli;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.model.FileChecks;
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
            TextTable table = new TextTable("HASH", "STATE", ">DONE", ">SIZE", ">DOWN", ">UP", ">PEERS", ">TIME LEFT", ">RATIO", "SAFETY", "NAME");
            torrents.forEach(t -> table.row(
                    t.hash().shortHex(), Words.plain(t.state()), Amounts.percent(t.progress()) + " %", Amounts.size(t.wantedBytes()),
                    Amounts.rate(t.downRate()), Amounts.rate(t.upRate()), Integer.toString(t.peers()),
                    t.etaSeconds() < 0 ? "" : Amounts.duration(Duration.ofSeconds(t.etaSeconds())),
                    String.format(java.util.Locale.ROOT, "%.2f", t.ratio()), safety(t), t.name()));
            table.print(context::out);
        }
        return Exit.DONE;
    }

    /** What is bad at once, what is good when all was looked at; "not scanned" is never "clean" (invariant I3). */
    private static String safety(TorrentSnapshot t) {
        FileChecks checks = t.checks();
        return switch (t.verdict().kind()) {
            case INFECTED, SUSPICIOUS -> Words.plain(t.verdict().kind());
            case CLEAN, NOT_SCANNED -> t.isComplete() && !checks.now() || checks.files() > 0 && checks.done() >= checks.files()
                    ? Words.plain(t.verdict().kind()) : checks.done() + " of " + Math.max(checks.done(), checks.files());
        };
    }
}
