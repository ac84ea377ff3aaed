package org.sallyport.ui.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.TorrentState;
import org.sallyport.ui.shell.AppHooks;
import org.sallyport.ui.shell.Shell;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** Opens the window over an engine in memory for each test and closes it after. */
public abstract class WindowTestCase {
    @TempDir
    protected Path folder;

    protected final FxRobot robot = new FxRobot();
    protected final TestDesktop desktop = new TestDesktop();
    protected MemoryEngine engine;
    protected Stage stage;
    protected Shell shell;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    /** What is on the list when the window opens. */
    protected MemoryEngine library(MemoryEngine empty) {
        return Library.fill(empty);
    }

    protected Duration undoTime() {
        return Duration.ofSeconds(10);
    }

    @BeforeEach
    final void open() throws TimeoutException {
        engine = library(new MemoryEngine());
        FxToolkit.registerPrimaryStage();
        openWindow();
    }

    protected final void openWindow() {
        robot.interact(() -> {
            stage = new Stage();
            shell = Shell.open(stage, engine, hooks(), desktop.desktop(undoTime()), () -> closed.complete(null));
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    protected AppHooks hooks() {
        return new AppHooks() {
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
                return folder.resolve("window.properties");
            }
        };
    }

    @AfterEach
    final void closeAll() {
        robot.release(new KeyCode[0]);
        robot.release(new MouseButton[0]);
        robot.interact(() -> {
            // youngest first: GTK does not survive an owner that goes before what it owns
            List<Window> open = new ArrayList<>(Window.getWindows());
            Collections.reverse(open);
            open.forEach(Window::hide);
        });
        engine.close();
    }

    /** Waits, at most ten seconds, until it is so. */
    protected static void until(Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, condition);
        } catch (TimeoutException e) {
            throw new AssertionError("it did not come true within 10 s", e);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }
}
