package org.sallyport.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sallyport.app.sample.SampleProcess;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.ScratchFolder;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.engine.EngineOptions;
import org.sallyport.core.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "sample", description = {
    "Downloads a small sample from a second process on this computer: the whole way of a file, without the internet.",
    "It goes into the download folder and stays there; everything else of it is gone afterwards."})
final class SampleCommand implements ForegroundCommand {
    @Option(names = "--to", paramLabel = "DIR", description = "another folder for it")
    private @Nullable Path to;

    @Override
    public int run(Invocation invocation) throws CommandFailedException {
        ForegroundReport report = new ForegroundReport(invocation.terminal(), invocation.json());
        Path folder = to == null ? Folders.downloads(Settings.DEFAULT) : invocation.resolve(to);
        return report.toTheEnd(() -> download(invocation, report, folder));
    }

    /** The engine of the sample is its own, with a data directory of its own: it may use a tracker on this computer, and only it. */
    static int download(Invocation invocation, ForegroundReport report, Path folder) throws CommandFailedException {
        Path data;
        try {
            data = ScratchFolder.make();
        } catch (IOException e) {
            throw new CommandFailedException(Exit.FAILED, "No temporary folder can be made. Check the free space.", e);
        }
        report.say("A second process makes the sample: a text, a picture and a tone, 15 MB together.");
        try (SampleProcess sample = SampleProcess.start(invocation.mainClass());
                Foreground foreground = Foreground.start(EngineOptions.in(data).withDht(false).withPort(0), invocation)) {
            Engine engine = foreground.engine();
            CommandContext.await(engine.changeSettings(engine.settings().withTrackers(new Settings.Trackers(true))), Duration.ofSeconds(10));
            AddRequest request = AddRequest.download(sample.torrent(), folder).withPeers(List.of(sample.peer())).withSeedRatio(0);
            return new GetRun(foreground, report, invocation.stop(), 120, false).run(List.of(request), List.of());
        } catch (IOException e) {
            throw new CommandFailedException(Exit.FAILED, e.getMessage(), e);
        } finally {
            ScratchFolder.delete(data);
        }
    }
}
