package org.sallyport.app.cli;

import java.time.Duration;
import java.util.List;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.engine.AddSource;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.TorrentPreview;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "inspect", description = {
    "What is in a .torrent file and what we think of it; exit code 3 with the reason if it would be refused.",
    "Of a magnet link, what it says; with --fetch or --peer others are asked for its list of files."})
final class InspectCommand implements ForegroundCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(6);

    @Parameters(paramLabel = "FILE|MAGNET", description = "a .torrent file or a magnet link")
    private String torrent = "";

    @Option(names = "--fetch", description = "ask others for the list of files of a magnet link; at most five minutes")
    private boolean fetch;

    @Option(names = "--peer", paramLabel = "HOST:PORT", converter = PeerAddressConverter.class, description = "ask this peer for it; may be repeated")
    private List<PeerAddress> peers = List.of();

    @Override
    public int run(Invocation invocation) throws CommandFailedException {
        Answers answers = new Answers(invocation.terminal(), invocation.json());
        try (ScratchEngine scratch = ScratchEngine.start()) {
            AddSource source = TorrentSource.of(torrent, invocation.cwd());
            Outcome<TorrentPreview> preview = fetch || !peers.isEmpty()
                    ? CommandContext.await(TorrentSource.contents(scratch.engine(), source, peers), LONG_PATIENCE)
                    : CommandContext.await(TorrentSource.preview(scratch.engine(), source), PATIENCE);
            return answers.report(preview, p -> {
                if (invocation.json()) {
                    invocation.terminal().out(Json.write(JsonShapes.preview(p)));
                } else {
                    PreviewText.print(p, invocation.terminal()::out);
                }
            });
        } catch (RefusedException e) {
            return answers.refuse(e.refusal());
        }
    }
}
