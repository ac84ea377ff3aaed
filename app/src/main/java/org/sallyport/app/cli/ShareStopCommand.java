package org.sallyport.app.cli;

import org.sallyport.core.model.InfoHash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "stop", description = "Nobody gets it any more; the files stay.")
final class ShareStopCommand implements LibraryCommand {
    @Mixin
    private HashArgument share = new HashArgument();

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        InfoHash hash = share.in(context.engine().snapshot());
        String name = context.nameOf(hash);
        return context.report(context.engine().shares().stop(hash), done -> context.acknowledge("Stopped", done, name));
    }
}
