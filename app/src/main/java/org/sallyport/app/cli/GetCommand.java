package org.sallyport.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.AddSource;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "get", description = {
    "Downloads torrents and ends when everything is verified, screened and released.",
    "Without --data it keeps its state in a folder of its own until it is done: the library is neither changed nor started, and after an "
            + "interruption the same command goes on where it was. With --data it works in that library and goes on with what is in it."})
final class GetCommand implements ForegroundCommand {
    private static final String NEVER = "never";

    @Parameters(paramLabel = "TORRENT", arity = "1..*", description = "a .torrent file, its web address, or a magnet link")
    private List<String> torrents = List.of();

    @Option(names = "--to", paramLabel = "DIR", description = "download folder (default: the current one)")
    private Path to = Path.of("");

    @Mixin
    private PortOptions port = new PortOptions();

    @Option(names = "--peer", paramLabel = "HOST:PORT", converter = PeerAddressConverter.class,
            description = "dial this peer at once; may be repeated")
    private List<PeerAddress> peers = List.of();

    @Option(names = "--only", paramLabel = "GLOB", description = "only the files that match, such as '*.txt'; may be repeated")
    private List<String> only = List.of();

    @Mixin
    private FileOptions files = new FileOptions();

    @Option(names = "--sequential", description = "fetch pieces in order")
    private boolean sequential;

    @Mixin
    private RateOptions rates = new RateOptions();

    @Option(names = "--seed-until", paramLabel = "RATIO|never",
            description = "go on sharing until uploaded / downloaded reaches this (default: ${DEFAULT-VALUE})")
    private String seedUntil = NEVER;

    @Option(names = "--timeout", paramLabel = "S", description = "give up after this many seconds with exit code 4")
    private long timeoutSeconds;

    @Option(names = "--remember-publisher", description = "believe whoever signed it, from now on")
    private boolean rememberPublisher;

    @Override
    public int run(Invocation invocation) throws CommandFailedException {
        if (timeoutSeconds < 0) {
            throw new CommandFailedException(Exit.USAGE, "--timeout takes a number of seconds; " + timeoutSeconds + " is not one.");
        }
        double ratio = ratio();
        port.check();
        rates.check();
        files.check();
        ForegroundReport report = new ForegroundReport(invocation.terminal(), invocation.json());
        return report.toTheEnd(() -> download(invocation, report, ratio));
    }

    private int download(Invocation invocation, ForegroundReport report, double ratio) throws CommandFailedException {
        Path folder = invocation.resolve(to);
        List<AddSource> sources = new ArrayList<>();
        try {
            for (String torrent : torrents) {
                AddSource source = TorrentSource.of(torrent, invocation.cwd());
                if (source instanceof AddSource.MagnetLink magnet) {
                    magnet.said(); // before anything is started for a broken one
                }
                sources.add(source);
            }
        } catch (RefusedException e) {
            report.refused(e.refusal());
            return Exit.REFUSED;
        }
        PrivateData data = PrivateData.of(invocation, "get", sources, folder, Stream.concat(only.stream(), files.words().stream()).toList());
        int exit;
        try (Foreground foreground = Foreground.start(data, rates.in(port.options(data.folder())).withPublishersOf(invocation.dataDirectory()),
                invocation)) {
            List<AddRequest> requests = new ArrayList<>();
            for (AddSource source : sources) {
                AddRequest request = AddRequest.download(source, folder).withPeers(peers).withSequential(sequential).withSeedRatio(ratio);
                requests.add(files.in(request, foreground.engine().settings().screening().usual()));
            }
            exit = new GetRun(foreground, report, invocation.stop(), timeoutSeconds, rememberPublisher).run(requests, only);
        }
        if (exit == Exit.DONE || exit == Exit.REFUSED) {
            data.discard();
        }
        return exit;
    }

    /** @return 0 for never, as {@link AddRequest} has it */
    private double ratio() throws CommandFailedException {
        if (seedUntil.toLowerCase(Locale.ROOT).equals(NEVER)) {
            return 0;
        }
        try {
            double ratio = Double.parseDouble(seedUntil);
            if (ratio > 0 && ratio <= 1_000_000) {
                return ratio;
            }
        } catch (NumberFormatException e) {
            throw new CommandFailedException(Exit.USAGE, "--seed-until takes a ratio such as 1.5, or never.", e);
        }
        throw new CommandFailedException(Exit.USAGE, "--seed-until takes a ratio above 0, or never.");
    }
}
