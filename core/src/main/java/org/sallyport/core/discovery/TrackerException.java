package org.sallyport.core.discovery;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sallyport.core.model.Refusal;

/** A tracker gave no usable answer; the message is a sentence for a person. With a {@link #refusal()} it was we who said no. */
public final class TrackerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Refusal refusal;

    public TrackerException(String sentence) {
        super(sentence);
        refusal = null;
    }

    public TrackerException(String sentence, Throwable cause) {
        super(sentence, cause);
        refusal = null;
    }

    public TrackerException(Refusal refusal) {
        super(refusal.sentence());
        this.refusal = refusal;
    }

    TrackerException(String rule, String sentence) {
        this(new Refusal(rule, sentence));
    }

    TrackerException(Refusal refusal, Throwable cause) {
        super(refusal.sentence(), cause);
        this.refusal = refusal;
    }

    /** The rule that said no; empty when the tracker or the network failed. */
    public Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }
}
