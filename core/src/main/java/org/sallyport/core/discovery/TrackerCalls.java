package org.sallyport.core.discovery;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.sallyport.core.model.InfoHash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the blocking questions off the network loop. The futures end on tracker threads. */
final class TrackerCalls {
    private static final Logger LOG = LoggerFactory.getLogger(TrackerCalls.class);

    private final TrackerClient client;
    private final Executor trackerThreads;

    TrackerCalls(TrackerClient client, Executor trackerThreads) {
        this.client = client;
        this.trackerThreads = trackerThreads;
    }

    /** A blocking question. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws TrackerException;
    }

    CompletableFuture<AnnounceResponse> announce(TrackerEntry entry, AnnounceRequest request) {
        String url = entry.url();
        String trackerId = entry.trackerId();
        return on(() -> client.announce(url, request, trackerId));
    }

    /** The tracker's numbers; fails when it has none to give. */
    CompletableFuture<ScrapeResponse> scrape(TrackerEntry entry, InfoHash hash) {
        String url = entry.url();
        return TrackerClient.canScrape(url) ? on(() -> client.scrape(url, hash)) : CompletableFuture.failedFuture(new TrackerException("This tracker has no scrape."));
    }

    private <T> CompletableFuture<T> on(Question<T> question) {
        try {
            return CompletableFuture.supplyAsync(() -> answer(question), trackerThreads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new TrackerException("Trackers are not asked any more: the program is closing.", e));
        }
    }

    private static <T> T answer(Question<T> question) {
        try {
            return question.ask();
        } catch (TrackerException e) {
            throw new CompletionException(e);
        }
    }

    /** Why a call failed. A bug of ours becomes a failure of that tracker, logged, and never ends the announces (invariant I11). */
    static TrackerException explain(InfoHash hash, Throwable problem) {
        Throwable cause = problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
        if (cause instanceof TrackerException known) {
            return known;
        }
        LOG.error("asking a tracker for {} failed unexpectedly", hash.shortHex(), cause);
        return new TrackerException("Something unexpected went wrong while asking this tracker; the log has details.", cause);
    }
}
