package org.sallyport.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentPreview;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "add", description = "Adds a torrent to the running instance.")
final class AddCommand implements LibraryCommand {
    @Parameters(paramLabel = "TORRENT", description = "a .torrent file")
    private String torrent = "";

    @Option(names = "--to", paramLabel = "DIR", description = "download folder (default: the one in the settings)")
    private @Nullable Path to;

    @Option(names = "--paused", description = "do not start it yet")
    private boolean paused;

    @Option(names = "--only", paramLabel = "GLOB", description = "only the files that match, such as '*.txt'; may be repeated")
    private List<String> only = List.of();

    @Option(names = "--peer", paramLabel = "HOST:PORT", converter = PeerAddressConverter.class, description = "dial this peer at once; may be repeated")
    private List<PeerAddress> peers = List.of();

    @Option(names = "--sequential", description = "fetch pieces in order")
    private boolean sequential;

    @Option(names = "--trusted-only", description = "only from and to paired devices, over TLS; no tracker hears of it")
    private boolean trustedOnly;

    @Option(names = "--merge", description = "if it is in the list already, add its trackers to those there are")
    private boolean merge;

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        try {
            Path file = TorrentSource.file(torrent, context.cwd());
            Outcome<TorrentPreview> preview = context.await(context.engine().inspect(file));
            if (!(preview instanceof Outcome.Done<TorrentPreview> checked)) {
                return context.report(preview, ignored -> { });
            }
            Set<Integer> wanted = FileSelection.of(only, checked.value());
            Path folder = to == null ? Folders.downloads(context.engine().settings()) : context.resolve(to);
            AddRequest request = AddRequest.download(file, folder)
                    .withWanted(wanted).withPaused(paused).withPeers(peers).withSequential(sequential).withMergeTrackers(merge)
                    .withSharing((trustedOnly ? Sharing.trustedDownload() : Sharing.DOWNLOAD)
                            .withUpload(context.engine().settings().uploads().usual()));
            return context.report(context.engine().add(request), hash -> acknowledge(context, checked.value()));
        } catch (RefusedException e) {
            return context.refuse(e.refusal());
        }
    }

    // not from the snapshot, which may not have it yet
    private static void acknowledge(CommandContext context, TorrentPreview torrent) {
        if (context.json()) {
            context.json("hash", torrent.hash().hex(), "name", torrent.name());
        } else {
            context.out("Added " + torrent.hash().shortHex() + " " + torrent.name());
        }
    }
}
