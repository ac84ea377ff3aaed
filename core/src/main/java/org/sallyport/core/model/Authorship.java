package org.sallyport.core.model;

/**
 * Who made a torrent, as far as its signatures (BEP 35) tell. Whether many people share something says nothing about who made it.
 *
 * @param kind        how sure that is
 * @param id          what the signer calls itself, such as {@code org.example}; safe to show; empty without a signature
 * @param name        what the user calls this publisher; empty unless it is in the publisher book
 * @param fingerprint SHA-256 of the signer's key, 64 hex digits; empty without a key
 * @param reason      a whole sentence: what is wrong, or why it is not certain; empty when there is nothing to add
 */
public record Authorship(Kind kind, String id, String name, String fingerprint, String reason) {

    public static final Authorship NONE = new Authorship(Kind.NONE, "", "", "", "");

    /**
     * KNOWN: signed by a publisher of the book. NEW: a good signature of somebody who is not in the book. BROKEN: a signature does not
     * fit, so somebody changed something. WEAK: signed in a way that proves nothing. EXPIRED: was good, its time is over.
     * NONE: nobody signed.
     */
    public enum Kind { KNOWN, NEW, BROKEN, WEAK, EXPIRED, NONE }

    public static Authorship known(String id, String name, String fingerprint) {
        return new Authorship(Kind.KNOWN, id, name, fingerprint, "");
    }

    public static Authorship broken(String id, String reason) {
        return new Authorship(Kind.BROKEN, id, "", "", reason);
    }

    /** The beginning of the fingerprint in groups of four, for a person to compare. */
    public String shortFingerprint() {
        return fingerprint.isEmpty() ? "" : fingerprint.substring(0, 16).replaceAll("(.{4})(?!$)", "$1 ");
    }

    /** In plain words, such as "Signed by Example Press". */
    public String sentence() {
        return switch (kind) {
            case KNOWN -> "Signed by " + name + ", a publisher you know.";
            case NEW -> ("Signed by \"" + id + "\", whom you do not know yet (key " + shortFingerprint() + "). " + reason).strip();
            case BROKEN -> "The signature is broken. " + reason;
            case WEAK -> "Signed in a way that proves nothing. " + reason;
            case EXPIRED -> "Signed by " + (name.isEmpty() ? "\"" + id + "\"" : name) + ", but the time of the signature is over. " + reason;
            case NONE -> "Unknown author: nobody signed it.";
        };
    }
}
