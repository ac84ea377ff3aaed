package org.sallyport.core.model;

import java.time.Instant;
import java.util.List;

/**
 * How far a pairing is.
 *
 * @param code      to be shown to the person with the other device while {@link Stage#OFFERING}; a secret, never for a log
 * @param expiresAt of the code; {@link Instant#EPOCH} when there is none
 * @param words     six, from {@link Stage#COMPARING} on; both screens must show the same
 * @param otherId   of the other device once it is known, else empty; @param otherName what it calls itself
 * @param sentence  for a person: what is going on, or why it ended and what to do
 * @param rule     which refused it, once it has {@link Stage#ENDED}; else empty
 */
public record PairingState(
        Stage stage, String code, Instant expiresAt, List<String> words, String otherId, String otherName, String sentence, String rule) {
    public static final PairingState NONE = new PairingState(Stage.NONE, "", Instant.EPOCH, List.of(), "", "", "");

    /** In this order, but ENDED can follow each but PAIRED: nothing was paired. OFFERING shows a code, CONNECTING has read one. */
    public enum Stage { NONE, OFFERING, CONNECTING, COMPARING, WAITING, PAIRED, ENDED }

    public PairingState {
        words = List.copyOf(words);
    }

    /** One that nothing was refused of. */
    public PairingState(Stage stage, String code, Instant expiresAt, List<String> words, String otherId, String otherName, String sentence) {
        this(stage, code, expiresAt, words, otherId, otherName, sentence, "");
    }

    /** Without code and words. */
    @Override
    public String toString() {
        return "PairingState(" + stage + ")";
    }
}
