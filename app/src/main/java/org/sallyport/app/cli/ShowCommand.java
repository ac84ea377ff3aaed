package org.sallyport.app.cli;

import java.util.Map;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.model.TorrentSnapshot;
import picocli.CommandLine.Command;

@Command(name = "show", description = "Everything about one torrent.")
final class ShowCommand extends DetailsCommand {
    @Override
    void printJson(TorrentDetails details, CommandContext context) {
        Map<String, Object> shown = JsonShapes.torrent(details.summary());
        shown.put("pieceCount", details.pieces().count());
        shown.put("piecesVerified", details.pieces().verifiedCount());
        shown.put("info", JsonShapes.preview(details.info()));
        shown.put("provenance", JsonShapes.provenance(details.provenance()));
        shown.put("files", details.files().stream().map(file -> JsonShapes.file(file, details.summary().options().intent())).toList());
        shown.put("peerList", details.peers().stream().map(JsonShapes::peer).toList());
        shown.put("trackers", details.trackers().stream().map(JsonShapes::tracker).toList());
        context.json(shown);
    }

    @Override
    void print(TorrentDetails details, CommandContext context) {
        TorrentSnapshot t = details.summary();
        line(context, "State", t.sentence());
        if (!t.trouble().isEmpty()) {
            line(context, "Trouble", t.trouble());
        }
        if (!t.why().isFine() && t.trouble().isEmpty()) {
            line(context, "Why", t.why().sentence() + " " + t.why().action());
        }
        line(context, "Done", Amounts.size(t.doneBytes()) + " of " + Amounts.size(t.wantedBytes()) + " (" + Amounts.percent(t.progress()) + " %), "
                + details.pieces().verifiedCount() + " of " + details.pieces().count() + " pieces");
        line(context, "Received", Amounts.size(t.downloadedBytes()) + " at " + Amounts.rate(t.downRate()));
        line(context, "Sent", Amounts.size(t.uploadedBytes()) + " at " + Amounts.rate(t.upRate())
                + String.format(java.util.Locale.ROOT, ", ratio %.2f", t.ratio()));
        line(context, "Peers", t.peers() + " connected (" + t.seeds() + " have everything), " + t.knownPeers() + " known");
        line(context, "Queue", "place " + t.queuePosition() + (t.options().forced() ? ", runs whatever the queue says" : ""));
        if (!t.options().labels().isEmpty()) {
            line(context, "Labels", String.join(", ", t.options().labels().stream().sorted().toList()));
        }
        line(context, "Place", t.path().toString());
        line(context, "Added", t.addedAt().toString());
        line(context, "Verdict", Words.plain(t.verdict().kind()) + (t.verdict().reason().isEmpty() ? "" : ": " + t.verdict().reason()));
        line(context, "Origin", details.provenance().line());
        PreviewText.print(details.info().withAuthor(details.provenance().author()), context::out);
    }

    private static void line(CommandContext context, String label, String value) {
        context.out(PreviewText.line(label, value));
    }
}
