package org.sallyport.app.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "recheck", description = "Reads all data of a torrent again and compares it with the hashes; ends when that is done.")
final class RecheckCommand implements LibraryCommand {
    @Mixin
    private HashArgument torrent = new HashArgument();

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        InfoHash hash = torrent.in(context.engine().snapshot());
        CompletableFuture<Outcome<InfoHash>> outcome = context.engine().recheck(hash);
        // a large torrent takes minutes: as long as the client waits, so do we
        while (!outcome.isDone() && !context.output().isGone()) {
            try {
                outcome.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException e) {
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Exit.FAILED;
            }
        }
        return outcome.isDone() ? context.report(outcome, done -> context.acknowledge("Checked", done)) : Exit.FAILED;
    }
}
