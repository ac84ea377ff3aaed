package org.sallyport.core.screening;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import org.sallyport.core.model.ScannerState;
import org.sallyport.core.model.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at finished files before they leave quarantine. Every method but {@link #scannerState} waits for the disk and for the antivirus
 * program: any thread that may be kept for half an hour; one file is scanned at a time, further callers wait.
 */
public final class Screening {
    private static final Logger LOG = LoggerFactory.getLogger(Screening.class);
    private static final ScannerState NO_SCANNER = ScannerState.none("No virus scanner is set up yet.");

    private final Clock clock;

    public Screening(Clock clock) {
        this.clock = clock;
    }

    /**
     * What is known about a file. Never clean unless all of its bytes were looked at (invariant I3); trouble of any kind is a verdict with its
     * reason.
     *
     * @throws CancellationException when {@code watch} or an interrupt ended it
     */
    public Screened screen(ScreenRequest request, ScreenWatch watch) {
        try (Specimen specimen = Specimen.open(request.file(), watch)) {
            return screened(NO_SCANNER.sentence(), specimen.finish());
        } catch (ClosedByInterruptException e) {
            throw new CancellationException();
        } catch (Specimen.ChangedException e) {
            return screened("It was changed while it was looked at. Scan it again.", "");
        } catch (IOException e) {
            LOG.warn("cannot read a file to screen", e);
            return screened("It cannot be read. Check the disk, then scan it again.", "");
        }
    }

    private Screened screened(String why, String sha256) {
        return new Screened(Verdict.notScanned(why), sha256, clock.instant(), "", Instant.EPOCH, true);
    }

    /** The antivirus program as it was when last asked. Any thread, does not wait. */
    public ScannerState scannerState() {
        return NO_SCANNER;
    }

    /** Looks for the antivirus program again and asks it for its version. */
    public ScannerState probe() {
        return NO_SCANNER;
    }
}
