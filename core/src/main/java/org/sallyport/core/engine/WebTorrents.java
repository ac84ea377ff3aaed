package org.sallyport.core.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.sallyport.core.discovery.TorrentFetch;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.metainfo.MetainfoReader;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Torrents that are fetched from web addresses. One that was looked at is kept for a while: what a person saw is what is added, even if the
 * server has another file by then. What is kept belongs to the command thread.
 */
final class WebTorrents {
    private static final Logger LOG = LoggerFactory.getLogger(WebTorrents.class);
    private static final int KEPT = 8;
    private static final Duration KEPT_FOR = Duration.ofMinutes(15);

    private final TorrentFetch fetch;
    private final ExecutorService threads;
    private final CommandThread commands;
    private final Clock clock;
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    private record Kept(Metainfo metainfo, Instant at) { }

    /** @param threads on which may be waited for servers */
    WebTorrents(TorrentFetch fetch, ExecutorService threads, CommandThread commands, Clock clock) {
        this.fetch = fetch;
        this.threads = threads;
        this.commands = commands;
        this.clock = clock;
    }

    /** Any thread. The refusals are events. */
    CompletableFuture<Outcome<Metainfo>> of(String address) {
        String url = address.strip();
        return commands.run(() -> {
            Kept before = kept.get(url);
            boolean fresh = before != null && before.at().plus(KEPT_FOR).isAfter(clock.instant());
            return Outcome.done(fresh ? CompletableFuture.completedFuture(Outcome.done(before.metainfo())) : fetched(url));
        }).thenCompose(begun -> begun.then(later -> later));
    }

    private CompletableFuture<Outcome<Metainfo>> fetched(String url) {
        return commands.run(threads, () -> {
            try {
                return Outcome.done(read(url));
            } catch (TorrentFetch.FetchException e) {
                return Outcome.failed(e.getMessage());
            }
        }).whenComplete((outcome, failure) -> {
            if (outcome instanceof Outcome.Done<Metainfo> done) {
                keepLater(url, done.value());
            }
        });
    }

    private Metainfo read(String url) throws RefusedException, TorrentFetch.FetchException {
        return MetainfoReader.read(fetch.fetch(url).toArray());
    }

    private void keepLater(String url, Metainfo metainfo) {
        try {
            commands.execute(() -> {
                kept.remove(url);
                kept.put(url, new Kept(metainfo, clock.instant()));
                if (kept.size() > KEPT) {
                    kept.remove(kept.keySet().iterator().next());
                }
            });
        } catch (RejectedExecutionException closing) {
            LOG.debug("nobody asks for fetched torrents any more");
        }
    }
}
