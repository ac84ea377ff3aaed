package org.sallyport.app.desktop;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.sallyport.app.cli.CommandRunner;
import org.sallyport.app.cli.RootUser;
import org.sallyport.app.cli.Terminal;
import org.sallyport.app.wiring.ControlRequest;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.InstanceHost;
import org.sallyport.app.wiring.Output;
import org.sallyport.app.wiring.RunningInstance;
import org.sallyport.app.wiring.StopSignal;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.engine.EngineOptions;
import org.sallyport.core.engine.EngineStartException;
import org.sallyport.ui.shell.DesktopWindow;
import org.sallyport.ui.shell.WindowHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the window: engine first, then the window, and both end together whichever is asked. */
public final class DesktopSession implements InstanceHost {
    private static final Logger LOG = LoggerFactory.getLogger(DesktopSession.class);

    private final StopSignal stop;
    private final CompletableFuture<WindowHandle> window = new CompletableFuture<>();

    private DesktopSession(StopSignal stop) {
        this.stop = stop;
    }

    /**
     * Opens the window and blocks until it is closed.
     *
     * @param torrents  files to open the Add dialog with; @param magnets links
     * @param mainClass what a child process of ours starts with
     * @return the exit code
     */
    public static int run(Path dataDirectory, List<Path> torrents, List<String> magnets, Terminal terminal, StopSignal stop, Class<?> mainClass) {
        RootUser.warn(terminal);
        DesktopSession session = new DesktopSession(stop);
        CompletableFuture<Void> prepared = DesktopWindow.prepare();
        try (RunningInstance instance = RunningInstance.start(EngineOptions.in(dataDirectory), session::execute);
                SampleDownload sample = new SampleDownload(instance.engine(), mainClass)) {
            stop.installAndClose(() -> {
                sample.close();
                instance.close();
            });
            instance.engine().onQuit(stop::request);
            stop.requested().thenRun(() -> session.window.thenAccept(WindowHandle::close));
            DesktopWindow.run(prepared, instance.engine(), new WindowHooks(sample, dataDirectory), torrents, magnets, session::shown);
            return Exit.DONE;
        } catch (EngineStartException e) {
            terminal.err(e.getMessage());
            return Exit.FAILED;
        } catch (UnsupportedOperationException e) {
            // what JavaFX throws for a DISPLAY that does not answer
            terminal.err("The display cannot be opened (" + e.getMessage() + "). Check the variable DISPLAY and your access to it.");
            return Exit.FAILED;
        }
    }

    private void shown(WindowHandle handle) {
        LOG.info("the window is on the screen"); // app/bench/scale.py waits for it
        window.complete(handle);
    }

    private int execute(Engine engine, ControlRequest request, Output output) {
        return CommandRunner.runFor(engine, this, request, output);
    }

    @Override
    public void quit() {
        stop.request();
    }

    /** While the window is still opening, the request is kept until it is there. */
    @Override
    public boolean showWindow(List<Path> torrents, List<String> magnets) {
        window.thenAccept(w -> {
            w.bringToFront();
            w.addTorrents(torrents);
            w.addMagnets(magnets);
        });
        return true;
    }
}
