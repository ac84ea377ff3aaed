package org.sallyport.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.sallyport.app.sample.SampleServer;
import org.sallyport.app.wiring.Exit;
import picocli.CommandLine.Command;

/** The child process of the sample. */
@Command(name = "sample-server", hidden = true)
final class SampleServerCommand implements ForegroundCommand {
    @Override
    public int run(Invocation invocation) throws CommandFailedException {
        invocation.stop().install();
        CompletableFuture<Void> parentEnded = CompletableFuture.runAsync(SampleServerCommand::readToEnd);
        try {
            SampleServer.run(invocation.terminal()::out, CompletableFuture.anyOf(parentEnded, invocation.stop().requested()));
            return Exit.DONE;
        } catch (IOException e) {
            throw new CommandFailedException(Exit.FAILED, e.getMessage(), e);
        }
    }

    private static void readToEnd() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
