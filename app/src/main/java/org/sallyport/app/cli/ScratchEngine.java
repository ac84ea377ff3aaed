package org.sallyport.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.ScratchFolder;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.engine.EngineOptions;
import org.sallyport.core.engine.EngineStartException;

/** An engine without a listener in a folder that is gone afterwards, for commands that only read or write .torrent files. */
final class ScratchEngine implements AutoCloseable {
    private final Path folder;
    private final Engine engine;

    private ScratchEngine(Path folder, Engine engine) {
        this.folder = folder;
        this.engine = engine;
    }

    /** With the publishers of the user's data directory. */
    static ScratchEngine start(Invocation invocation) throws CommandFailedException {
        try {
            Path folder = ScratchFolder.make();
            try {
                return new ScratchEngine(folder, Engine.start(EngineOptions.in(folder).withPort(0).withPublishersOf(invocation.dataDirectory())));
            } catch (EngineStartException e) {
                ScratchFolder.delete(folder);
                throw new CommandFailedException(Exit.FAILED, e.getMessage(), e);
            }
        } catch (IOException e) {
            throw new CommandFailedException(Exit.FAILED, "No temporary folder can be made. Check the free space of "
                    + System.getProperty("java.io.tmpdir") + ".", e);
        }
    }

    Engine engine() {
        return engine;
    }

    @Override
    public void close() {
        engine.close();
        ScratchFolder.delete(folder);
    }
}
