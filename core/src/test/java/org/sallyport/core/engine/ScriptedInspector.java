package org.sallyport.core.engine;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.ScannerState;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.screening.ScreenRequest;
import org.sallyport.core.screening.ScreenWatch;
import org.sallyport.core.screening.Screened;
import org.sallyport.core.screening.Screening;
import org.sallyport.core.settings.Settings;

/** Finds what the test says; reads and hashes files as screening does. Clean is what nothing was said about. */
final class ScriptedInspector implements Inspector {
    static final String ENGINE = "Test 1.0";

    private final Screening screening = new Screening(() -> Settings.Screening.DEFAULT.withScanner("none"), Clock.systemUTC());
    private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();
    private final List<String> looked = new CopyOnWriteArrayList<>();
    private final Map<String, Intent> intents = new ConcurrentHashMap<>();
    private volatile boolean ready = true;
    private volatile Instant definitions = Instant.parse("2026-11-01T00:00:00Z");
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** @param name the last part of its path */
    ScriptedInspector finds(String name, Verdict.Kind kind, String reason) {
        verdicts.put(name, new Verdict(kind, reason));
        return this;
    }

    ScriptedInspector findsNothingIn(String name) {
        verdicts.remove(name);
        return this;
    }

    /** The antivirus program runs, or not. */
    void ready(boolean now) {
        ready = now;
    }

    void newDefinitions(Instant made) {
        definitions = made;
    }

    /** From now on nothing ends before {@link #open}. */
    void block() {
        gate = new CountDownLatch(1);
    }

    void open() {
        gate.countDown();
    }

    /** Names of files, in the order in which they were looked at. */
    List<String> looked() {
        return looked;
    }

    /** What each file was fetched for, by the last part of its path. */
    Map<String, Intent> intents() {
        return intents;
    }

    @Override
    public Screened screen(ScreenRequest request, ScreenWatch watch) {
        looked.add(request.name());
        intents.put(request.name(), request.intent());
        try {
            if (!gate.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("never opened");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Screened read = screening.screen(request, watch);
        boolean scanned = ready;
        Verdict verdict = scanned ? verdicts.getOrDefault(request.name(), new Verdict(Verdict.Kind.CLEAN, ""))
                : Verdict.notScanned("The scanner is away.");
        return new Screened(verdict, read.sha256(), read.at(), scanned ? ENGINE : "", scanned ? definitions : Instant.EPOCH, !scanned);
    }

    @Override
    public ScannerState scannerState() {
        return ready ? new ScannerState(ScannerState.Kind.READY, "unix:/test", ENGINE, "1", definitions, false, 1 << 30, definitions, "Ready.")
                : ScannerState.unreachable("unix:/test", definitions, "It does not answer. Start it.");
    }

    @Override
    public ScannerState probe() {
        return scannerState();
    }
}
