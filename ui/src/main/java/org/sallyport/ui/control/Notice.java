package org.sallyport.ui.control;

import org.sallyport.core.model.Outcome;

/**
 * Something to tell calmly inside a screen.
 *
 * @param sentence what happened, what it means, what to do; empty shows nothing
 * @param rule     id of the rule that refused, shown small; empty when no rule did
 */
public record Notice(Kind kind, String sentence, String rule) {
    /** What colour and icon it gets; the words carry the meaning. */
    public enum Kind { INFO, DONE, WARNING, REFUSED, FAILED }

    public static final Notice NONE = new Notice(Kind.INFO, "", "");

    public static Notice info(String sentence) {
        return new Notice(Kind.INFO, sentence, "");
    }

    public static Notice done(String sentence) {
        return new Notice(Kind.DONE, sentence, "");
    }

    public static Notice warning(String sentence) {
        return new Notice(Kind.WARNING, sentence, "");
    }

    public static Notice failed(String sentence) {
        return new Notice(Kind.FAILED, sentence, "");
    }

    /** What to say about the end of a command: nothing when it was done, because the next snapshot shows it. */
    public static Notice of(Outcome<?> outcome) {
        return outcome.fold(done -> NONE, refusal -> new Notice(Kind.REFUSED, refusal.sentence(), refusal.rule()), Notice::failed);
    }

    public boolean isEmpty() {
        return sentence.isEmpty();
    }
}
