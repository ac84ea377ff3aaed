package org.sallyport.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.app.wiring.ControlRequest;
import org.sallyport.app.wiring.InstanceHost;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.engine.EngineOptions;

/** A running instance without a window, and the commands that are sent to it from the folder {@code temp}. */
abstract class RunningInstance {
    private static final InstanceHost HOST = new InstanceHost() {
        @Override
        public void quit() { }

        @Override
        public boolean showWindow(List<Path> torrents, List<String> magnets) {
            return false;
        }
    };

    @TempDir
    Path temp;
    Engine engine;
    /** What the last command printed. */
    Capture last = Capture.pipe();

    @BeforeEach
    final void openEngine() throws Exception {
        engine = Engine.start(EngineOptions.in(temp.resolve("data")).withDht(false).withPort(0));
    }

    @AfterEach
    final void closeEngine() {
        engine.close();
    }

    /** As from a terminal. @return the exit code */
    final int run(String... words) {
        last = Capture.pipe();
        return CommandRunner.runFor(engine, HOST, new ControlRequest(new ArrayList<>(List.of(words)), temp), last.terminal());
    }

    /** As from a script. @return the exit code */
    final int runJson(String... words) {
        List<String> all = new ArrayList<>(List.of("--json"));
        all.addAll(List.of(words));
        return run(all.toArray(String[]::new));
    }
}
