package org.sallyport.app.cli;

import org.sallyport.core.model.InfoHash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "magnet", description = "The magnet link of a torrent of the list, with its present trackers.")
final class MagnetCommand implements LibraryCommand {
    @Mixin
    private HashArgument torrent = new HashArgument();

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        InfoHash hash = torrent.in(context.engine().snapshot());
        return context.report(context.engine().torrents().magnet(hash), link -> {
            if (context.json()) {
                context.json("hash", hash.hex(), "magnet", link);
            } else {
                context.out(link);
            }
        });
    }
}
