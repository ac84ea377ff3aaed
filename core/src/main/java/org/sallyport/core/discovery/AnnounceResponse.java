package org.sallyport.core.discovery;

import java.time.Duration;
import java.util.List;
import org.sallyport.core.model.PeerAddress;

/**
 * What a tracker answered, within our bounds.
 *
 * @param peers       at most {@link #MAX_PEERS}, no duplicates
 * @param interval    until the next regular announce, {@link #SHORTEST_INTERVAL}..{@link #LONGEST_INTERVAL}
 * @param seeds       −1 when it did not say; @param leechers likewise; @param downloads likewise
 * @param warning     made safe to show; empty when all is well
 * @param minInterval no announce earlier than this, within the same bounds
 * @param trackerId   to be sent back with the next announce; ISO-8859-1, empty when it gave none
 */
public record AnnounceResponse(
        List<PeerAddress> peers, Duration interval, int seeds, int leechers, int downloads, String warning,
        Duration minInterval, String trackerId) {
    /** Addresses taken of one answer; what a tracker sends beyond is dropped. */
    public static final int MAX_PEERS = 200;
    public static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(60);
    public static final Duration LONGEST_INTERVAL = Duration.ofMinutes(60);

    public AnnounceResponse {
        peers = List.copyOf(peers);
    }
}
