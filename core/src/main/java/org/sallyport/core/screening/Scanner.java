package org.sallyport.core.screening;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.sallyport.core.model.ScannerState;

/** An antivirus program. Blocks; one thread at a time. */
interface Scanner {

    /**
     * Asks it who it is, how old its definitions are, and whether it knows the harmless test file. What went wrong is in the state.
     *
     * @param stillWanted called twice a second at least; throws when it is not
     */
    ScannerState probe(Runnable stillWanted);

    /**
     * Has the whole file looked at, reading it by {@link Specimen#read}.
     *
     * @throws IOException           only if the file could not be read; trouble of the program is an answer
     * @throws CancellationException if it is not wanted any more
     */
    ScanAnswer scan(Specimen specimen) throws IOException;

    /** Up to where it looks into archives. */
    Reach reach();

    /**
     * What an archive may hold at most for all of it to be looked at.
     *
     * @param totalBytes of the archive and all that is in it; @param fileBytes of one file in it
     * @param alerts     it says itself when it did not look at everything
     */
    record Reach(long totalBytes, long fileBytes, int depth, int files, boolean alerts) {
        static final Reach UNLIMITED = new Reach(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, true);
    }
}
