package org.sallyport.app.cli;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.sallyport.app.wiring.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "daemon", description = "The engine without a window, until SIGTERM or 'sallyport quit'.")
final class DaemonCommand implements ForegroundCommand {
    @Mixin
    private PortOptions port = new PortOptions();

    @Override
    public int run(Invocation invocation) throws CommandFailedException {
        port.check();
        try (Foreground foreground = Foreground.start(port.options(invocation.dataDirectory()), invocation)) {
            new ForegroundReport(invocation.terminal(), invocation.json()).ready(foreground.engine().snapshot().port());
            invocation.stop().requested().join();
            return Exit.DONE;
        } catch (CancellationException | CompletionException e) {
            throw new CommandFailedException(Exit.FAILED, "The daemon was interrupted.", e);
        }
    }
}
