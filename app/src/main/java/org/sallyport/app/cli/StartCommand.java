package org.sallyport.app.cli;

import org.sallyport.app.wiring.Exit;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.model.InfoHash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "start", description = {"Starts a paused or finished torrent.",
    "A magnet link that was refused for the names in its list of files goes on with --accept-risky or --skip-risky."})
final class StartCommand implements LibraryCommand {
    @Mixin
    private HashArgument torrent = new HashArgument();

    @Option(names = "--accept-risky", description = "of such a link: the names were read and are wanted")
    private boolean accept;

    @Option(names = "--skip-risky", description = "of such a link: leave these files out and fetch the rest")
    private boolean skip;

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        if (accept && skip) {
            throw new CommandFailedException(Exit.USAGE, "Give either --accept-risky or --skip-risky.");
        }
        InfoHash hash = torrent.in(context.engine().snapshot());
        if (accept || skip) {
            AddRequest.Risky answer = accept ? AddRequest.Risky.ACCEPT : AddRequest.Risky.SKIP;
            return context.report(context.engine().torrents().answerNames(hash, answer), done -> context.acknowledge("Started", done));
        }
        return context.report(context.engine().start(hash), done -> context.acknowledge("Started", done));
    }
}
