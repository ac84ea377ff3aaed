package org.sallyport.app.cli;

import org.sallyport.app.wiring.Exit;
import picocli.CommandLine.Command;

@Command(name = "quit", description = "Ends the running instance and waits until it is gone.")
final class QuitCommand implements LibraryCommand {
    @Override
    public int run(CommandContext context) {
        context.host().quit();
        return Exit.DONE;
    }

    @Override
    public boolean endsInstance() {
        return true;
    }
}
