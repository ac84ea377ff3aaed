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
    private Map<InfoHash, Integer> places = new HashMap<>();
    /** What is handed out; another one whenever somebody who stays has another place. */
    private Map<InfoHash, Integer> known = Map.of();
    private boolean stale = true;

    /** What was kept; torrents come with {@link #add}, and those it does not name come last. */
    void recall(List<InfoHash> kept) {
        order.clear();
        order.addAll(kept);
        stale = true;
    }

    /** Whoever was not in it comes last, which changes nobody's place: a long list must not be gone through for each that comes. */
    void add(InfoHash hash) {
        if (order.add(hash)) {
            places.put(hash, places.size() + 1);
        } else {
            stale |= !places.containsKey(hash);
        }
    }

    void remove(InfoHash hash) {
        order.remove(hash);
        int last = places.size();
        Integer place = places.remove(hash);
        stale |= place != null && place != last;
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

    /** 1-based, over all that are there, each of which was {@linkplain #add added}. The same instance until one of them has another place. */
    Map<InfoHash, Integer> positions(Set<InfoHash> there) {
        if (stale || places.size() != there.size()) {
            Map<InfoHash, Integer> positions = new HashMap<>();
            order.stream().filter(there::contains).forEach(hash -> positions.put(hash, positions.size() + 1));
            places = positions;
            known = Collections.unmodifiableMap(positions);
            stale = false;
        }
        return known;
    }
}
