package org.sallyport.app.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.engine.CreateRequest;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.TorrentPreview;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Makes a .torrent file of a file or folder.")
final class CreateCommand implements ForegroundCommand {
    private static final long MIN_PIECE = 16 << 10;
    private static final long MAX_PIECE = 64 << 20;

    @Parameters(paramLabel = "PATH", description = "the file or folder")
    private Path source = Path.of("");

    @Option(names = "-o", required = true, paramLabel = "FILE", description = "the .torrent file to write; an existing one is replaced")
    private Path target = Path.of("");

    @Option(names = "--tracker", paramLabel = "URL", description = "a tracker; each repetition is the next tier, commas put several into one")
    private List<String> trackers = List.of();

    @Option(names = "--web-seed", paramLabel = "URL", description = "a web server that has the data (BEP 19); may be repeated")
    private List<String> webSeeds = List.of();

    @Option(names = "--private", description = "only its own trackers may give addresses (BEP 27)")
    private boolean privateTorrent;

    @Option(names = "--piece-length", paramLabel = "SIZE", description = "a power of two from 16k to 64M (default: by size)")
    private String pieceLength = "0";

    @Option(names = "--comment", paramLabel = "TEXT", description = "shown to those who add it")
    private String comment = "";

    @Option(names = "--sign", paramLabel = "PUBLISHER", description = "sign it as this own publisher; 'publisher create' makes one")
    private String publisher = "";

    @Option(names = "--sign-until", paramLabel = "WHEN", description = "when the signature expires, such as 2030-01-01 or 30d (default: never)")
    private String until = "";

    @Override
    public int run(Invocation invocation) throws CommandFailedException {
        List<List<String>> tiers = trackers.stream().map(t -> List.of(t.split(","))).toList();
        CreateRequest request = new CreateRequest(
                invocation.resolve(source), invocation.resolve(target), pieceBytes(), tiers, webSeeds, privateTorrent, comment)
                .signedBy(publisher, expiry());
        Terminal terminal = invocation.terminal();
        invocation.stop().install();
        try (ScratchEngine scratch = ScratchEngine.start(invocation)) {
            CompletableFuture<Outcome<TorrentPreview>> making = scratch.engine().create(request, done -> {
                if (terminal.isInteractive() && !invocation.json()) {
                    terminal.bar(ProgressBar.of(done) + " hashed");
                }
            });
            invocation.stop().requested().thenRun(() -> making.cancel(true));
            return new Answers(terminal, invocation.json()).report(making.get(), p -> terminal.out(invocation.json()
                    ? Json.write(JsonShapes.preview(p))
                    : "Made " + request.target() + ": " + p.name() + ", " + Amounts.size(p.totalBytes()) + ", info-hash " + p.hash().hex()
                    + (publisher.isEmpty() ? "" : ", signed by " + p.author().id())));
        } catch (CancellationException e) {
            throw new CommandFailedException(Exit.FAILED, "Stopped; no torrent was made.", e);
        } catch (ExecutionException e) {
            throw new CommandFailedException(Exit.FAILED, "Something went wrong inside Sallyport; its log says more.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(Exit.FAILED, "The command was interrupted.", e);
        }
    }

    private Instant expiry() throws CommandFailedException {
        if (!until.isEmpty() && publisher.isEmpty()) {
            throw new CommandFailedException(Exit.USAGE, "--sign-until needs --sign PUBLISHER.");
        }
        return until.isEmpty() ? Instant.MAX : PointInTime.parse(until, ZonedDateTime.now());
    }

    private int pieceBytes() throws CommandFailedException {
        try {
            long bytes = Amounts.parseSize(pieceLength);
            if (bytes == 0 || bytes >= MIN_PIECE && bytes <= MAX_PIECE && Long.bitCount(bytes) == 1) {
                return (int) bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(Exit.USAGE, e.getMessage(), e);
        }
        throw new CommandFailedException(Exit.USAGE, "A piece length is a power of two from 16k to 64M; " + pieceLength + " is not.");
    }
}
