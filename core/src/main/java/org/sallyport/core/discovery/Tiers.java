package org.sallyport.core.discovery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sallyport.core.model.TrackerSnapshot;

/** The trackers of one torrent in the order of BEP 12: tiers in order, shuffled inside, the one that answered moves to the front of its tier. */
final class Tiers {
    private static final int MAX_TRACKERS = 100;

    private final List<List<TrackerEntry>> tiers = new ArrayList<>();

    /** @param urls by tier; a URL given twice counts once, and what is beyond 100 in all is left out */
    Tiers(List<List<String>> urls, Random random) {
        this(urls, random, Map.of());
    }

    private Tiers(List<List<String>> urls, Random random, Map<String, TrackerEntry> known) {
        Set<String> seen = new HashSet<>();
        for (int tier = 0; tier < urls.size(); tier++) {
            List<TrackerEntry> entries = new ArrayList<>();
            for (String url : urls.get(tier)) {
                if (seen.size() < MAX_TRACKERS && seen.add(url)) {
                    TrackerEntry entry = known.containsKey(url) ? known.get(url) : new TrackerEntry(url, tier);
                    entry.moveTo(tier);
                    entries.add(entry);
                }
            }
            Collections.shuffle(entries, random);
            tiers.add(entries);
        }
    }

    /** Others instead; those that stay keep what is known of them. */
    Tiers replacedBy(List<List<String>> urls, Random random) {
        return new Tiers(urls, random, all().collect(Collectors.toMap(TrackerEntry::url, entry -> entry)));
    }

    boolean has(TrackerEntry entry) {
        return tiers.stream().anyMatch(tier -> tier.contains(entry));
    }

    Stream<TrackerEntry> all() {
        return tiers.stream().flatMap(List::stream);
    }

    /** The trackers that may be asked at {@code now}, in the order to try them. */
    List<TrackerEntry> due(Instant now) {
        return all().filter(e -> e.usable() && !e.notBefore().isAfter(now)).toList();
    }

    void promote(TrackerEntry entry) {
        for (List<TrackerEntry> tier : tiers) {
            if (tier.remove(entry)) {
                tier.add(0, entry);
                return;
            }
        }
    }

    List<TrackerSnapshot> snapshots() {
        return all().map(TrackerEntry::snapshot).toList();
    }
}
