package org.sallyport.core.engine;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sallyport.core.discovery.DaemonThreads;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.ScannerState;
import org.sallyport.core.screening.ScreenRequest;
import org.sallyport.core.screening.ScreenWatch;
import org.sallyport.core.screening.Screened;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has files looked at on threads of their own: a torrent waits here with one file at most. Any thread; closing it ends what is under way,
 * which is begun anew in the next run.
 */
final class ScreeningDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScreeningDesk.class);
    private static final int THREADS = 2;
    private static final int READY_ROUNDS = 10;

    private final Inspector inspector;
    private final EventLog events;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, DaemonThreads.named("sallyport-screen"));
    private final ExecutorService asking = Executors.newSingleThreadExecutor(DaemonThreads.named("sallyport-scanner"));
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean unmarkedTold = new AtomicBoolean();
    private int rounds;

    ScreeningDesk(Inspector inspector, EventLog events) {
        this.inspector = inspector;
        this.events = events;
    }

    /** Cancelled when {@code watch} or the end of the program ended it. */
    CompletableFuture<Screened> screen(ScreenRequest request, ScreenWatch watch) {
        return on(threads, () -> inspector.screen(request, done -> !closed.get() && watch.goesOn(done)));
    }

    /** As it was when last asked. */
    ScannerState scanner() {
        return inspector.scannerState();
    }

    /** Asks it again, or looks for one. */
    CompletableFuture<ScannerState> ask() {
        return on(asking, inspector::probe);
    }

    /** Work that only a later time needs: trouble with it is in the log. */
    void askSometime() {
        ask().exceptionally(failure -> {
            if (!closed.get()) {
                LOG.warn("the antivirus program could not be asked", failure);
            }
            return inspector.scannerState();
        });
    }

    /** Once in a while: one that is ready rarely changes, one that is not is waited for. */
    void askNowAndThen() {
        if (scanner().kind() != ScannerState.Kind.READY || ++rounds % READY_ROUNDS == 0) {
            askSometime();
        }
    }

    private interface Work<T> {
        T get();
    }

    private static <T> CompletableFuture<T> on(ExecutorService threads, Work<T> work) {
        try {
            return CompletableFuture.supplyAsync(work::get, threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Once is enough to know of. */
    void tellUnmarked(String folder) {
        if (unmarkedTold.compareAndSet(false, true)) {
            events.tell(Severity.TROUBLE, "file.unmarked", "The disk of \"" + folder
                    + "\" cannot keep where files came from, so other programs do not know that they "
                    + "are from outside. Be careful when you open them, or choose a download folder on another disk.", Map.of("path", folder));
        }
    }

    @Override
    public void close() {
        closed.set(true);
        threads.shutdownNow();
        asking.shutdownNow();
    }
}
