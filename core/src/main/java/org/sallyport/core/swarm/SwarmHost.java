package org.sallyport.core.swarm;

import java.time.Duration;
import java.util.Optional;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.transport.Meter;

/** What a swarm needs from the library around it, and tells it. Network thread only. */
public interface SwarmHost extends PeerHost {

    /** Whether its peers may tell each other of peers (BEP 11); what the torrent itself forbids stays forbidden. */
    default boolean exchangesPeers() {
        return false;
    }

    /** Where our node of the DHT is asked, for peers of this torrent that have one, too; 0 if they are not told. */
    default int dhtPort() {
        return 0;
    }

    /** A peer told where its node of the DHT is asked (BEP 5). */
    default void dhtNode(PeerAddress node) { }

    /** What all connections of the torrent are counted and limited by. */
    Meter meter();

    /** Unchoked peers at most, optimistic one included. */
    int uploadSlots();

    /** How long a peer that owes us blocks may send none before others are asked for them. */
    Duration snubAfter();

    /** Whether a connected peer may be sent bytes of the torrent; {@link Swarm#review} has it asked again. */
    boolean mayServe(LinkSecurity security);

    /** One more piece is safe on disk. */
    void verified(int piece);

    /** Every wanted piece is verified. */
    void complete();

    /** A piece's hash was wrong; it is fetched again. */
    void pieceFailed(int piece);

    /** The disk failed; the swarm has stopped itself. */
    void trouble(StorageException trouble);

    /** How to ask web servers; empty when none may be asked for this torrent. */
    Optional<WebCalls> webCalls();

    /** A web server is not asked any more. */
    void webSeedRefused(String url, String rule, String sentence);
}
