package org.sallyport.core.screening;

import java.nio.file.Path;
import org.sallyport.core.model.Verdict;

/** Looks at a finished file before it leaves quarantine. Any thread. */
public final class Screening {
    private static final Verdict NO_SCANNER = Verdict.notScanned("No virus scanner is set up yet.");

    /**
     * What is known about {@code file}. Without a scanner nothing is known, and the verdict says so: never clean (invariant I3).
     *
     * @param file        where the bytes are now, in quarantine
     * @param torrentPath its safe relative path in the torrent, with {@code /} between folders
     */
    public Verdict screen(Path file, String torrentPath) {
        return NO_SCANNER;
    }
}
