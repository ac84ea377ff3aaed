package org.sallyport.core.discovery;

import org.sallyport.core.model.PeerAddress;

/** A node of the DHT and where it is asked. */
record NodeContact(NodeId id, PeerAddress address) {

    /** Its id is one that a node at this address may have (BEP 42). */
    boolean fits() {
        return NodeIdRule.fits(id, address.host());
    }
}
