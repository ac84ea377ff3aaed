package org.sallyport.core.model;

import java.time.Instant;

/**
 * The blocklist in force.
 *
 * @param ranges   separate address ranges that are blocked; 0 when there is no list
 * @param badLines lines of its file that were skipped because they say nothing in a known format
 * @param loadedAt when the user loaded it; the epoch when there is none
 * @param sentence for a person
 */
public record BlocklistState(Kind kind, int ranges, int badLines, Instant loadedAt, String sentence) {
    public static final BlocklistState NONE = new BlocklistState(Kind.NONE, 0, 0, Instant.EPOCH, "No blocklist: every address may be called.");

    /** DAMAGED: the saved one cannot be read, and everybody is blocked until another is loaded or it is cleared. */
    public enum Kind { NONE, LOADED, DAMAGED }
}
