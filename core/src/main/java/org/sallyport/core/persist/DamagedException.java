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

    /** How to call a torrent whose row may have lost its meaning: what stands there may be long, and not fit to be shown. */
    static String nameOf(String hash) {
        return hash.matches("[0-9a-f]{40,64}") ? hash : "of no valid hash";
    }
}
