package org.sallyport.core.settings;

import java.nio.file.Path;

/** The {@code ~} of the home folder in a path as people write it. */
final class HomeFolder {
    private HomeFolder() { }

    /**
     * {@code ~} and {@code ~/x} lie in {@code home}; anything else, such as {@code ~ann}, is taken as it is.
     *
     * @throws java.nio.file.InvalidPathException if the platform has no such path
     */
    static Path resolve(String text, Path home) {
        if (text.equals("~")) {
            return home;
        }
        boolean below = text.startsWith("~/") || text.startsWith("~\\") && home.getFileSystem().getSeparator().equals("\\");
        return below ? home.resolve(text.substring(2)) : Path.of(text);
    }
}
