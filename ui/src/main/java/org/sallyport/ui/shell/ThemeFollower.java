package org.sallyport.ui.shell;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.sallyport.core.settings.Settings;
import org.sallyport.ui.control.Look;
import org.sallyport.ui.control.WindowState;
import org.sallyport.ui.feed.EngineFeed;

/** Keeps the look as the settings say; "system" is asked again whenever the window gets the focus. FX thread. */
final class ThemeFollower {
    private static final String KEY_DARK = "theme.systemWasDark";

    private final EngineFeed feed;
    private final Scene scene;
    private final WindowState memory;
    private final Supplier<CompletionStage<Boolean>> systemIsDark;

    ThemeFollower(EngineFeed feed, Stage stage, WindowState memory, Supplier<CompletionStage<Boolean>> systemIsDark) {
        this.feed = feed;
        this.scene = stage.getScene();
        this.memory = memory;
        this.systemIsDark = systemIsDark;
        // the desktop answers later; until then as last time, so that a dark desktop sees no white flash
        Look.useDark(memory.flag(KEY_DARK, false));
        feed.settingsProperty().addListener((o, old, now) -> {
            if (!now.look().equals(old.look())) {
                apply();
            }
        });
        stage.focusedProperty().addListener((o, was, is) -> {
            if (is) {
                apply();
            }
        });
        apply();
    }

    private void apply() {
        Settings.Look look = feed.settings().look();
        Look.dense(scene, look.dense());
        switch (look.theme()) {
            case LIGHT -> Look.useDark(false);
            case DARK -> Look.useDark(true);
            case SYSTEM -> systemIsDark.get().thenAccept(dark -> {
                memory.put(KEY_DARK, dark);
                if (feed.settings().look().theme() == Settings.Look.Theme.SYSTEM) {
                    Look.useDark(dark);
                }
            });
        }
    }
}
