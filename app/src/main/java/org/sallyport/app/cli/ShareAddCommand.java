package org.sallyport.app.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.engine.ShareRequest;
import org.sallyport.core.engine.Shares;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.UploadPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "add", description = "Shares a file or folder as it is now: with all trusted devices, with some of them, or with everybody.")
final class ShareAddCommand implements LibraryCommand {
    @Parameters(paramLabel = "PATH", description = "a file or folder in an allowed folder")
    private Path path = Path.of("");

    @Option(names = "--with", paramLabel = "DEVICE", description = "only this trusted device, by its whole id; may be repeated")
    private List<String> devices = List.of();

    @Option(names = "--public", description = "everybody who has its torrent can get it")
    private boolean everybody;

    @Option(names = "--note", paramLabel = "TEXT", description = "a line for the others")
    private String note = "";

    @Option(names = "--expires", paramLabel = "WHEN", description = "a day (2026-12-24), a time (2026-12-24T18:00) or how long (2h, 7d)")
    private @Nullable String expires;

    @Option(names = "--despite-concerns", description = "also when 'share examine' finds something")
    private boolean despite;

    @Option(names = "--torrent-file", paramLabel = "FILE", description = "write its .torrent file, for others to add")
    private @Nullable Path torrentFile;

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        Shares shares = context.engine().shares();
        ShareRequest request = new ShareRequest(context.resolve(path), sharing(), despite);
        Path target = torrentFile == null ? null : context.resolve(torrentFile);
        return context.reportAtLength(shares.add(request, done -> { }), hash -> acknowledge(context, hash, request.path()),
                hash -> target == null ? Exit.DONE : context.report(shares.writeTorrent(hash, target), written -> { }));
    }

    private Sharing sharing() throws CommandFailedException {
        if (everybody && !devices.isEmpty()) {
            throw new CommandFailedException(Exit.USAGE, "Give either --with or --public: who shares with everybody shares with that device, too.");
        }
        if (note.length() > Sharing.MAX_NOTE) {
            throw new CommandFailedException(Exit.USAGE, "A note has at most " + Sharing.MAX_NOTE
                    + " characters; this one has " + note.length() + ".");
        }
        Set<String> whom = new HashSet<>(devices);
        Instant until = expires == null ? Instant.MAX : PointInTime.parse(expires, ZonedDateTime.now());
        return new Sharing(UploadPolicy.NORMAL, !everybody, whom, true, note, until);
    }

    private static void acknowledge(CommandContext context, InfoHash hash, Path path) {
        String name = String.valueOf(path.getFileName());
        if (context.json()) {
            context.json("hash", hash.hex(), "name", name, "path", path.toString());
        } else {
            context.out("Shared " + hash.shortHex() + " " + name);
        }
    }
}
