package org.sallyport.core.screening;

import java.time.Instant;
import org.sallyport.core.model.Verdict;

/**
 * What screening found out about one file, and by what means.
 *
 * @param sha256      of exactly the bytes the verdict is about, 64 lower-case hex digits; empty if they could not be read to the end
 * @param at          when it was finished
 * @param engine      the antivirus program that answered for these bytes, such as {@code ClamAV 1.4.3}; empty if none did
 * @param definitions when the virus definitions were made; the epoch if not known or none were used
 * @param retry       worth trying again with the same bytes: the antivirus program was missing, busy or old, or the file changed meanwhile
 * @param what        it is by its content, with the article, such as {@code a Windows program}; empty if not known
 */
public record Screened(Verdict verdict, String sha256, Instant at, String engine, Instant definitions, boolean retry, String what) {

    /** Of a file whose content nobody could look at. */
    public Screened(Verdict verdict, String sha256, Instant at, String engine, Instant definitions, boolean retry) {
        this(verdict, sha256, at, engine, definitions, retry, "");
    }
}
