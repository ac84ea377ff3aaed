package org.sallyport.ui.testkit;

import java.util.concurrent.CompletableFuture;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.TorrentState;

/** Opens the window over an engine in memory: for what the window does with states that a real one is seldom in. */
public abstract class WindowTestCase extends EngineWindowTestCase<MemoryEngine> {

    /** What is on the list when the window opens. */
    protected MemoryEngine library(MemoryEngine empty) {
        return Library.fill(empty);
    }

    @Override
    protected final MemoryEngine startEngine() {
        return library(new MemoryEngine());
    }

    @Override
    protected final CompletableFuture<Outcome<InfoHash>> runSample() {
        engine.with(Library.COURSE, TorrentState.DOWNLOADING, "Downloading from 1 person", 0.1);
        return CompletableFuture.completedFuture(Outcome.done(Library.COURSE.hash()));
    }
}
