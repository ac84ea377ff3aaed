package org.sallyport.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sallyport.app.wiring.ControlClient;
import org.sallyport.app.wiring.ControlRequest;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.InstanceHost;
import org.sallyport.app.wiring.InstanceSilentException;
import org.sallyport.app.wiring.Output;
import org.sallyport.app.wiring.StopSignal;
import org.sallyport.core.engine.Engine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs command lines: here, in the running instance, or as the running instance for somebody else. */
public final class CommandRunner {
    private static final int QUIT_SECONDS = 15;

    private CommandRunner() { }

    /** True when the words name a command or ask for help, and no window is wanted. */
    public static boolean isCommand(List<String> words) {
        return CommandTable.commandWord(words)
                .map(CommandTable::has)
                .orElseGet(() -> words.contains("--help") || words.contains("-h"));
    }

    /** Runs what was typed in this process's terminal. @param mainClass what a child process of ours starts with @return the exit code */
    public static int run(List<String> words, Terminal terminal, StopSignal stop, Class<?> mainClass) {
        CommandLine parser = CommandTable.parserFor(words);
        return parsed(parser, words, terminal, (root, command) -> {
            Path cwd = Path.of("").toAbsolutePath();
            Invocation invocation = new Invocation(terminal, root.json(), root.data().map(cwd::resolve), cwd, stop, mainClass);
            if (command instanceof ForegroundCommand foreground) {
                return foreground.run(invocation);
            }
            return ask(invocation, new ControlRequest(words, cwd), (LibraryCommand) command);
        });
    }

    /** Runs what a client of the control socket sent. @return the exit code for it */
    public static int runFor(Engine engine, InstanceHost host, ControlRequest request, Output output) {
        CommandLine parser = CommandTable.parserFor(request.words());
        return parsed(parser, request.words(), output, (root, command) -> {
            if (command instanceof LibraryCommand library) {
                return library.run(new CommandContext(engine, host, output, root.json(), request.cwd()));
            }
            throw new CommandFailedException(Exit.USAGE, "This command does not run in another instance.");
        });
    }

    private interface Execution {
        int run(RootCommand root, Object command) throws CommandFailedException;
    }

    private static int parsed(CommandLine parser, List<String> words, Output output, Execution execution) {
        try {
            ParseResult result = parser.parseArgs(words.toArray(String[]::new));
            while (result.hasSubcommand() && !result.isUsageHelpRequested()) {
                result = result.subcommand();
            }
            CommandLine command = result.commandSpec().commandLine();
            if (result.isUsageHelpRequested()) {
                command.getUsageMessage(CommandLine.Help.Ansi.OFF).lines().forEach(output::out);
                return Exit.DONE;
            }
            if (!command.getSubcommands().isEmpty()) {
                output.err("Which command? Run 'sallyport " + name(command) + "--help' for the list.");
                return Exit.USAGE;
            }
            return execution.run(parser.getCommand(), command.getCommand());
        } catch (ParameterException e) {
            output.err(sentence(e.getMessage()) + " Run 'sallyport " + name(e.getCommandLine()) + "--help' to see how it is used.");
            return Exit.USAGE;
        } catch (CommandFailedException e) {
            output.err(e.getMessage());
            if (e.getCause() != null) {
                LogHolder.LOG.info("a command failed", e);
            }
            return e.exitCode();
        }
    }

    private static String name(CommandLine command) {
        return command.getParent() == null ? "" : name(command.getParent()) + command.getCommandName() + " ";
    }

    private static String sentence(String message) {
        return message.endsWith(".") || message.endsWith("?") ? message : message + ".";
    }

    private static int ask(Invocation invocation, ControlRequest request, LibraryCommand command) throws CommandFailedException {
        Optional<ControlClient> running = ControlClient.connect(Engine.socketFile(invocation.dataDirectory()));
        if (running.isEmpty()) {
            throw new CommandFailedException(Exit.NO_INSTANCE,
                    "No Sallyport is running with this data directory. Start the window with 'sallyport' or the engine with 'sallyport daemon'.");
        }
        try (ControlClient client = running.get()) {
            int code = command.followsInstance() ? client.follow(request, invocation.terminal()) : client.run(request, invocation.terminal());
            if (command.endsInstance() && code == Exit.DONE) {
                client.awaitGone(QUIT_SECONDS);
            }
            return code;
        } catch (InstanceSilentException e) {
            throw new CommandFailedException(Exit.TIMED_OUT,
                    "The running Sallyport gives no sign of life. If it was stopped, let it go on; otherwise end its process and start it again.", e);
        } catch (IOException e) {
            throw new CommandFailedException(Exit.FAILED, "The running Sallyport broke off before it had answered. Its log says why.", e);
        }
    }

    /** Loaded only when something is logged: a usage error must not pay for the logging system. */
    private static final class LogHolder {
        private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);
    }
}
