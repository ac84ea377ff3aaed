package org.sallyport.ui.dialog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.sallyport.ui.feed.FxThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the file manager with the folder as one argument; no shell sees the name (invariant I8). */
public final class SystemFolderOpener implements FolderOpener {
    private static final Logger LOG = LoggerFactory.getLogger(SystemFolderOpener.class);

    @Override
    public void open(Path folder) {
        FxThread.away(() -> launch(existing(folder.toAbsolutePath())));
    }

    /** Likewise a file, with the program that the desktop has for it. */
    static void openFile(Path file) {
        FxThread.away(() -> launch(file.toAbsolutePath()));
    }

    private static boolean launch(Path folder) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String program = system.startsWith("mac") ? "open" : system.startsWith("windows") ? "explorer.exe" : "xdg-open";
        try {
            new ProcessBuilder(program, folder.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            return true;
        } catch (IOException e) {
            LOG.warn("no file manager could be started with {}", program, e);
            return false;
        }
    }

    /** The folder itself or the nearest one above it that is there. */
    private static Path existing(Path wanted) {
        Path folder = wanted;
        while (!Files.isDirectory(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        return folder;
    }
}
