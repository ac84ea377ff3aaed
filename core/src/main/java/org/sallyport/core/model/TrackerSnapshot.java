package org.sallyport.core.model;

import java.time.Instant;

/**
 * One tracker of a torrent.
 *
 * @param tier         0-based (BEP 12)
 * @param message      its warning or failure reason, or ours; empty when all is well
 * @param nextAnnounce {@link Instant#EPOCH} when none is planned
 * @param seeds        −1 when it did not say; @param leechers likewise; @param downloads completed downloads it counted, −1 unknown
 * @param peersGiven   addresses in its last answer
 */
public record TrackerSnapshot(
        String url, int tier, Status status, String message, Instant nextAnnounce,
        int seeds, int leechers, int downloads, int peersGiven) {

    /** What the last announce came to. */
    public enum Status { NOT_CONTACTED, WORKING, ANNOUNCING, FAILED, REFUSED }
}
