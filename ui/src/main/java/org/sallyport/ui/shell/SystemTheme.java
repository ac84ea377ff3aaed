package org.sallyport.ui.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.sallyport.ui.feed.FxThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the desktop whether it is dark; JavaFX 21 cannot. Each system has a small program that knows, started with fixed
 * arguments and at most one second; when it is missing or silent the answer is light.
 */
final class SystemTheme {
    private static final Logger LOG = LoggerFactory.getLogger(SystemTheme.class);
    private static final long PATIENCE_SECONDS = 1;

    private SystemTheme() { }

    /** True for dark; completes on the FX thread. */
    static CompletionStage<Boolean> isDark() {
        return FxThread.away(() -> {
            String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
            return saysDark(system, answer(question(system)));
        });
    }

    static List<String> question(String system) {
        if (system.startsWith("mac")) {
            return List.of("defaults", "read", "-g", "AppleInterfaceStyle");
        }
        if (system.startsWith("windows")) {
            return List.of("reg", "query", "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize", "/v", "AppsUseLightTheme");
        }
        return List.of("gsettings", "get", "org.gnome.desktop.interface", "color-scheme");
    }

    static boolean saysDark(String system, String answer) {
        String text = answer.toLowerCase(Locale.ROOT);
        return system.startsWith("windows") ? text.contains("0x0") : text.contains("dark");
    }

    private static String answer(List<String> question) {
        try {
            Process process = new ProcessBuilder(question).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try {
                process.getOutputStream().close();
                // the answer is a line: it fits the pipe, so it can be read after the end
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    return "";
                }
                return new String(process.getInputStream().readNBytes(1024), StandardCharsets.UTF_8);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.debug("the desktop cannot be asked for its theme", e);
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
