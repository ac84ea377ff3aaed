package org.sallyport.core.engine;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.model.Findings;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Opening;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.ScannerState;
import org.sallyport.core.model.Verdict;

/**
 * Files between the network and the user: what is held, and what may be done with it. Any thread. What is held now is in the snapshot
 * ({@code EngineSnapshot.quarantine()}).
 */
public interface Quarantine {

    /** Looks at a file again, and releases or holds it by what is found. Done with the new verdict; may take as long as a scan. */
    CompletableFuture<Outcome<Verdict>> rescan(InfoHash hash, int file);

    /**
     * Lets a held file out, this once. Refused by policy; for malware with {@code policy.release-held-infected} unless it is insisted.
     *
     * @param insisted the person was told a second time that malware is in it, and wants it all the same
     */
    CompletableFuture<Outcome<Verdict>> release(InfoHash hash, int file, boolean insisted);

    /** Deletes a held file for good, not into the trash, and skips it from now on. */
    CompletableFuture<Outcome<Verdict>> delete(InfoHash hash, int file);

    /**
     * Asks whether a file may be opened. Refused with {@code policy.open-quarantined} before it is released, {@code policy.open-infected}, and
     * {@code policy.open-program} for what starts something unless it is insisted.
     *
     * @param insisted the person knows that it is a program and wants to start it
     */
    CompletableFuture<Outcome<Opening>> open(InfoHash hash, int file, boolean insisted);

    /** Looks at any file of the user, where it is. Nothing is moved. */
    CompletableFuture<Outcome<Findings>> scan(Path file);

    /** Looks for the antivirus program again, and asks how it is. */
    CompletableFuture<Outcome<ScannerState>> findScanner();
}
