package org.sallyport.app.desktop;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.sallyport.app.wiring.Release;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.ui.shell.AppHooks;

/** What the window cannot do itself. */
record WindowHooks(SampleDownload sample, Path dataDirectory) implements AppHooks {
    @Override
    public CompletableFuture<Outcome<InfoHash>> runSample() {
        return sample.start();
    }

    @Override
    public String version() {
        return Release.VERSION;
    }

    @Override
    public Path windowStateFile() {
        return dataDirectory.resolve("window.json");
    }
}
