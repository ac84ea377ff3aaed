package org.sallyport.core.trust;

/** Our own key could not be made, read or used; the message says what to do. */
public final class TrustException extends Exception {
    private static final long serialVersionUID = 1L;

    TrustException(String message, Throwable cause) {
        super(message, cause);
    }

    TrustException(String message) {
        super(message);
    }
}
