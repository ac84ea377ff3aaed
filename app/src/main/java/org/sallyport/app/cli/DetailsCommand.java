package org.sallyport.app.cli;

import org.jspecify.annotations.Nullable;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.model.TorrentDetails;
import picocli.CommandLine.Mixin;

/** A command that shows something of one torrent. */
abstract class DetailsCommand implements LibraryCommand {
    @Mixin
    private @Nullable HashArgument torrent = new HashArgument();

    @Override
    public final int run(CommandContext context) throws CommandFailedException {
        TorrentDetails details = context.await(context.engine().details(torrent.in(context.engine().snapshot())))
                .orElseThrow(() -> new CommandFailedException(Exit.FAILED, "The torrent was removed just now."));
        if (context.json()) {
            printJson(details, context);
        } else {
            print(details, context);
        }
        return Exit.DONE;
    }

    abstract void printJson(TorrentDetails details, CommandContext context);

    abstract void print(TorrentDetails details, CommandContext context);
}
