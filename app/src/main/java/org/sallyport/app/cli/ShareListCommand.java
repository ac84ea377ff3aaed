package org.sallyport.app.cli;

import java.time.Instant;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.model.AllowedFolder;
import org.sallyport.core.model.ShareSnapshot;
import org.sallyport.core.model.SharesState;
import picocli.CommandLine.Command;

@Command(name = "list", description = "Everything others can get from this computer, and the folders from which may be shared.")
final class ShareListCommand implements LibraryCommand {
    @Override
    public int run(CommandContext context) {
        SharesState state = context.engine().snapshot().shares();
        if (context.json()) {
            state.shares().forEach(share -> context.json(JsonShapes.share(share)));
            state.folders().forEach(folder -> context.json(JsonShapes.folder(folder)));
            return Exit.DONE;
        }
        if (state.shares().isEmpty()) {
            context.out("Nobody can get anything from this computer.");
        } else {
            TextTable table = new TextTable("ID", "WHO", ">SIZE", ">FILES", ">PEERS", "UNTIL", "PATH");
            state.shares().forEach(share -> table.row(
                    share.hash().shortHex(), who(share), Amounts.size(share.bytes()), Integer.toString(share.files()),
                    Integer.toString(share.peers()), share.expires().equals(Instant.MAX) ? "" : share.expires().toString(), share.path().toString()));
            table.print(context::out);
            state.shares().stream().filter(share -> !share.trouble().isEmpty())
                    .forEach(share -> context.out(share.hash().shortHex() + ": " + share.trouble()));
        }
        for (AllowedFolder folder : state.folders()) {
            context.out("Allowed: " + folder.path() + (folder.problem().isEmpty() ? "" : ". " + folder.problem()));
        }
        return Exit.DONE;
    }

    private static String who(ShareSnapshot share) {
        return switch (share.audience()) {
            case PUBLIC -> "everybody";
            case DEVICES -> share.devices().isEmpty() ? "trusted devices" : String.join(", ", share.devices());
        };
    }
}
