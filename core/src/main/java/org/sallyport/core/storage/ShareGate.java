package org.sallyport.core.storage;

/**
 * The one place every read for upload passes (invariant I2). Decided rarely, checked always: the grant is replaced when
 * a policy decision, a setting or the torrent's state changes, and each read looks at it. Any thread.
 */
public final class ShareGate {
    private volatile boolean open;

    /** Lets reads through from now on: policy allowed this torrent to be shared. */
    public void open() {
        open = true;
    }

    /** On the network thread: no read gives a byte any more, also none that is under way. */
    public void shut() {
        open = false;
    }

    public boolean isOpen() {
        return open;
    }
}
