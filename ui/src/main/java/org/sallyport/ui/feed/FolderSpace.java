package org.sallyport.ui.feed;

import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.StringProperty;
import org.sallyport.ui.control.Folders;

/** How much room there is where a folder is or will be; the disk is asked aside. FX thread. */
public final class FolderSpace {
    private static final long UNKNOWN = -1;

    private final ReadOnlyLongWrapper freeBytes = new ReadOnlyLongWrapper(UNKNOWN);

    /** @param folder as typed; followed from now on */
    public FolderSpace(StringProperty folder) {
        folder.addListener((o, old, now) -> measure(folder, now));
        measure(folder, folder.get());
    }

    private void measure(StringProperty folder, String asked) {
        FxThread.away(() -> Folders.freeBytes(asked)).thenAccept(free -> {
            if (asked.equals(folder.get())) {
                freeBytes.set(free);
            }
        });
    }

    /** −1 when it is not known. */
    public ReadOnlyLongProperty freeBytesProperty() {
        return freeBytes.getReadOnlyProperty();
    }
}
