package org.sallyport.app.cli;

import org.sallyport.core.model.InfoHash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "pause", description = "Pauses a torrent.")
final class PauseCommand implements LibraryCommand {
    @Mixin
    private HashArgument torrent = new HashArgument();

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        InfoHash hash = torrent.in(context.engine().snapshot());
        return context.report(context.engine().pause(hash), done -> context.acknowledge("Paused", done));
    }
}
