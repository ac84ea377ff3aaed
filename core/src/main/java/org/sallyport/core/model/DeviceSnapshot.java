package org.sallyport.core.model;

import java.time.Instant;
import java.util.List;

/**
 * One device of the user's list at one moment.
 *
 * @param id        eight groups of seven letters and digits, with dashes; what commands take
 * @param addresses where it was last reached, at most 8
 * @param connected there is a TLS connection with it now
 * @param lastSeen  {@link Instant#EPOCH} for never
 * @param trouble   empty, or why it cannot be reached and what to do
 */
public record DeviceSnapshot(
        String id, String name, Standing standing, List<PeerAddress> addresses, boolean connected, Instant addedAt, Instant lastSeen,
        String trouble) {

    /** AWAITED: its id was added here, and it has not added ours yet. */
    public enum Standing { PAIRED, AWAITED }

    public DeviceSnapshot {
        addresses = List.copyOf(addresses);
    }
}
