package org.sallyport.app.launch;

import java.util.Locale;
import java.util.Map;

/** Whether a window can be shown here, as far as the environment tells. */
enum Display {
    PRESENT,
    /** Linux without X11 and Wayland: a terminal, a server, a container. */
    NONE,
    /** JavaFX 21 speaks X11 only; Wayland desktops offer that through Xwayland, which sets DISPLAY. */
    WAYLAND_ONLY;

    static Display of(String osName, Map<String, String> environment) {
        if (!osName.toLowerCase(Locale.ROOT).contains("linux") || isSet(environment, "DISPLAY")) {
            return PRESENT;
        }
        return isSet(environment, "WAYLAND_DISPLAY") ? WAYLAND_ONLY : NONE;
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isEmpty();
    }
}
