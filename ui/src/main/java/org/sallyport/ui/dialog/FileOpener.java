package org.sallyport.ui.dialog;

import java.nio.file.Path;

/** Opens one file with the program that the desktop has for it. Only what policy let through ({@code Quarantine.open}) comes here. */
@FunctionalInterface
public interface FileOpener {
    void open(Path file);
}
