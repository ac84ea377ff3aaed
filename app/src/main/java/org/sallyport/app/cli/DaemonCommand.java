package org.sallyport.app.cli;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.model.QuitState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "daemon", description = "The engine without a window, until SIGTERM or 'sallyport quit'.")
final class DaemonCommand implements ForegroundCommand {
    @Mixin
    private PortOptions port = new PortOptions();

    @Mixin
    private RateOptions rates = new RateOptions();

    @Override
    public int run(Invocation invocation) throws CommandFailedException {
        port.check();
        rates.check();
        try (Foreground foreground = Foreground.start(rates.in(port.options(invocation.dataDirectory())), invocation)) {
            Engine engine = foreground.engine();
            ForegroundReport report = new ForegroundReport(invocation.terminal(), invocation.json());
            engine.onQuit(invocation.stop()::request);
            report.ready(engine.snapshot().port());
            report.quit("lastQuit", engine.snapshot().quit().last());
            invocation.stop().requested().join();
            QuitState quit = engine.snapshot().quit();
            report.quit("quit", quit.kind() == QuitState.Kind.QUITTING ? quit.sentence() : "");
            return Exit.DONE;
        } catch (CancellationException | CompletionException e) {
            throw new CommandFailedException(Exit.FAILED, "The daemon was interrupted.", e);
        }
    }
}
