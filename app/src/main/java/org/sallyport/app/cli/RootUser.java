package org.sallyport.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sallyport.app.wiring.Output;

/** Whether we run with more power than we need. */
public final class RootUser {
    private RootUser() { }

    /** One sentence on stderr; refusing would lock out containers, where root is usual. */
    public static void warn(Output output) {
        if (isRoot()) {
            output.err("Warning: Sallyport runs as root. It needs no special rights; run it as an ordinary user.");
        }
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }
}
