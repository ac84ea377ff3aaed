package org.sallyport.app.cli;

import org.sallyport.app.wiring.Exit;
import org.sallyport.core.model.InfoHash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "recheck", description = "Reads all data of a torrent again and compares it with the hashes; ends when that is done.")
final class RecheckCommand implements LibraryCommand {
    @Mixin
    private HashArgument torrent = new HashArgument();

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        InfoHash hash = torrent.in(context.engine().snapshot());
        return context.reportAtLength(context.engine().recheck(hash), done -> context.acknowledge("Checked", done), done -> Exit.DONE);
    }
}
