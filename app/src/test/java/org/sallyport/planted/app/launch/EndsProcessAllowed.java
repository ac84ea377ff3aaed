package org.sallyport.planted.app.launch;

import org.sallyport.planted.ui.shell.Plain;

/** Breaks nothing: the launcher sees the window and ends the process. */
public final class EndsProcessAllowed {
    void end(Plain window) {
        System.exit(window.engine() == null ? 1 : 0);
    }
}
