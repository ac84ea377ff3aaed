package org.sallyport.core.swarm;

import java.util.List;
import java.util.Optional;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.WebSeedSnapshot;

/** The web servers of one torrent; few of them are asked at a time. Network thread only. */
final class WebSources {
    private static final int MOST_AT_ONCE = 4;

    private final List<WebSource> sources;

    /** @param calls empty when none may be asked */
    WebSources(Metainfo metainfo, Optional<WebCalls> calls, Fetcher fetcher) {
        if (metainfo.webSeeds().isEmpty() || calls.isEmpty()) {
            sources = List.of();
        } else {
            WebParts parts = new WebParts(metainfo);
            sources = metainfo.webSeeds().stream().map(seed -> new WebSource(metainfo, seed, parts, calls.get(), fetcher)).toList();
        }
    }

    /** Once a second. */
    void tick(long now) {
        for (WebSource source : sources) {
            if (fetching() < MOST_AT_ONCE) {
                source.tick(now);
            }
        }
    }

    void sample(long now) {
        sources.forEach(source -> source.sample(now));
    }

    void stop() {
        sources.forEach(WebSource::end);
    }

    void lied(String url, String sentence) {
        sources.stream().filter(source -> source.url().equals(url)).forEach(source -> source.lied(sentence));
    }

    int fetching() {
        return (int) sources.stream().filter(WebSource::fetching).count();
    }

    List<WebSeedSnapshot> snapshots() {
        return sources.stream().map(WebSource::snapshot).toList();
    }
}
