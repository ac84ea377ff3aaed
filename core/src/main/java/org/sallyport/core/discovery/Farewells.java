package org.sallyport.core.discovery;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Tells trackers {@code stopped}; one that comes back must not be greeted before it was told goodbye. Network loop only. */
final class Farewells {
    private final TrackerCalls calls;
    private final ScheduledExecutorService loop;
    /** By URL, those under way. */
    private final Map<String, CompletableFuture<Void>> underWay = new HashMap<>();

    Farewells(TrackerCalls calls, ScheduledExecutorService loop) {
        this.calls = calls;
        this.loop = loop;
    }

    /** @return done when the tracker was told or could not be; never fails */
    CompletableFuture<Void> say(TrackerEntry entry, AnnounceRequest stopped) {
        entry.knowsUs(false);
        CompletableFuture<Void> told = calls.announce(entry, stopped).handleAsync((answer, problem) -> null, loop);
        underWay.put(entry.url(), told);
        told.thenRun(() -> underWay.remove(entry.url(), told));
        return told;
    }

    /** @return done when no goodbye to that tracker is under way */
    CompletableFuture<Void> before(TrackerEntry entry) {
        return underWay.getOrDefault(entry.url(), CompletableFuture.completedFuture(null));
    }

    /** @return done on the loop when all are, at the latest after {@code deadline} */
    CompletableFuture<Void> within(Duration deadline, Collection<CompletableFuture<Void>> all) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        ScheduledFuture<?> bound = loop.schedule(() -> done.complete(null), deadline.toNanos(), TimeUnit.NANOSECONDS);
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).whenComplete((told, problem) -> {
            bound.cancel(false);
            done.complete(null);
        });
        return done;
    }
}
