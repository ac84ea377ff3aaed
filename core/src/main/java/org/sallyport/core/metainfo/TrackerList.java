package org.sallyport.core.metainfo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sallyport.core.model.RefusedException;

/** Trackers that a person gives a torrent, checked as those in a .torrent file are. */
public final class TrackerList {
    /** In all tiers together. */
    public static final int MAX_URLS = 100;

    private TrackerList() { }

    /**
     * Those tiers without repetitions, blanks around URLs and empty tiers.
     *
     * @throws RefusedException {@code trackers.url} for one that is no http, https or udp address, {@code trackers.count} for more than 100
     */
    public static List<List<String>> checked(List<List<String>> tiers) throws RefusedException {
        Set<String> seen = new HashSet<>();
        List<List<String>> checked = new ArrayList<>();
        for (List<String> tier : tiers) {
            List<String> kept = new ArrayList<>();
            for (String raw : tier) {
                String url = raw.strip();
                if (!SourceUrls.isUsable(url, SourceUrls.TRACKER_SCHEMES)) {
                    throw new RefusedException("trackers.url", "\"" + DisplayText.line(url, 200) + "\" is no tracker address. "
                            + "It must begin with http://, https:// or udp:// and name a host, without a user name.");
                }
                if (seen.add(url)) {
                    kept.add(url);
                }
            }
            if (!kept.isEmpty()) {
                checked.add(List.copyOf(kept));
            }
        }
        if (seen.size() > MAX_URLS) {
            throw new RefusedException("trackers.count", "A torrent takes " + MAX_URLS + " trackers at most, and these are " + seen.size()
                    + ". Leave some out.");
        }
        return List.copyOf(checked);
    }
}
