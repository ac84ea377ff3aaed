package org.sallyport.core.model;

import java.time.Instant;

/**
 * The antivirus program in use, as it was when it was last asked.
 *
 * @param kind           whether it can be asked
 * @param address        where it listens, such as {@code /run/clamav/clamd.ctl}; empty for {@link Kind#NONE}
 * @param engine         name and version, such as {@code ClamAV 1.4.3}; empty unless ready
 * @param definitions    version of its virus definitions; empty if it does not say
 * @param definitionsAt  when they were made; the epoch if it does not say
 * @param old            ready, but the definitions are older than the settings allow, or of unknown age: an amber light, nothing is called clean
 * @param largestBytes   files above this size are not scanned; 0 unless ready
 * @param at             when it was asked; the epoch if it never was
 * @param sentence       for a person: what is so, and the next step if one is needed
 */
public record ScannerState(Kind kind, String address, String engine, String definitions, Instant definitionsAt, boolean old, long largestBytes,
        Instant at, String sentence) {
    /** NONE: none is set up. UNREACHABLE: one is, and does not answer as it should. */
    public enum Kind { NONE, UNREACHABLE, READY }

    public static ScannerState none(String sentence) {
        return new ScannerState(Kind.NONE, "", "", "", Instant.EPOCH, false, 0, Instant.EPOCH, sentence);
    }

    public static ScannerState unreachable(String address, Instant at, String sentence) {
        return new ScannerState(Kind.UNREACHABLE, address, "", "", Instant.EPOCH, false, 0, at, sentence);
    }
}
