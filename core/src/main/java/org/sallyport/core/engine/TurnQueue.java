package org.sallyport.core.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.QueueMove;

/** In which order torrents get their turn. Network thread only. */
final class TurnQueue {
    private final Set<InfoHash> order = new LinkedHashSet<>();
    /** Until the order, or who is there, changes. */
    private Map<InfoHash, Integer> known = Map.of();

    /** What was kept; torrents come with {@link #add}, and those it does not name come last. */
    void recall(List<InfoHash> kept) {
        order.clear();
        order.addAll(kept);
        known = Map.of();
    }

    void add(InfoHash hash) {
        order.add(hash);
        known = Map.of();
    }

    void remove(InfoHash hash) {
        order.remove(hash);
        known = Map.of();
    }

    /** Only those that are there count. @return whether it changed its place */
    boolean move(InfoHash hash, QueueMove move, Set<InfoHash> there) {
        order.retainAll(there);
        List<InfoHash> line = new ArrayList<>(order);
        int from = line.indexOf(hash);
        int last = line.size() - 1;
        int to = switch (move) {
            case TOP -> 0;
            case UP -> Math.max(0, from - 1);
            case DOWN -> Math.min(last, from + 1);
            case BOTTOM -> last;
        };
        if (from < 0 || from == to) {
            return false;
        }
        line.remove(from);
        line.add(to, hash);
        recall(line);
        return true;
    }

    List<InfoHash> order() {
        return List.copyOf(order);
    }

    /** 1-based, over all that are there, each of which was {@linkplain #add added}. */
    Map<InfoHash, Integer> positions(Set<InfoHash> there) {
        if (known.size() != there.size()) {
            Map<InfoHash, Integer> positions = new HashMap<>();
            order.stream().filter(there::contains).forEach(hash -> positions.put(hash, positions.size() + 1));
            known = Collections.unmodifiableMap(positions);
        }
        return known;
    }
}
