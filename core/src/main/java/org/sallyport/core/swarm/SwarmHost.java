package org.sallyport.core.swarm;

import java.net.InetAddress;
import java.time.Duration;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.storage.StorageException;

/** What a swarm needs from the library around it, and tells it. Network thread only. */
public interface SwarmHost {

    /** Our id in all torrents of this run, 20 bytes (BEP 20 style). */
    Bytes peerId();

    /** Where we listen; 0 in receive-only. */
    int listenPort();

    /** Whether peers are called in obfuscated connections. */
    default Encryption encryption() {
        return Encryption.OFF;
    }

    /** Unchoked peers at most, optimistic one included. */
    int uploadSlots();

    /** How long a peer that owes us blocks may send none before others are asked for them. */
    Duration snubAfter();

    /** Whether policy lets us dial this address now. @param named the user gave it */
    boolean mayDial(PeerAddress address, int connectionsOfTorrent, boolean named);

    /** Whether policy still agrees with a peer that has answered our dial. */
    boolean mayStay(InetAddress host);

    /** A peer broke a rule and is to stay out. */
    void ban(InetAddress host, String rule, String sentence);

    /** One more piece is safe on disk. */
    void verified(int piece);

    /** Every wanted piece is verified. */
    void complete();

    /** A piece's hash was wrong; it is fetched again. */
    void pieceFailed(int piece);

    /** The disk failed; the swarm has stopped itself. */
    void trouble(StorageException trouble);

    /** No peer to ask and none to dial: more addresses would help. */
    void needsPeers();
}
