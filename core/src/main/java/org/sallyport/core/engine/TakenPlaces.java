package org.sallyport.core.engine;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Where the torrents of the list are or will be: who adds one asks whether a place is free, however long the list is. Network thread only. */
final class TakenPlaces {
    /** How many are there: what is shared may be there twice. */
    private final Map<Path, Integer> roots = new HashMap<>();

    void take(Path root) {
        roots.merge(root, 1, Integer::sum);
    }

    void leave(Path root) {
        roots.merge(root, -1, (there, less) -> there == 1 ? null : there + less);
    }

    boolean has(Path root) {
        return roots.containsKey(root);
    }
}
