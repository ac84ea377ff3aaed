package org.sallyport.core.model;

import java.time.Instant;

/**
 * A publisher of the book.
 *
 * @param id          what it calls itself in torrents
 * @param name        what the user calls it
 * @param fingerprint SHA-256 of its public key, 64 hex digits
 * @param own         torrents can be signed in its name here
 */
public record PublisherSnapshot(String id, String name, String fingerprint, Key key, Instant addedAt, boolean own) {

    /** Kind of its key. */
    public enum Key { RSA, ED25519 }

    /** The beginning of the fingerprint in groups of four, for a person to compare. */
    public String shortFingerprint() {
        return fingerprint.substring(0, 16).replaceAll("(.{4})(?!$)", "$1 ");
    }
}
