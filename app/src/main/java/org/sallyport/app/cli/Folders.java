package org.sallyport.app.cli;

import java.nio.file.Path;
import org.sallyport.core.settings.Settings;

/** Folders named in the settings. */
public final class Folders {
    private Folders() { }

    /** Where downloads go by default; a leading {@code ~} is the home folder. */
    public static Path downloads(Settings settings) {
        String text = settings.downloadFolder();
        Path home = Path.of(System.getProperty("user.home"));
        if (text.equals("~")) {
            return home;
        }
        return text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text);
    }
}
