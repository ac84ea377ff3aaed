package org.sallyport.app.cli;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.sallyport.app.wiring.InstanceHost;
import org.sallyport.app.wiring.RunningInstance;
import org.sallyport.app.wiring.StopSignal;
import org.sallyport.core.engine.EngineOptions;
import org.sallyport.core.engine.EngineStartException;

/** Two running instances on loopback, and command lines that are sent to them through their control sockets. */
final class TwoInstances implements AutoCloseable {
    private static final InstanceHost NO_WINDOW = new InstanceHost() {
        @Override
        public void quit() { }

        @Override
        public boolean showWindow(List<Path> torrents, List<String> magnets) {
            return false;
        }
    };

    private final Path temp;
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final RunningInstance attic;
    private final RunningInstance cellar;

    TwoInstances(Path temp) throws EngineStartException {
        this.temp = temp;
        attic = start("attic");
        cellar = start("cellar");
    }

    private RunningInstance start(String name) throws EngineStartException {
        return RunningInstance.start(EngineOptions.in(temp.resolve(name)).withDht(false).withBind(InetAddress.getLoopbackAddress()),
                (engine, request, output) -> CommandRunner.runFor(engine, NO_WINDOW, request, output));
    }

    RunningInstance attic() {
        return attic;
    }

    RunningInstance cellar() {
        return cellar;
    }

    /** One command line for the instance of this name. @return the exit code */
    int run(Capture capture, String name, String... words) {
        List<String> line = new ArrayList<>(List.of("--data", temp.resolve(name).toString()));
        line.addAll(List.of(words));
        return CommandRunner.run(line, capture.terminal(), new StopSignal(), TwoInstances.class);
    }

    CompletableFuture<Integer> begin(Capture capture, String name, String... words) {
        return CompletableFuture.supplyAsync(() -> run(capture, name, words), clients);
    }

    @Override
    public void close() {
        attic.close();
        cellar.close();
        clients.shutdownNow();
    }
}
