package org.sallyport.app.cli;

import java.nio.file.Path;
import java.util.List;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.model.ShareConcern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "examine",
        description = "Names what in a file or folder should perhaps not be shared: keys, password stores, wallets. Shares nothing.")
final class ShareExamineCommand implements LibraryCommand {
    @Parameters(paramLabel = "PATH", description = "a file or folder")
    private Path path = Path.of("");

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        return context.reportAtLength(context.engine().shares().examine(context.resolve(path)),
                concerns -> tell(context, concerns), concerns -> Exit.DONE);
    }

    private static void tell(CommandContext context, List<ShareConcern> concerns) {
        if (context.json()) {
            concerns.forEach(concern -> context.json("path", concern.path(), "sentence", concern.sentence()));
        } else if (concerns.isEmpty()) {
            context.out("No keys, password stores, wallets or browser profiles were found.");
        } else {
            concerns.forEach(concern -> context.out(concern.sentence()));
        }
    }
}
