package org.sallyport.app.cli;

import java.nio.file.Path;
import java.util.List;
import org.sallyport.app.wiring.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What a second start sends to the first. */
@Command(name = "show-window", hidden = true)
final class ShowWindowCommand implements LibraryCommand {
    @Parameters(paramLabel = "FILE")
    private List<Path> torrents = List.of();

    @Override
    public int run(CommandContext context) {
        boolean shown = context.host().showWindow(torrents.stream().map(context::resolve).toList());
        return shown ? Exit.DONE : Exit.NO_INSTANCE;
    }
}
