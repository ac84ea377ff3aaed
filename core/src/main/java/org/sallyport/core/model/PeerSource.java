package org.sallyport.core.model;

/** Who told us the address of a peer; when several did, the first that counts for more: the user, then a paired device, then whoever was first. */
public enum PeerSource {
    TRACKER, DHT,
    /** Another peer (BEP 11). */
    EXCHANGE,
    /** An announcement on the local network (BEP 14). */
    LOCAL_NETWORK,
    /** The magnet link (BEP 9 {@code x.pe}): whoever made the link, so no more trusted than a tracker. */
    MAGNET,
    /** Named by the user: dialled first, again and again. */
    USER,
    /** Where a paired device listens. */
    DEVICE,
    /** It called us. */
    INCOMING
}
