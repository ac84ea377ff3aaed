package org.sallyport.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.sallyport.app.wiring.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What a second start sends to the first. */
@Command(name = "show-window", hidden = true)
final class ShowWindowCommand implements LibraryCommand {
    @Parameters(paramLabel = "FILE")
    private List<String> sources = List.of();

    @Override
    public int run(CommandContext context) {
        boolean shown = context.host().showWindow(
                sources.stream().filter(source -> !isMagnet(source)).map(Path::of).map(context::resolve).toList(),
                sources.stream().filter(ShowWindowCommand::isMagnet).toList());
        return shown ? Exit.DONE : Exit.NO_INSTANCE;
    }

    private static boolean isMagnet(String source) {
        return source.toLowerCase(Locale.ROOT).startsWith("magnet:");
    }
}
