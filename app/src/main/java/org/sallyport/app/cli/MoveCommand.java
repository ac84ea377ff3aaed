package org.sallyport.app.cli;

import java.nio.file.Path;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.model.InfoHash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "move", description = "Moves the files of a torrent to another folder, where it goes on; ends when all are there.")
final class MoveCommand implements LibraryCommand {
    @Mixin
    private HashArgument torrent = new HashArgument();

    @Parameters(index = "1", paramLabel = "DIR", description = "the folder; made if there is none")
    private Path folder = Path.of("");

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        InfoHash hash = torrent.in(context.engine().snapshot());
        return context.reportAtLength(context.engine().torrents().move(hash, context.resolve(folder)),
                done -> context.acknowledge("Moved", done), done -> Exit.DONE);
    }
}
