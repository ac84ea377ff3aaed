package org.sallyport.app.cli;

import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.TorrentDetails;
import picocli.CommandLine.Command;

@Command(name = "files", description = "The files of one torrent, with their priorities and verdicts.")
final class FilesCommand extends DetailsCommand {
    @Override
    void printJson(TorrentDetails details, CommandContext context) {
        details.files().forEach(f -> context.json(JsonShapes.file(f, details.summary().options().intent())));
    }

    private static String priority(FileSnapshot file, TorrentDetails details) {
        String why = file.skipped(details.summary().options().intent());
        return Words.plain(file.priority()) + (why.isEmpty() ? "" : " (" + why + ")");
    }

    @Override
    void print(TorrentDetails details, CommandContext context) {
        TextTable table = new TextTable(">FILE", ">SIZE", ">DONE", "PRIORITY", "RELEASED", "VERDICT", "NAME", "PATH");
        details.files().forEach(f -> table.row(
                Integer.toString(f.index()), Amounts.size(f.sizeBytes()),
                Amounts.percent(f.sizeBytes() == 0 ? 1 : (double) f.doneBytes() / f.sizeBytes()) + " %",
                priority(f, details), f.released() ? "yes" : "no", Words.plain(f.verdict().kind()), PreviewText.flags(f.flags()), f.path()));
        table.print(context::out);
    }
}
