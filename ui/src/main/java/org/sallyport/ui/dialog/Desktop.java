package org.sallyport.ui.dialog;

import java.time.Duration;

/**
 * What the window borrows from the desktop, so that tests can lend something else.
 *
 * @param undoTime how long a removal can be taken back
 */
public record Desktop(FilePicker files, FolderOpener folders, Duration undoTime) {
    public static Desktop system() {
        return new Desktop(new SystemFilePicker(), new SystemFolderOpener(), Duration.ofSeconds(10));
    }
}
