package org.sallyport.app.wiring;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Turns SIGTERM, Ctrl-C and {@code quit} into an orderly end: whoever runs is asked to stop, and the process keeps the exit
 * code it then gives, instead of the 143 a killed JVM would answer.
 */
public final class StopSignal {
    // an engine closes within 5 s; what is left after that is what a kill would leave, and that is safe (invariant I10)
    private static final long GRACE_SECONDS = 7;

    private final AtomicBoolean installed = new AtomicBoolean();
    private final CompletableFuture<Boolean> requested = new CompletableFuture<>();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();

    /** From now on a signal asks for the stop and waits for {@link #ended}. For what holds state; all else may just be killed. Idempotent. */
    public void install() {
        install(() -> { });
    }

    /**
     * The same for a program whose main thread a signal does not free, such as one that waits for a window: JavaFX stops its own
     * thread at the signal, and with it whatever was to close the window.
     *
     * @param closing closes what holds state, on the signal's thread; the process then ends as done
     */
    public void installAndClose(Runnable closing) {
        install(() -> {
            closing.run();
            ended(Exit.DONE);
        });
    }

    private void install(Runnable atSignal) {
        if (installed.compareAndSet(false, true)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndHalt(atSignal), "stop-signal"));
        }
    }

    /** Asks for the stop. Any thread. */
    public void request() {
        requested.complete(true);
    }

    /** Completes when a stop was asked for. */
    public CompletableFuture<Boolean> requested() {
        return requested;
    }

    public boolean isRequested() {
        return requested.isDone();
    }

    /** Tells that all is closed and the process may go with this exit code. */
    public void ended(int exitCode) {
        ended.complete(exitCode);
    }

    private void stopAndHalt(Runnable atSignal) {
        if (ended.isDone()) {
            return;
        }
        request();
        atSignal.run();
        int code = Exit.FAILED;
        try {
            code = ended.get(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            System.err.println("Sallyport did not stop in time and was cut off.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }
}
