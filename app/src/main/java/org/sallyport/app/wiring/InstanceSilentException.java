package org.sallyport.app.wiring;

import java.io.IOException;

/** The running instance takes connections but gives no sign of life. */
public final class InstanceSilentException extends IOException {
    private static final long serialVersionUID = 1L;

    InstanceSilentException(IOException cause) {
        super("the running instance gives no sign of life", cause);
    }
}
