package org.sallyport.core.engine;

import org.sallyport.core.storage.StorageException;

/** Hears what comes of a torrent's files on their way out of quarantine, on the network thread. */
interface DeliveryOwner {
    boolean gone();

    /** Verified, and not merely believed to be. */
    boolean complete();

    /** Nobody else works with the files now. */
    boolean filesFree();

    /** What the released files are now was seen, and is what was expected. */
    boolean filesKnown();

    /** Files are elsewhere now: what they are is to be noted. */
    void filesMoved();

    /** What others may get may be something else now. */
    void contentsChanged(boolean infected);

    /** All that is wanted is in its place or held; nothing is left to do with it. */
    void settled();

    void fail(StorageException trouble);

    /** Nothing is done with the files any more; what waited for that may go on. */
    void activate();
}
