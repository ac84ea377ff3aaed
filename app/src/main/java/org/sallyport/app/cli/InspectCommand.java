package org.sallyport.app.cli;

import java.time.Duration;
import java.util.List;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.engine.AddSource;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.TorrentPreview;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "inspect", description = {
    "What is in a .torrent file and what we think of it; exit code 3 with the reason if it would be refused.",
    "Of a magnet link, what it says; with --fetch or --peer others are asked for its list of files."})
final class InspectCommand implements ForegroundCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(6);

    @Parameters(paramLabel = "FILE|MAGNET|URL", description = "a .torrent file, its web address, or a magnet link")
    private String torrent = "";

    @Option(names = "--fetch", description = "ask others for the list of files of a magnet link; at most five minutes")
    private boolean fetch;

    @Option(names = "--peer", paramLabel = "HOST:PORT", converter = PeerAddressConverter.class, description = "ask this peer for it; may be repeated")
    private List<PeerAddress> peers = List.of();

    @Override
    public int run(Invocation invocation) throws CommandFailedException {
        Answers answers = new Answers(invocation.terminal(), invocation.json());
        try (ScratchEngine scratch = ScratchEngine.start(invocation)) {
            AddSource source = TorrentSource.of(torrent, invocation.cwd());
            Outcome<TorrentPreview> preview = fetch || !peers.isEmpty()
                    ? CommandContext.await(TorrentSource.contents(scratch.engine(), source, peers), LONG_PATIENCE)
                    : CommandContext.await(TorrentSource.preview(scratch.engine(), source), PATIENCE);
            int exit = answers.report(preview, p -> {
                if (invocation.json()) {
                    invocation.terminal().out(Json.write(JsonShapes.preview(p)));
                } else {
                    PreviewText.print(p, invocation.terminal()::out);
                }
            });
            return preview instanceof Outcome.Done<TorrentPreview> read && read.value().author().kind() == Authorship.Kind.BROKEN
                    ? answers.refuse(new Refusal("policy.author-broken", read.value().author().sentence() + " It would not be added.")) : exit;
        } catch (RefusedException e) {
            return answers.refuse(e.refusal());
        }
    }
}
