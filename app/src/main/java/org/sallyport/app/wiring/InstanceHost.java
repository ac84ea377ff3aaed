package org.sallyport.app.wiring;

import java.nio.file.Path;
import java.util.List;

/** What the process around an engine can be asked for besides its engine. Any thread. */
public interface InstanceHost {

    /** Asks the process to end in order; returns at once. */
    void quit();

    /**
     * Brings the window to the front and opens the Add dialog with {@code torrents} and magnet links.
     *
     * @return false when this instance has no window
     */
    boolean showWindow(List<Path> torrents, List<String> magnets);
}
