package org.sallyport.ui.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;

/** How long the FX thread lets one wait who wants to run something on it; asked again some milliseconds after each answer. */
final class Delays {
    private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
    private final ScheduledFuture<?> rhythm;
    private volatile boolean counting;

    /** In milliseconds. */
    record Summary(int count, double longest, double p99, double median) { }

    Delays(ScheduledExecutorService thread, long everyMillis) {
        this.rhythm = thread.scheduleWithFixedDelay(this::ask, 0, everyMillis, TimeUnit.MILLISECONDS);
    }

    private void ask() {
        CompletableFuture<Long> ran = new CompletableFuture<>();
        long asked = System.nanoTime();
        Platform.runLater(() -> ran.complete(System.nanoTime()));
        long waited = ran.join() - asked;
        if (counting) {
            nanos.add(waited);
        }
    }

    void begin() {
        counting = true;
    }

    Summary end() {
        counting = false;
        rhythm.cancel(false);
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        return new Summary(sorted.size(), at(sorted, 1), at(sorted, 0.99), at(sorted, 0.5));
    }

    private static double at(List<Long> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size()))) / 1e6;
    }
}
