package org.sallyport.app.cli;

import org.jspecify.annotations.Nullable;

/** What an option that takes "on" or "off" was given. */
enum Switch {
    ON, OFF;

    /** What holds from now on. @param chosen null when the option was not given */
    static boolean of(@Nullable Switch chosen, boolean before) {
        return chosen == null ? before : chosen == ON;
    }
}
