package org.sallyport.core.engine;

/** The engine could not start; the message is a sentence for a person and says what to do. */
public final class EngineStartException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Cause kind;

    /** Why: another instance owns the data directory, the port is taken, or the state cannot be read. */
    public enum Cause { ALREADY_RUNNING, PORT_BUSY, STATE_UNREADABLE }

    public EngineStartException(Cause kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public EngineStartException(Cause kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Cause kind() {
        return kind;
    }
}
