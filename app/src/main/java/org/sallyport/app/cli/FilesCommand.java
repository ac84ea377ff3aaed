package org.sallyport.app.cli;

import org.sallyport.core.model.TorrentDetails;
import picocli.CommandLine.Command;

@Command(name = "files", description = "The files of one torrent, with their priorities and verdicts.")
final class FilesCommand extends DetailsCommand {
    @Override
    void printJson(TorrentDetails details, CommandContext context) {
        details.files().forEach(f -> context.json(JsonShapes.file(f)));
    }

    @Override
    void print(TorrentDetails details, CommandContext context) {
        TextTable table = new TextTable(">FILE", ">SIZE", ">DONE", "PRIORITY", "RELEASED", "VERDICT", "PATH");
        details.files().forEach(f -> table.row(
                Integer.toString(f.index()), Amounts.size(f.sizeBytes()),
                Amounts.percent(f.sizeBytes() == 0 ? 1 : (double) f.doneBytes() / f.sizeBytes()) + " %",
                Words.plain(f.priority()), f.released() ? "yes" : "no", Words.plain(f.verdict().kind()), f.path()));
        table.print(context::out);
    }
}
