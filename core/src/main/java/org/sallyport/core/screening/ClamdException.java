package org.sallyport.core.screening;

import org.jspecify.annotations.Nullable;

/** clamd cannot be reached, or did not do what it was asked. The message completes "ClamAV does not answer as it should: …". */
final class ClamdException extends Exception {
    ClamdException(String message) {
        this(message, null);
    }

    ClamdException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
