package org.sallyport.ui.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.sallyport.core.engine.Engine;
import org.sallyport.ui.control.Look;
import org.sallyport.ui.dialog.Desktop;
import org.sallyport.ui.feed.FxThread;

/** Entry point of the window. Not an {@code Application}, so that it can be loaded where there is no display. */
public final class DesktopWindow {
    private DesktopWindow() { }

    /**
     * Starts the toolkit of the window and returns at once: it takes as long as an engine takes to start, and needs none. Once per process.
     *
     * @return for {@link #run}; fails with an UnsupportedOperationException if there is no display JavaFX can use
     */
    public static CompletableFuture<Void> prepare() {
        return CompletableFuture.runAsync(() -> {
            Platform.setImplicitExit(false);
            Platform.startup(Look::loadFonts);
        });
    }

    /**
     * Shows the window and blocks until it is closed. Once per process; not on the FX thread.
     *
     * @param prepared    of {@link #prepare}
     * @param openAtStart .torrent files to open the Add dialog with; @param magnets links
     * @param ready       told when the window is on the screen, on the FX thread
     * @throws UnsupportedOperationException if there is no display JavaFX can use
     */
    public static void run(CompletableFuture<Void> prepared, Engine engine, AppHooks hooks, List<Path> openAtStart, List<String> magnets,
            Consumer<WindowHandle> ready) {
        await(prepared);
        CompletableFuture<Void> closed = new CompletableFuture<>();
        FxThread.EXECUTOR.execute(() -> {
            try {
                Shell shell = Shell.open(new Stage(), engine, hooks, Desktop.system(), () -> closed.complete(null));
                shell.addTorrents(openAtStart);
                shell.addMagnets(magnets);
                ready.accept(shell);
            } catch (RuntimeException | Error e) {
                // a window that cannot be built must end run(), not hang it
                closed.completeExceptionally(e);
                throw e;
            }
        });
        try {
            closed.join();
        } finally {
            Platform.exit();
        }
    }

    private static void await(CompletableFuture<Void> prepared) {
        try {
            prepared.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UnsupportedOperationException noDisplay) {
                throw noDisplay;
            }
            throw e;
        }
    }
}
