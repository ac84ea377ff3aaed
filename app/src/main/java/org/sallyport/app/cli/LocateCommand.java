package org.sallyport.app.cli;

import java.nio.file.Path;
import org.sallyport.core.model.InfoHash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "locate", description = "Says where the files of a torrent lie by now; they are checked there, and nothing is moved.")
final class LocateCommand implements LibraryCommand {
    @Mixin
    private HashArgument torrent = new HashArgument();

    @Parameters(index = "1", paramLabel = "DIR", description = "the folder that holds its file or folder, or that itself")
    private Path folder = Path.of("");

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        InfoHash hash = torrent.in(context.engine().snapshot());
        return context.report(context.engine().torrents().locate(hash, context.resolve(folder)),
                done -> context.acknowledge("Found; now checking", done));
    }
}
