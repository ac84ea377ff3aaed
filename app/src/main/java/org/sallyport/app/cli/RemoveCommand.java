package org.sallyport.app.cli;

import org.sallyport.core.model.InfoHash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "remove", description = "Takes a torrent off the list; its files stay unless --data is given.")
final class RemoveCommand implements LibraryCommand {
    @Mixin
    private HashArgument torrent = new HashArgument();

    @Option(names = "--data", description = "also move its files to the trash")
    private boolean withData;

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        InfoHash hash = torrent.in(context.engine().snapshot());
        return context.report(context.engine().remove(hash, withData), done -> context.acknowledge("Removed", done));
    }
}
