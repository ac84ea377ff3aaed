package org.sallyport.core.persist;

/** The state could not be read or written; nothing of the failed call was kept. */
public class PersistException extends Exception {
    private static final long serialVersionUID = 1L;

    public PersistException(String message, Throwable cause) {
        super(message, cause);
    }

    public PersistException(String message) {
        super(message);
    }
}
