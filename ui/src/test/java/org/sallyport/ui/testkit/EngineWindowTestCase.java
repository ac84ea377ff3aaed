package org.sallyport.ui.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.ui.shell.AppHooks;
import org.sallyport.ui.shell.Shell;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** Opens the window over an engine for each test and closes both after. */
public abstract class EngineWindowTestCase<E extends Engine> {
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    protected Path folder;

    protected final FxRobot robot = new FxRobot();
    protected final TestDesktop desktop = new TestDesktop();
    protected E engine;
    protected Stage stage;
    protected Shell shell;

    /** The engine the window is to show. */
    protected abstract E startEngine() throws Exception;

    protected abstract CompletableFuture<Outcome<InfoHash>> runSample();

    protected Duration undoTime() {
        return Duration.ofSeconds(10);
    }

    @BeforeEach
    final void open() throws Exception {
        engine = startEngine();
        FxToolkit.registerPrimaryStage();
        openWindow();
    }

    protected final void openWindow() {
        robot.interact(() -> {
            stage = new Stage();
            shell = Shell.open(stage, engine, hooks("window.properties"), desktop.desktop(undoTime()), () -> { });
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** One more window over another engine, which the test closes itself. */
    protected final Stage openBeside(Engine other) {
        AtomicReference<Stage> beside = new AtomicReference<>();
        robot.interact(() -> {
            beside.set(new Stage());
            Shell.open(beside.get(), other, hooks("beside.properties"), desktop.desktop(undoTime()), () -> { });
        });
        WaitForAsyncUtils.waitForFxEvents();
        return beside.get();
    }

    private AppHooks hooks(String windowState) {
        return new AppHooks() {
            @Override
            public CompletableFuture<Outcome<InfoHash>> runSample() {
                return EngineWindowTestCase.this.runSample();
            }

            @Override
            public String version() {
                return "0.1.0";
            }

            @Override
            public Path windowStateFile() {
                return folder.resolve(windowState);
            }
        };
    }

    /** The window in front of the main one. */
    protected final Scene front() {
        return Window.getWindows().stream().filter(w -> w instanceof Stage && w != stage && w.isShowing()).findFirst().orElseThrow().getScene();
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

    /** Waits, at most thirty seconds, until it is so. */
    protected static void until(Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, condition);
        } catch (TimeoutException e) {
            throw new AssertionError("it did not come true within " + PATIENCE_SECONDS + " s", e);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }
}
