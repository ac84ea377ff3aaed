package org.sallyport.core.persist;

import java.time.Instant;
import java.util.Map;
import org.sallyport.core.model.InfoHash;

/**
 * A magnet link of the list whose torrent is not known yet, as it is kept.
 *
 * @param link    as it was added
 * @param running started by the user, not paused
 * @param request what was chosen for the torrent, by key
 */
public record SavedMagnet(InfoHash hash, String link, boolean running, Instant addedAt, Map<String, String> request) {
    public SavedMagnet {
        request = Map.copyOf(request);
    }

    public SavedMagnet withRunning(boolean value) {
        return new SavedMagnet(hash, link, value, addedAt, request);
    }

    public SavedMagnet withRequest(Map<String, String> value) {
        return new SavedMagnet(hash, link, running, addedAt, value);
    }
}
