package org.sallyport.core.discovery;

import org.sallyport.core.model.Bytes;

/** What a torrent knows of itself at the moment of an announce. Asked on the network loop; must not block. */
@FunctionalInterface
public interface AnnounceFacts {

    Facts now();

    /**
     * @param peerId   20 bytes; @param port where we listen, 0 in receive-only
     * @param uploaded payload bytes since the torrent was started; @param downloaded likewise
     * @param left     bytes still wanted, 0 for a seed
     */
    record Facts(Bytes peerId, int port, long uploaded, long downloaded, long left) { }
}
