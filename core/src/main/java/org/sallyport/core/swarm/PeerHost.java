package org.sallyport.core.swarm;

import java.net.InetAddress;
import java.util.function.BooleanSupplier;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.LinkSecurity;

/** What whoever keeps company with peers needs from the library around it: who may be met, and how they are called. Network thread only. */
public interface PeerHost {

    /** Our id in all torrents of this run, 20 bytes (BEP 20 style). */
    Bytes peerId();

    /** Where we listen; 0 in receive-only. */
    int listenPort();

    /** Whether peers are called in obfuscated connections. */
    default Encryption encryption() {
        return Encryption.OFF;
    }

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

    /** What the device at the other end is called; empty if it is none. */
    String nameOf(LinkSecurity security);

    /** A peer broke a rule and is to stay out. */
    void ban(InetAddress host, String rule, String sentence);

    /** No peer to ask and none to dial: more addresses would help. */
    void needsPeers();
}
