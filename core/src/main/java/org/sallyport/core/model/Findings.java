package org.sallyport.core.model;

import java.time.Instant;

/**
 * A verdict and by what means it was come to.
 *
 * @param sha256      of exactly the bytes it is about, 64 lower-case hex digits; empty if they were not read to the end
 * @param at          when they were looked at; the epoch if they were not
 * @param engine      the antivirus program that answered, such as {@code ClamAV 1.4.3}; empty if none did
 * @param definitions when its virus definitions were made; the epoch if not known or none were used
 */
public record Findings(Verdict verdict, String sha256, Instant at, String engine, Instant definitions) {

    /** Nothing was looked at. */
    public static Findings none(Verdict verdict) {
        return new Findings(verdict, "", Instant.EPOCH, "", Instant.EPOCH);
    }
}
