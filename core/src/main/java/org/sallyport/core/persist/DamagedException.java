package org.sallyport.core.persist;

/** The bytes of the database file are not a database of ours any more. */
final class DamagedException extends PersistException {
    private static final long serialVersionUID = 1L;

    DamagedException(String message, Throwable cause) {
        super(message, cause);
    }

    DamagedException(String message) {
        super(message);
    }
}
