package org.sallyport.app.cli;

import org.jspecify.annotations.Nullable;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentDetails;
import picocli.CommandLine.Mixin;

/** A command that shows something of one torrent. */
abstract class DetailsCommand implements LibraryCommand {
    @Mixin
    private @Nullable HashArgument torrent = new HashArgument();

    @Override
    public final int run(CommandContext context) throws CommandFailedException {
        InfoHash hash = torrent.in(context.engine().snapshot());
        int exit = change(context, hash);
        if (exit != Exit.DONE) {
            return exit;
        }
        TorrentDetails details = details(context, hash);
        if (context.json()) {
            printJson(details, context);
        } else {
            print(details, context);
        }
        return Exit.DONE;
    }

    static TorrentDetails details(CommandContext context, InfoHash hash) throws CommandFailedException {
        return context.await(context.engine().details(hash))
                .orElseThrow(() -> new CommandFailedException(Exit.FAILED, "The torrent was removed just now."));
    }

    /** What is to be done before it is shown. @return the exit code; nothing is shown unless it is {@link Exit#DONE} */
    int change(CommandContext context, InfoHash hash) throws CommandFailedException {
        return Exit.DONE;
    }

    abstract void printJson(TorrentDetails details, CommandContext context);

    abstract void print(TorrentDetails details, CommandContext context);
}
