package org.sallyport.core.model;

/** Carries a {@link Refusal} out of a parser or a gate to the command that asked. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        super(refusal.rule() + ": " + refusal.sentence());
        this.refusal = refusal;
    }

    public RefusedException(String rule, String sentence) {
        this(new Refusal(rule, sentence));
    }

    public Refusal refusal() {
        return refusal;
    }
}
