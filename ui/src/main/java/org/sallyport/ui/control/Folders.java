package org.sallyport.ui.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Folders as people type them. */
public final class Folders {
    private static final long UNKNOWN = -1;

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

    /** Where a file dialog begins: at {@code text} when it is usable, else at the home folder. */
    public static Path startOf(String text) {
        return isUsable(text) ? resolve(text) : Path.of(System.getProperty("user.home"));
    }

    /** Usable bytes where {@code text} is or will be, −1 when it cannot be known. Asks the disk: not on the FX thread. */
    public static long freeBytes(String text) {
        try {
            Path folder = resolve(text);
            while (folder.getParent() != null && !Files.isDirectory(folder)) {
                folder = folder.getParent();
            }
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException | InvalidPathException e) {
            return UNKNOWN;
        }
    }
}
