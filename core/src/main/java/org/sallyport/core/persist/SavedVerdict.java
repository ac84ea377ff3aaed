package org.sallyport.core.persist;

import java.time.Instant;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Verdict;

/**
 * What was found out about one file of a torrent, and what became of it.
 *
 * @param file        0-based, as in the torrent
 * @param sha256      of the bytes the verdict is about, 64 lower-case hex digits; empty if they could not be read
 * @param at          when they were looked at
 * @param engine      the antivirus program that answered; empty if none did
 * @param definitions when its virus definitions were made; the epoch if not known
 * @param retry       worth looking at again with the same bytes
 * @param fate        what was decided
 */
public record SavedVerdict(InfoHash hash, int file, Verdict verdict, String sha256, Instant at, String engine, Instant definitions,
        boolean retry, Fate fate) {

    /**
     * RELEASED: it may leave quarantine, or has; kept before it does. HELD: it stays there. FREED: a person let it out all the same.
     * DELETED: a person deleted it in quarantine.
     */
    public enum Fate { HELD, RELEASED, FREED, DELETED }

    public SavedVerdict withFate(Fate other) {
        return new SavedVerdict(hash, file, verdict, sha256, at, engine, definitions, retry, other);
    }
}
