package org.sallyport.core.transport;

import java.net.InetAddress;
import java.util.Optional;
import org.sallyport.core.wire.Handshake;

/** Decides about connections from outside. Called on the network thread. */
public interface LinkHost {

    /** Whether a connection from {@code host} may go as far as a handshake. @param halfOpen those not that far yet */
    boolean acceptable(InetAddress host, int connections, int halfOpen, int halfOpenFromHost, int halfOpenFromNetwork);

    /** Who takes the connection, by what it asks for; {@code port} is where it dialled from. Empty closes it without an answer. */
    Optional<Welcome> welcome(InetAddress host, int port, Handshake theirs);

    /** @param ours what we answer @param pieceCount of the torrent @param handler its owner */
    record Welcome(Handshake ours, int pieceCount, LinkHandler handler) { }
}
