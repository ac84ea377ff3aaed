package org.sallyport.core.swarm;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.transport.Meter;

/** What a swarm needs from the library around it, and tells it. Network thread only. */
public interface SwarmHost {

    /** Our id in all torrents of this run, 20 bytes (BEP 20 style). */
    Bytes peerId();

    /** Where we listen; 0 in receive-only. */
    int listenPort();

    /** Whether its peers may tell each other of peers (BEP 11); what the torrent itself forbids stays forbidden. */
    default boolean exchangesPeers() {
        return false;
    }

    /** Whether peers are called in obfuscated connections. */
    default Encryption encryption() {
        return Encryption.OFF;
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

    /** Whether policy lets us dial this address now. @param named the user gave it */
    boolean mayDial(PeerAddress address, int connectionsOfTorrent, boolean named);

    /** Whether one more may be dialled now: there is room, and it is known at which addresses there are devices. */
    boolean canDial();

    /**
     * Dials; in TLS or in clear, as {@link #expectedAt} says, and never the other way. The handler hears of the end in any case.
     *
     * @param encryption of a call in clear @param again {@code PeerPort#dial}
     */
    void dial(PeerAddress address, Encryption encryption, BooleanSupplier again, LinkHandler handler);

    /** How whoever listens at this address is to be spoken to, and with that who it has to be. */
    LinkSecurity expectedAt(PeerAddress address);

    /** Somebody is there: a device, if it is TLS. */
    void reached(LinkSecurity security);

    /** A dial did not come as far as messages. */
    void unreached(PeerAddress address, CloseReason reason);

    /** Whether policy still agrees with a connected peer. */
    boolean mayStay(InetAddress host, LinkSecurity security);

    /** Whether a connected peer may be sent bytes of the torrent; {@link Swarm#review} has it asked again. */
    boolean mayServe(LinkSecurity security);

    /** What the device at the other end is called; empty if it is none. */
    String nameOf(LinkSecurity security);

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

    /** How to ask web servers; empty when none may be asked for this torrent. */
    Optional<WebCalls> webCalls();

    /** A web server is not asked any more. */
    void webSeedRefused(String url, String rule, String sentence);
}
