package org.sallyport.app.launch;

import java.util.List;
import org.sallyport.app.cli.CommandRunner;
import org.sallyport.app.cli.Terminal;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.LogProvider;
import org.sallyport.app.wiring.StopSignal;
import org.slf4j.LoggerFactory;

/**
 * Where the program starts. No class of JavaFX is named here: a main class that is one of its own would not even start without
 * the module path, and commands do not pay for it.
 */
public final class Main {
    private Main() { }

    public static void main(String[] args) {
        LogProvider.choose();
        Terminal terminal = Terminal.ofProcess();
        StopSignal stop = new StopSignal();
        int exit = run(List.of(args), terminal, stop);
        stop.ended(exit);
        System.exit(exit);
    }

    private static int run(List<String> words, Terminal terminal, StopSignal stop) {
        try {
            return CommandRunner.isCommand(words)
                    ? CommandRunner.run(words, terminal, stop, Main.class)
                    : new WindowStart(terminal, stop).run(words);
        } catch (RuntimeException | LinkageError e) {
            terminal.err("Something went wrong inside Sallyport: " + e.getMessage() + ". Please report it with the lines that follow.");
            LoggerFactory.getLogger(Main.class).error("ended by an error", e);
            return Exit.FAILED;
        }
    }
}
