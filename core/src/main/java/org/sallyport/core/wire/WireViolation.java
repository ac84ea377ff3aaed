package org.sallyport.core.wire;

/** A peer broke the protocol; the connection it came on is closed. Carries no stack trace: hostile peers make many. */
public final class WireViolation extends Exception {
    private static final long serialVersionUID = 1L;

    private final String rule;

    /** @param rule stable id, such as {@code wire.frame-length} @param message what it did */
    public WireViolation(String rule, String message) {
        super(message, null, false, false);
        this.rule = rule;
    }

    public String rule() {
        return rule;
    }
}
