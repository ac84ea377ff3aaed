package org.sallyport.core.persist;

import java.nio.file.Path;

/** Another running instance owns the data directory. */
public final class DataDirectoryBusyException extends Exception {
    private static final long serialVersionUID = 1L;

    DataDirectoryBusyException(Path dir) {
        super("Sallyport is already running with the data folder " + dir + ". Use the running one, or quit it first.");
    }
}
