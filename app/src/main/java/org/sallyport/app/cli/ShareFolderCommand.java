package org.sallyport.app.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The folders from which may be shared. */
abstract class ShareFolderCommand implements LibraryCommand {
    @Parameters(paramLabel = "DIR", description = "the folder")
    private Path folder = Path.of("");

    Path in(CommandContext context) {
        return context.resolve(folder);
    }

    static void tell(CommandContext context, String what, Path folder) {
        if (context.json()) {
            context.json("path", folder.toString());
        } else {
            context.out(what + " " + folder);
        }
    }

    @Command(name = "allow", description = "Allows files in a folder to be shared; shares nothing by itself.")
    static final class Allow extends ShareFolderCommand {
        @Override
        public int run(CommandContext context) throws CommandFailedException {
            return context.report(context.engine().shares().allow(in(context)), done -> tell(context, "Allowed", done.path()));
        }
    }

    @Command(name = "disallow", description = "Takes that back; what is shared from the folder stops at once, and the files stay.")
    static final class Disallow extends ShareFolderCommand {
        @Override
        public int run(CommandContext context) throws CommandFailedException {
            return context.report(context.engine().shares().disallow(in(context)), done -> tell(context, "Not allowed any more:", done));
        }
    }
}
