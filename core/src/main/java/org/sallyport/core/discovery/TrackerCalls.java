package org.sallyport.core.discovery;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.sallyport.core.model.InfoHash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads questions to whom a tracker is asked by; takes the blocking ones off the network loop. The futures end on any thread. */
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

    /** Keeps what UDP trackers are asked by until it is closed. */
    UdpTrackers.Hold holdUdp() {
        return client.udp().map(UdpTrackers::hold).orElse(() -> { });
    }

    CompletableFuture<AnnounceResponse> announce(TrackerEntry entry, AnnounceRequest request) {
        String url = entry.url();
        if (entry.isUdp()) {
            return byUdp(udp -> udp.announce(url, request, trackerThreads));
        }
        String trackerId = entry.trackerId();
        return on(() -> client.announce(url, request, trackerId));
    }

    /** The tracker's numbers; fails when it has none to give. */
    CompletableFuture<ScrapeResponse> scrape(TrackerEntry entry, InfoHash hash) {
        String url = entry.url();
        if (entry.isUdp()) {
            return byUdp(udp -> udp.scrape(url, hash, trackerThreads));
        }
        return TrackerClient.canScrape(url) ? on(() -> client.scrape(url, hash))
                : CompletableFuture.failedFuture(new TrackerException("This tracker has no scrape."));
    }

    private <T> CompletableFuture<T> byUdp(Function<UdpTrackers, CompletableFuture<T>> question) {
        try {
            return client.udp().map(question)
                    .orElseGet(() -> CompletableFuture.failedFuture(new TrackerException("UDP trackers cannot be asked here.")));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(closing(e));
        }
    }

    private static TrackerException closing(RejectedExecutionException e) {
        return new TrackerException("Trackers are not asked any more: the program is closing.", e);
    }

    private <T> CompletableFuture<T> on(Question<T> question) {
        try {
            return CompletableFuture.supplyAsync(() -> answer(question), trackerThreads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(closing(e));
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
