package org.sallyport.ui.dialog;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Folders as people type them. */
public final class Folders {
    private Folders() { }

    /** A leading {@code ~} is the home folder. @throws InvalidPathException if the text cannot be a path */
    public static Path resolve(String text) {
        String stripped = text.strip();
        if (stripped.equals("~") || stripped.startsWith("~/") || stripped.startsWith("~\\")) {
            return Path.of(System.getProperty("user.home"), stripped.substring(1));
        }
        return Path.of(stripped);
    }

    /** True for an absolute path. */
    public static boolean isUsable(String text) {
        try {
            return !text.isBlank() && resolve(text).isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
