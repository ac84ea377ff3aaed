package org.sallyport.core.transport;

import org.sallyport.core.trust.VerifiedPeer;

/** The owner of one pairing connection, in either direction. All calls come on the network thread. */
public interface PairingHandler {

    /** The TLS handshake is done and the key of the other side is known. */
    void opened(PairingLink link, VerifiedPeer peer);

    /** @param message 1..{@link PairingLink#MAX_MESSAGE} bytes, the handler's to keep */
    void received(byte[] message);

    /** The connection is gone, or never came about; called exactly once. */
    void closed(CloseReason reason);
}
