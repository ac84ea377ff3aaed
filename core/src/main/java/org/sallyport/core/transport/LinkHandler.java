package org.sallyport.core.transport;

import org.sallyport.core.wire.Handshake;
import org.sallyport.core.wire.MessageSink;

/** The owner of one connection. All calls come on the network thread. */
public interface LinkHandler extends MessageSink {

    /** Both handshakes are done; messages may be sent. */
    void opened(PeerLink link, Handshake theirs);

    /** The out-queue has room again. */
    void writable();

    /** All bytes of this turn were delivered: the time to ask for more. */
    void turnEnds();

    /** The connection is gone, or never came about; called exactly once. */
    void closed(CloseReason reason);
}
