package org.sallyport.core.discovery;

import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;

/**
 * What one announce tells a tracker (BEP 3).
 *
 * @param peerId     20 bytes
 * @param port       where we listen, 1..65535; 0 in receive-only
 * @param uploaded   payload bytes since {@code started}; @param downloaded likewise
 * @param left       bytes still wanted, 0 for a seed
 * @param numWant    addresses wanted, 0..{@link AnnounceResponse#MAX_PEERS}
 * @param key        proves to the tracker that we are the same client after our address changed; 1..16 bytes
 */
public record AnnounceRequest(
        InfoHash hash, Bytes peerId, int port, long uploaded, long downloaded, long left,
        AnnounceEvent event, int numWant, Bytes key) {
    private static final int PEER_ID_BYTES = 20;
    private static final int MAX_KEY_BYTES = 16;

    public AnnounceRequest {
        boolean counted = uploaded >= 0 && downloaded >= 0 && left >= 0;
        boolean sized = peerId.length() == PEER_ID_BYTES && key.length() >= 1 && key.length() <= MAX_KEY_BYTES;
        if (!counted || !sized || port < 0 || port > 65535 || numWant < 0 || numWant > AnnounceResponse.MAX_PEERS) {
            throw new IllegalArgumentException("announce: peer id " + peerId.length() + " bytes, port " + port
                    + ", up " + uploaded + ", down " + downloaded + ", left " + left + ", want " + numWant + ", key " + key.length() + " bytes");
        }
    }
}
