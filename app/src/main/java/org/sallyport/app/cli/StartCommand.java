package org.sallyport.app.cli;

import org.sallyport.core.model.InfoHash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "start", description = "Starts a paused or finished torrent.")
final class StartCommand implements LibraryCommand {
    @Mixin
    private HashArgument torrent = new HashArgument();

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        InfoHash hash = torrent.in(context.engine().snapshot());
        return context.report(context.engine().start(hash), done -> context.acknowledge("Started", done));
    }
}
