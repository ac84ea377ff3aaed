package org.sallyport.core.swarm;

import java.util.Set;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PeerSource;

/** What a search for metadata needs from the library around it, and tells it. Network thread only. */
public interface MetadataHost extends PeerHost {

    /**
     * The info dictionary is here, and its hash is right; the search has stopped itself.
     *
     * @param info not kept by anybody else
     */
    void arrived(byte[] info, Set<Known> peers);

    /** An address that may have the torrent, and who told us. */
    record Known(PeerAddress address, PeerSource source) { }
}
