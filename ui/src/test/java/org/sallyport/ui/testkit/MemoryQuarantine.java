package org.sallyport.ui.testkit;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sallyport.core.engine.Quarantine;
import org.sallyport.core.model.Findings;
import org.sallyport.core.model.HeldFile;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Opening;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.QuarantineState;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.ScannerState;
import org.sallyport.core.model.Verdict;

/** Held files without a file: rules and answers as the contract of {@link Quarantine} has them. */
public final class MemoryQuarantine implements Quarantine {
    private static final Verdict CLEAN = new Verdict(Verdict.Kind.CLEAN, "");

    private final MemoryEngine engine;
    private final List<HeldFile> held = new CopyOnWriteArrayList<>();
    private volatile ScannerState scanner = ScannerState.none("No virus scanner was found. Install ClamAV, then look again.");
    private volatile ScannerState found = scanner;

    MemoryQuarantine(MemoryEngine engine) {
        this.engine = engine;
    }

    QuarantineState state() {
        return new QuarantineState(held, scanner);
    }

    /** Holds a file from now on. */
    public HeldFile hold(InfoHash hash, int file, String torrent, String path, Verdict.Kind kind, String reason) {
        HeldFile now = new HeldFile(hash, file, torrent, path, 1_234_567, new Findings(new Verdict(kind, reason), "ab".repeat(32),
                Instant.parse("2026-11-20T10:15:30Z"), "ClamAV 1.4.3", Instant.parse("2026-11-19T08:00:00Z")), "From people on the internet, "
                        + "author unknown", false);
        held.add(now);
        engine.changed();
        return now;
    }

    /** What the next look for a scanner finds. */
    public void scannerToFind(ScannerState state) {
        found = state;
    }

    public static ScannerState ready() {
        return new ScannerState(ScannerState.Kind.READY, "unix:/run/clamav/clamd.ctl", "ClamAV 1.4.3", "27500",
                Instant.parse("2026-11-19T08:00:00Z"), false, 2_147_483_647, Instant.parse("2026-11-20T10:15:30Z"),
                "ClamAV 1.4.3 answers, and found the test file.");
    }

    private CompletableFuture<Outcome<Verdict>> take(String command, InfoHash hash, int file, Verdict verdict) {
        engine.note(command + " " + file);
        Optional<Refusal> refusal = engine.refusal(command);
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(Outcome.refused(refusal.get()));
        }
        held.removeIf(each -> each.hash().equals(hash) && each.file() == file);
        engine.changed();
        return CompletableFuture.completedFuture(Outcome.done(verdict));
    }

    @Override
    public CompletableFuture<Outcome<Verdict>> rescan(InfoHash hash, int file) {
        return take("rescan", hash, file, CLEAN);
    }

    @Override
    public CompletableFuture<Outcome<Verdict>> release(InfoHash hash, int file, boolean insisted) {
        boolean infected = held.stream().anyMatch(each -> each.hash().equals(hash) && each.file() == file
                && each.findings().verdict().kind() == Verdict.Kind.INFECTED);
        if (infected && !insisted) {
            return CompletableFuture.completedFuture(Outcome.refused("policy.release-held-infected", "The virus scanner found malware in "
                    + "this file."));
        }
        return take(insisted ? "insist" : "release", hash, file, CLEAN);
    }

    @Override
    public CompletableFuture<Outcome<Verdict>> delete(InfoHash hash, int file) {
        return take("delete", hash, file, CLEAN);
    }

    @Override
    public CompletableFuture<Outcome<Opening>> open(InfoHash hash, int file, boolean insisted) {
        engine.note((insisted ? "open-program " : "open ") + file);
        Optional<Refusal> refusal = engine.refusal(insisted ? "open-program" : "open");
        return CompletableFuture.completedFuture(refusal.<Outcome<Opening>>map(Outcome::refused)
                .orElseGet(() -> Outcome.done(new Opening(Path.of("/downloads/file" + file), "file" + file, CLEAN))));
    }

    @Override
    public CompletableFuture<Outcome<Findings>> scan(Path file) {
        return CompletableFuture.completedFuture(Outcome.done(Findings.none(CLEAN)));
    }

    @Override
    public CompletableFuture<Outcome<ScannerState>> findScanner() {
        engine.note("find scanner");
        scanner = found;
        engine.changed();
        return CompletableFuture.completedFuture(Outcome.done(scanner));
    }
}
