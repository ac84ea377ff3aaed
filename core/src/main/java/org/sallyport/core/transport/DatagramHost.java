package org.sallyport.core.transport;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.sallyport.core.model.Refusal;

/** Decides about datagrams, in both directions. Called on the network thread, for each of them: it must not block. */
public interface DatagramHost {

    /** Why nothing is exchanged with {@code remote}; empty when it may be. @param incoming it has sent us something; otherwise we will */
    Optional<Refusal> refusal(InetSocketAddress remote, boolean incoming);

    /** The socket is wanted now and cannot be had, because another program has that number; it is tried again, and nothing else is opened instead. */
    void busy(int port);
}
