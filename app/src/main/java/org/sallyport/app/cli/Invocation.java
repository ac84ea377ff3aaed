package org.sallyport.app.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.sallyport.app.wiring.StopSignal;
import org.sallyport.core.engine.Engine;

/**
 * How this process was called.
 *
 * @param data given with {@code --data}; empty for the command's own choice
 * @param cwd  absolute current folder
 * @param mainClass what a child process of ours starts with
 */
record Invocation(Terminal terminal, boolean json, Optional<Path> data, Path cwd, StopSignal stop, Class<?> mainClass) {

    /** {@code --data}, or the platform's place. */
    Path dataDirectory() {
        return data.orElseGet(Engine::defaultDataDirectory);
    }

    Path resolve(Path path) {
        return cwd.resolve(path).normalize();
    }
}
