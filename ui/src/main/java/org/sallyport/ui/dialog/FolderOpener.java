package org.sallyport.ui.dialog;

import java.nio.file.Path;

/** Shows a folder in the desktop's file manager. Never opens a file: what was downloaded is not started from here. */
@FunctionalInterface
public interface FolderOpener {
    void open(Path folder);
}
