package org.sallyport.ui.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.TorrentState;
import org.sallyport.ui.shell.AppHooks;
import org.sallyport.ui.shell.DesktopWindow;

/** The window over the engine in memory, to look at and try by hand. */
public final class Demo {
    private Demo() { }

    public static void main(String[] arguments) throws IOException {
        Path state = Files.createTempDirectory("sallyport-demo").resolve("window.properties");
        try (MemoryEngine engine = arguments.length > 0 ? new MemoryEngine() : Library.fill(new MemoryEngine())) {
            Offered.fill(engine);
            DesktopWindow.run(DesktopWindow.prepare(), engine, new AppHooks() {
                @Override
                public CompletableFuture<Outcome<InfoHash>> runSample() {
                    engine.with(Library.COURSE, TorrentState.DOWNLOADING, "Downloading from 1 person", 0.1);
                    return CompletableFuture.completedFuture(Outcome.done(Library.COURSE.hash()));
                }

                @Override
                public String version() {
                    return "0.1.0";
                }

                @Override
                public Path windowStateFile() {
                    return state;
                }
            }, List.of(), List.of(), window -> System.out.println("ready"));
        }
        System.out.println("closed");
    }
}
