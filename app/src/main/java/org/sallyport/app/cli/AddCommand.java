package org.sallyport.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.AddSource;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PublisherSnapshot;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentPreview;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "add", description = "Adds torrents to the running instance.")
final class AddCommand implements LibraryCommand {
    @Parameters(paramLabel = "TORRENT", arity = "1..*", description = "a .torrent file, its web address, or a magnet link; or several")
    private List<String> torrents = List.of();

    @Option(names = "--to", paramLabel = "DIR", description = "download folder (default: the one in the settings)")
    private @Nullable Path to;

    @Option(names = "--paused", description = "do not start it yet")
    private boolean paused;

    @Option(names = "--only", paramLabel = "GLOB", description = "only the files that match, such as '*.txt'; may be repeated")
    private List<String> only = List.of();

    @Option(names = "--peer", paramLabel = "HOST:PORT", converter = PeerAddressConverter.class,
            description = "dial this peer at once; may be repeated")
    private List<PeerAddress> peers = List.of();

    @Option(names = "--sequential", description = "fetch pieces in order")
    private boolean sequential;

    @Option(names = "--trusted-only", description = "only from and to paired devices, over TLS; no tracker hears of it")
    private boolean trustedOnly;

    @Mixin
    private FileOptions files = new FileOptions();

    @Option(names = "--merge", description = "if it is in the list already, add its trackers to those there are")
    private boolean merge;

    @Option(names = "--remember-publisher", description = "believe whoever signed it, from now on")
    private boolean rememberPublisher;

    /** Each by itself: one that cannot be added keeps none of the others away. @return what became of the first that could not */
    @Override
    public int run(CommandContext context) throws CommandFailedException {
        files.check();
        if (torrents.size() == 1) {
            return run(context, torrents.get(0));
        }
        int exit = Exit.DONE;
        for (String torrent : torrents) {
            if (context.output().isGone()) {
                return Exit.FAILED;
            }
            int one = runAmongOthers(context, torrent);
            exit = exit == Exit.DONE ? one : exit;
        }
        return exit;
    }

    private int runAmongOthers(CommandContext context, String torrent) {
        try {
            return run(context, torrent);
        } catch (CommandFailedException e) {
            context.output().err(e.getMessage());
            return e.exitCode();
        }
    }

    private int run(CommandContext context, String torrent) throws CommandFailedException {
        try {
            AddSource source = TorrentSource.of(torrent, context.cwd());
            if (source instanceof AddSource.MagnetLink magnet && only.isEmpty()) {
                return add(context, source, Set.of(), hash -> magnet.said());
            }
            Outcome<TorrentPreview> preview = context.await(TorrentSource.contents(context.engine(), source, peers));
            if (!(preview instanceof Outcome.Done<TorrentPreview> checked)) {
                return context.report(preview, ignored -> { });
            }
            if (rememberPublisher) {
                Optional<CompletableFuture<Outcome<PublisherSnapshot>>> remembering = Remembering.of(context.engine(), source, checked.value());
                Outcome<PublisherSnapshot> remembered = remembering.isPresent() ? context.await(remembering.get()) : Outcome.failed("");
                if (remembering.isPresent() && !remembered.isDone()) {
                    return context.report(remembered, ignored -> { });
                }
            }
            Intent intent = files.intent(context.engine().settings().screening().usual());
            Set<Integer> chosen = FileSelection.of(only, checked.value());
            return add(context, source, chosen.isEmpty() ? chosen : FileSelection.within(intent, chosen, checked.value()), hash -> checked.value());
        } catch (RefusedException e) {
            return context.refuse(e.refusal());
        }
    }

    private int add(CommandContext context, AddSource source, Set<Integer> wanted, Told told) throws CommandFailedException, RefusedException {
        Path folder = to == null ? Folders.downloads(context.engine().settings()) : context.resolve(to);
        AddRequest request = files.in(AddRequest.download(source, folder), context.engine().settings().screening().usual())
                .withWanted(wanted).withPaused(paused).withPeers(peers).withSequential(sequential).withMergeTrackers(merge)
                .withSharing((trustedOnly ? Sharing.trustedDownload() : Sharing.DOWNLOAD)
                        .withUpload(context.engine().settings().uploads().usual()));
        Outcome<InfoHash> outcome = context.await(context.engine().add(request));
        if (outcome instanceof Outcome.Done<InfoHash> added) {
            acknowledge(context, told.of(added.value()), context.await(context.engine().details(added.value())).map(LeftOut::of).orElse(List.of()));
        }
        return context.report(outcome, hash -> { });
    }

    /** What is told of a torrent that was added. */
    private interface Told {
        TorrentPreview of(InfoHash hash) throws RefusedException;
    }

    // not from the snapshot, which may not have it yet
    private static void acknowledge(CommandContext context, TorrentPreview torrent, List<LeftOut> leftOut) {
        if (context.json()) {
            Map<String, Object> added = Json.object("hash", torrent.hash().hex(), "name", torrent.name());
            if (!leftOut.isEmpty()) {
                added.put("leftOut", leftOut.stream().map(LeftOut::shape).toList());
            }
            context.json(added);
        } else {
            context.out("Added " + torrent.hash().shortHex() + " " + torrent.name());
            leftOut.forEach(reason -> context.out(reason.sentence()));
        }
    }
}
