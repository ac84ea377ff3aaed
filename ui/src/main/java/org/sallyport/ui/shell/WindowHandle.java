package org.sallyport.ui.shell;

import java.nio.file.Path;
import java.util.List;

/** The open window, for the rest of the program. Any thread may call it. */
public interface WindowHandle {
    void bringToFront();

    /** Opens the Add dialog for each of these files, one after another. */
    void addTorrents(List<Path> files);

    /** Opens the Add dialog for each of these magnet links, one after another. */
    void addMagnets(List<String> links);

    /** Closes the window, and with it ends {@link DesktopWindow#run}. */
    void close();
}
