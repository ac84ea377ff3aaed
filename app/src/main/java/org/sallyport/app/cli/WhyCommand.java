package org.sallyport.app.cli;

import org.sallyport.app.wiring.Exit;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.Why;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "why", description = "Why a torrent is not getting on, and what to do about it.")
final class WhyCommand implements LibraryCommand {
    @Mixin
    private HashArgument torrent = new HashArgument();

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        InfoHash hash = torrent.in(context.engine().snapshot());
        TorrentSnapshot now = context.engine().snapshot().find(hash)
                .orElseThrow(() -> new CommandFailedException(Exit.FAILED, "The torrent was removed just now."));
        Why why = now.why();
        if (context.json()) {
            context.json("hash", hash.hex(), "name", now.name(), "code", why.code(), "sentence", why.isFine() ? now.sentence()
                    : why.sentence(), "action", why.action());
        } else if (why.isFine()) {
            context.out("It is getting on: " + now.sentence() + ".");
        } else {
            context.out(why.sentence());
            context.out(why.action());
        }
        return Exit.DONE;
    }
}
