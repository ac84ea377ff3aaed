package org.sallyport.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.ScratchFolder;
import org.sallyport.app.wiring.StopSignal;

/** The sample where nobody asked for it by name: on a start without a display. It leaves nothing behind. */
public final class SampleRun {
    private SampleRun() { }

    /** @return the exit code */
    public static int showAndForget(Class<?> mainClass, Terminal terminal, StopSignal stop) {
        Path folder;
        try {
            folder = ScratchFolder.make();
        } catch (IOException e) {
            terminal.err("No temporary folder can be made. Check the free space.");
            return Exit.FAILED;
        }
        try {
            Invocation invocation = new Invocation(terminal, false, Optional.empty(), folder, stop, mainClass);
            int exit = SampleCommand.download(invocation, new ForegroundReport(terminal, false), folder);
            terminal.out("The sample's folder is removed again; 'sallyport sample' keeps it. "
                    + "'sallyport --help' lists what else works without a display.");
            return exit;
        } catch (CommandFailedException e) {
            terminal.err(e.getMessage());
            return e.exitCode();
        } finally {
            ScratchFolder.delete(folder);
        }
    }
}
