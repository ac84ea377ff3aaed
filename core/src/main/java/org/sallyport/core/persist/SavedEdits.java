package org.sallyport.core.persist;

import java.util.List;
import java.util.Map;

/**
 * What the user made different of a torrent of the list than the torrent says, and what is under way with its files.
 *
 * @param name        for the list; empty for the torrent's own
 * @param renamed     by path as in the torrent, of a file or folder, its name on disk
 * @param ownTrackers {@code trackers} count instead of the torrent's
 * @param trackers    URLs by tier
 */
public record SavedEdits(String name, Map<String, String> renamed, boolean ownTrackers, List<List<String>> trackers, SavedMove move) {
    public static final SavedEdits NONE = new SavedEdits("", Map.of(), false, List.of(), SavedMove.NONE);

    public SavedEdits {
        renamed = Map.copyOf(renamed);
        trackers = trackers.stream().map(List::copyOf).toList();
    }

    public SavedEdits withName(String value) {
        return new SavedEdits(value, renamed, ownTrackers, trackers, move);
    }

    public SavedEdits withRenamed(Map<String, String> value) {
        return new SavedEdits(name, value, ownTrackers, trackers, move);
    }

    public SavedEdits withTrackers(List<List<String>> tiers) {
        return new SavedEdits(name, renamed, true, tiers, move);
    }

    public SavedEdits withMove(SavedMove value) {
        return new SavedEdits(name, renamed, ownTrackers, trackers, value);
    }
}
