package org.sallyport.app.cli;

import java.nio.file.Path;
import org.sallyport.core.model.InfoHash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "export", description = "Writes a torrent of the list as a .torrent file with its present trackers.")
final class ExportCommand implements LibraryCommand {
    @Mixin
    private HashArgument torrent = new HashArgument();

    @Option(names = "-o", required = true, paramLabel = "FILE", description = "the .torrent file to write; an existing one is not replaced")
    private Path target = Path.of("");

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        InfoHash hash = torrent.in(context.engine().snapshot());
        return context.report(context.engine().torrents().export(hash, context.resolve(target)), file -> {
            if (context.json()) {
                context.json("hash", hash.hex(), "path", file.toString());
            } else {
                context.out("Wrote " + file);
            }
        });
    }
}
