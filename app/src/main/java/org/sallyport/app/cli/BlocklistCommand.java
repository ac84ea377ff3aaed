package org.sallyport.app.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.model.BlocklistState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "blocklist", description = "Addresses with which nothing is exchanged: load a list, clear it, or show what is in force.")
final class BlocklistCommand implements LibraryCommand {
    /** What to do. */
    enum Action { LOAD, CLEAR, SHOW }

    @Parameters(index = "0", paramLabel = "load|clear|show", description = "what to do")
    private Action action = Action.SHOW;

    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "for load: P2P text, DAT or CIDR; packed with gzip or not")
    private @Nullable Path file;

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        if ((file != null) != (action == Action.LOAD)) {
            throw new CommandFailedException(Exit.USAGE, action == Action.LOAD
                    ? "Which list? Give its file: 'sallyport blocklist load FILE'." : "Only 'blocklist load' takes a file.");
        }
        return switch (action) {
            case LOAD -> context.report(context.engine().loadBlocklist(context.resolve(file)), state -> print(context, state));
            case CLEAR -> context.report(context.engine().clearBlocklist(), state -> print(context, state));
            case SHOW -> {
                print(context, context.engine().blocklist());
                yield Exit.DONE;
            }
        };
    }

    private static void print(CommandContext context, BlocklistState state) {
        if (context.json()) {
            boolean loaded = state.kind() == BlocklistState.Kind.LOADED;
            context.json("state", Words.camelCase(state.kind()), "ranges", state.ranges(), "badLines", state.badLines(),
                    "loadedAt", loaded ? state.loadedAt().toString() : Json.NULL, "sentence", state.sentence());
        } else {
            context.out(state.sentence());
        }
    }
}
