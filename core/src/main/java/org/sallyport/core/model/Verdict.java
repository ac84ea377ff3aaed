package org.sallyport.core.model;

/**
 * What screening found out about a file (design: "the way of a file").
 *
 * @param kind   the answer
 * @param reason why suspicious, the malware's name, or why it was not scanned; empty for {@link Kind#CLEAN}
 */
public record Verdict(Kind kind, String reason) {

    /** "Not scanned" is an answer of its own and never shown as clean (invariant I3). */
    public enum Kind { CLEAN, SUSPICIOUS, INFECTED, NOT_SCANNED }

    public static Verdict notScanned(String reason) {
        return new Verdict(Kind.NOT_SCANNED, reason);
    }
}
