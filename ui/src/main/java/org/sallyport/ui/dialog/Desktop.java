package org.sallyport.ui.dialog;

import java.time.Duration;

/**
 * What the window borrows from the desktop, so that tests can lend something else.
 *
 * @param undoTime how long a removal can be taken back
 */
public record Desktop(FilePicker files, FolderOpener folders, FileOpener opener, Duration undoTime) {
    public static Desktop system() {
        return new Desktop(new SystemFilePicker(), new SystemFolderOpener(), SystemFolderOpener::openFile, Duration.ofSeconds(10));
    }
}
