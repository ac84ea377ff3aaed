package org.sallyport.ui.shell;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;

/** What the window asks of the program around it. */
public interface AppHooks {
    /** Starts the process that serves the built-in sample and adds its torrent. Any thread; never waits. */
    CompletableFuture<Outcome<InfoHash>> runSample();

    /** Version of the program, such as {@code 0.1.0}. */
    String version();

    /** File that keeps sizes and places of the window; need not exist. */
    Path windowStateFile();
}
