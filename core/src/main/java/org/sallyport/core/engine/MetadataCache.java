package org.sallyport.core.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;

/** Info dictionaries that were looked at a short while ago, so that adding a torrent does not ask for them again. Command thread. */
final class MetadataCache {
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int MAX_ENTRIES = 16;
    private static final long MAX_BYTES = 16 << 20;

    private final Clock clock;
    private final Map<InfoHash, Entry> entries = new LinkedHashMap<>();

    private record Entry(Bytes info, Instant until) { }

    MetadataCache(Clock clock) {
        this.clock = clock;
    }

    void put(Metainfo metainfo) {
        entries.remove(metainfo.hash());
        entries.put(metainfo.hash(), new Entry(Bytes.copyOf(metainfo.infoBytes()), clock.instant().plus(KEPT)));
        forget();
    }

    Optional<Bytes> find(InfoHash hash) {
        forget();
        return Optional.ofNullable(entries.get(hash)).map(Entry::info);
    }

    private void forget() {
        entries.values().removeIf(entry -> clock.instant().isAfter(entry.until()));
        while (entries.size() > MAX_ENTRIES || entries.values().stream().mapToLong(entry -> entry.info().length()).sum() > MAX_BYTES) {
            entries.remove(entries.keySet().iterator().next());
        }
    }
}
