package org.sallyport.ui.devices;

import java.nio.file.Path;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.sallyport.ui.control.Folders;
import org.sallyport.ui.feed.EngineFeed;
import org.sallyport.ui.i18n.Messages;

/** Where what comes from devices goes: the usual folder for downloads, until another is chosen here. FX thread. */
final class TargetFolder {
    private final ReadOnlyObjectWrapper<Path> folder;
    private boolean chosen;

    TargetFolder(EngineFeed feed) {
        folder = new ReadOnlyObjectWrapper<>(Folders.resolve(feed.settings().downloadFolder()));
        feed.settingsProperty().addListener((o, old, now) -> {
            if (!chosen) {
                folder.set(Folders.resolve(now.downloadFolder()));
            }
        });
    }

    Path get() {
        return folder.get();
    }

    void choose(Path other) {
        chosen = true;
        folder.set(other);
    }

    /** @param key of a sentence about it, such as "It goes to /home/me/Downloads" */
    StringBinding words(String key) {
        return Bindings.createStringBinding(() -> Messages.text(key, folder.get().toString()), folder);
    }
}
