package org.sallyport.core.swarm;

import org.sallyport.core.transport.PeerLink;
import org.sallyport.core.wire.ExtendedHandshake;
import org.sallyport.core.wire.WireViolation;

/** One extension of the protocol (BEP 10) towards one peer; {@link Extensions} gives it its id. */
interface Extension {
    /** As both sides call it in {@code m} of the handshake. */
    String name();

    /** The peer introduced itself, for the first time or with news: {@code theirs.extensions()} has the id to answer with, if it takes answers. */
    void introduced(PeerLink link, ExtendedHandshake theirs);

    /** A message with our id. @throws WireViolation if it makes no sense; the connection ends */
    void heard(PeerLink link, byte[] payload) throws WireViolation;
}
