package org.sallyport.ui.transfers;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.sallyport.core.model.TrackerSnapshot;

/** Changes to a torrent's trackers by tier (BEP 12). Every answer is a new list without empty tiers. */
final class Tiers {
    private Tiers() { }

    static List<List<String>> of(List<TrackerSnapshot> trackers) {
        TreeMap<Integer, List<String>> byTier = new TreeMap<>();
        trackers.forEach(tracker -> byTier.computeIfAbsent(tracker.tier(), tier -> new ArrayList<>()).add(tracker.url()));
        return List.copyOf(byTier.values());
    }

    /** In a tier of its own, asked when those before do not answer. */
    static List<List<String>> add(List<List<String>> tiers, String url) {
        List<List<String>> changed = copy(tiers);
        changed.add(List.of(url));
        return changed;
    }

    static List<List<String>> remove(List<List<String>> tiers, Set<String> urls) {
        List<List<String>> changed = copy(tiers);
        changed.forEach(tier -> tier.removeAll(urls));
        return full(changed);
    }

    /** Into the tier before, or after; at the end into one of its own. */
    static List<List<String>> shift(List<List<String>> tiers, String url, boolean up) {
        List<List<String>> changed = copy(tiers);
        for (int at = 0; at < changed.size(); at++) {
            if (changed.get(at).contains(url)) {
                int to = up ? at - 1 : at + 1;
                if (to < 0 || to == changed.size() && changed.get(at).size() == 1) {
                    return tiers;
                }
                if (to == changed.size()) {
                    changed.add(new ArrayList<>());
                }
                changed.get(at).remove(url);
                changed.get(to).add(url);
                return full(changed);
            }
        }
        return tiers;
    }

    private static List<List<String>> copy(List<List<String>> tiers) {
        List<List<String>> copy = new ArrayList<>();
        tiers.forEach(tier -> copy.add(new ArrayList<>(tier)));
        return copy;
    }

    private static List<List<String>> full(List<List<String>> tiers) {
        return tiers.stream().filter(tier -> !tier.isEmpty()).toList();
    }
}
