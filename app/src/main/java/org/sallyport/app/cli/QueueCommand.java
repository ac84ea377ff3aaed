package org.sallyport.app.cli;

import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.QueueMove;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "queue", description = "Moves a torrent in the queue; the first ones run, as many as the settings let run at once.")
final class QueueCommand implements LibraryCommand {
    @Mixin
    private HashArgument torrent = new HashArgument();

    @Parameters(index = "1", paramLabel = "top|up|down|bottom", description = "where to")
    private QueueMove move = QueueMove.TOP;

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        InfoHash hash = torrent.in(context.engine().snapshot());
        return context.report(context.engine().torrents().queue(hash, move), done -> context.acknowledge("Moved", done));
    }
}
