package org.sallyport.core.screening;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.sallyport.core.model.ScannerState;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at finished files before they leave quarantine. Every method but {@link #scannerState} waits for the disk and for the antivirus
 * program: any thread that may be kept for half an hour; one file is scanned at a time, further callers wait.
 */
public final class Screening {
    private static final Logger LOG = LoggerFactory.getLogger(Screening.class);
    private static final long LOOK_UP_MILLIS = 500;
    private static final ScannerState NOT_ASKED = ScannerState.none("Nobody has looked for a virus scanner yet. Check again.");
    private static final ScannerState OFF = ScannerState.none("The virus scanner is switched off in the settings, so nothing is called clean.");

    private final Supplier<Settings.Screening> settings;
    private final Clock clock;
    private final ClamdFinder finder;
    private final ClamdTimes times;
    /** One scan at a time: clamd has few threads, and the disk has one head. */
    private final ReentrantLock turn = new ReentrantLock(true);
    private final AtomicReference<ScannerState> state = new AtomicReference<>(NOT_ASKED);

    /** Knows what it learned of its limits; only in turn. */
    private Clamd current;

    /**
     * @param settings asked for every file
     */
    public Screening(Supplier<Settings.Screening> settings, Clock clock) {
        this(settings, clock, new ClamdFinder(Path.of("").toAbsolutePath().getRoot()), ClamdTimes.USUAL);
    }

    Screening(Supplier<Settings.Screening> settings, Clock clock, ClamdFinder finder, ClamdTimes times) {
        this.settings = settings;
        this.clock = clock;
        this.finder = finder;
        this.times = times;
        this.current = new Clamd(new ClamdAddress(""), finder, times, this::freshFor, clock);
    }

    /**
     * What is known about a file. Never clean unless all of its bytes were looked at (invariant I3); trouble of any kind is a verdict with its
     * reason.
     *
     * @throws CancellationException when {@code watch} or an interrupt ended it
     */
    public Screened screen(ScreenRequest request, ScreenWatch watch) {
        takeTurn(() -> watch.goesOn(0));
        try (Specimen specimen = Specimen.open(request.file(), watch)) {
            ScanAnswer answer = scan(specimen);
            Findings findings = FileLook.at(specimen, request, reach(answer));
            return judge(answer, findings, specimen.finish());
        } catch (ClosedByInterruptException e) {
            throw new CancellationException();
        } catch (Specimen.ChangedException e) {
            return unread("It was changed while it was looked at. Scan it again.");
        } catch (IOException e) {
            LOG.warn("cannot read a file to screen", e);
            return unread("It cannot be read. Check the disk, then scan it again.");
        } finally {
            turn.unlock();
        }
    }

    /** The antivirus program as it was when last asked. Any thread, does not wait. */
    public ScannerState scannerState() {
        return state.get();
    }

    /** Looks for the antivirus program again, asks it for its version, and has it find the harmless test file. */
    public ScannerState probe() {
        takeTurn(() -> true);
        try {
            ScannerState found = scanner().map(scanner -> scanner.probe(() -> { })).orElseGet(this::none);
            state.set(found);
            return found;
        } finally {
            turn.unlock();
        }
    }

    private ScanAnswer scan(Specimen specimen) throws IOException {
        Optional<Scanner> scanner = scanner();
        ScanAnswer answer = scanner.isPresent() ? scanner.get().scan(specimen)
                : new ScanAnswer(ScanAnswer.Kind.NOT_SCANNED, none().sentence(), true, none());
        state.set(answer.state());
        return answer;
    }

    /** What an antivirus program that did not look at it would have passed over is of no interest. */
    private Scanner.Reach reach(ScanAnswer answer) {
        return answer.kind() == ScanAnswer.Kind.CLEAN ? current.reach() : Scanner.Reach.UNLIMITED;
    }

    /** The worst that is known counts; what is suspicious and not scanned either says both. */
    private Screened judge(ScanAnswer answer, Findings findings, String sha256) {
        ScannerState by = answer.state();
        boolean stale = answer.kind() == ScanAnswer.Kind.CLEAN && by.old();
        String missing = answer.kind() == ScanAnswer.Kind.NOT_SCANNED ? answer.text() : stale ? by.sentence() : findings.incomplete();
        Verdict verdict;
        if (answer.kind() == ScanAnswer.Kind.INFECTED) {
            verdict = new Verdict(Verdict.Kind.INFECTED, answer.text());
        } else if (findings.isSuspicious()) {
            verdict = new Verdict(Verdict.Kind.SUSPICIOUS, (findings.suspicions() + " " + missing).strip());
        } else if (missing.isEmpty()) {
            verdict = new Verdict(Verdict.Kind.CLEAN, "");
        } else {
            verdict = Verdict.notScanned(missing);
        }
        return new Screened(verdict, sha256, clock.instant(), by.engine(), by.definitionsAt(), answer.retry() || stale, findings.what());
    }

    private Screened unread(String why) {
        return new Screened(Verdict.notScanned(why), "", clock.instant(), "", Instant.EPOCH, true);
    }

    private Optional<Scanner> scanner() {
        String chosen = settings.get().scanner();
        return switch (chosen) {
            case "none" -> Optional.empty();
            case "" -> finder.find().map(this::clamd);
            default -> ClamdAddress.parse(chosen).map(this::clamd);
        };
    }

    private Scanner clamd(ClamdAddress address) {
        if (!current.address().equals(address)) {
            current = new Clamd(address, finder, times, this::freshFor, clock);
        }
        return current;
    }

    private Duration freshFor() {
        return Duration.ofDays(settings.get().definitionsMaxDays());
    }

    private ScannerState none() {
        return switch (settings.get().scanner()) {
            case "none" -> OFF;
            case "" -> ScannerState.none(install());
            default -> ScannerState.none("The virus scanner's address in the settings is none that may be used. "
                    + "Write the path of its socket, or localhost: and its port, or leave it empty and it is looked for.");
        };
    }

    private static String install() {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        return windows
                ? "No virus scanner that this program can ask was found. Windows' own looks at a file when it is opened; for a verdict before that, "
                + "install ClamAV with clamd and enter its address in the settings."
                : "No virus scanner was found. Install ClamAV's daemon (clamav-daemon on Debian and Ubuntu, clamd on Fedora, clamav from Homebrew), "
                + "start it, then check again.";
    }

    private void takeTurn(BooleanSupplier stillWanted) {
        try {
            while (!turn.tryLock(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS)) {
                if (!stillWanted.getAsBoolean()) {
                    throw new CancellationException();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }
}
