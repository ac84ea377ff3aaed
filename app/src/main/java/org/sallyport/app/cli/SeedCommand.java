package org.sallyport.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.AddSource;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.TorrentPreview;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "seed", description = "Checks data that is there already and shares it until SIGTERM, Ctrl-C or 'sallyport quit'.")
final class SeedCommand implements ForegroundCommand {
    @Parameters(paramLabel = "TORRENT", description = "a .torrent file")
    private String torrent = "";

    @Option(names = "--from", required = true, paramLabel = "PATH", description = "the data itself, or the folder it lies in")
    private Path from = Path.of("");

    @Mixin
    private PortOptions port = new PortOptions();

    @Mixin
    private RateOptions rates = new RateOptions();

    @Option(names = "--peer", paramLabel = "HOST:PORT", converter = PeerAddressConverter.class,
            description = "dial this peer at once; may be repeated")
    private List<PeerAddress> peers = List.of();

    @Override
    public int run(Invocation invocation) throws CommandFailedException {
        port.check();
        rates.check();
        ForegroundReport report = new ForegroundReport(invocation.terminal(), invocation.json());
        return report.toTheEnd(() -> {
            try {
                return share(TorrentSource.file(torrent, invocation.cwd()), invocation, report);
            } catch (RefusedException e) {
                report.refused(e.refusal());
                return Exit.REFUSED;
            }
        });
    }

    private int share(Path file, Invocation invocation, ForegroundReport report) throws CommandFailedException {
        Path place = invocation.resolve(from);
        if (!Files.exists(place)) {
            throw new CommandFailedException(Exit.FAILED, "There is nothing at " + from + ".");
        }
        PrivateData data = PrivateData.of(invocation, "seed", List.of(new AddSource.MetainfoFile(file)), place, List.of());
        int exit;
        try (Foreground foreground = Foreground.start(data, rates.in(port.options(data.folder())), invocation)) {
            exit = share(foreground, file, place, invocation, report);
        }
        data.discard();
        return exit;
    }

    private int share(Foreground foreground, Path file, Path place, Invocation invocation, ForegroundReport report) throws CommandFailedException {
        Engine engine = foreground.engine();
        Outcome<TorrentPreview> preview = CommandContext.await(engine.inspect(file), Duration.ofSeconds(30));
        Answers answers = new Answers(invocation.terminal(), invocation.json());
        if (!(preview instanceof Outcome.Done<TorrentPreview> checked)) {
            return answers.report(preview, ignored -> { });
        }
        TorrentPreview torrentPreview = checked.value();
        foreground.watch(torrentPreview.hash());
        AddRequest request = AddRequest.seed(file, holder(place, torrentPreview.name())).withPeers(peers);
        Outcome<InfoHash> outcome = CommandContext.await(foreground.addOrResume(request, torrentPreview.hash()), Duration.ofSeconds(60));
        if (!outcome.isDone()) {
            return answers.report(outcome, ignored -> { });
        }
        return new SeedRun(foreground, report, invocation.stop(), torrentPreview).run();
    }

    /** The folder that holds the data: what was given, or its parent when what was given is the data. */
    static Path holder(Path given, String name) {
        boolean isData = !Files.exists(given.resolve(name)) && given.endsWith(name) && given.getParent() != null;
        return isData ? given.getParent() : given;
    }
}
