package org.sallyport.core.storage;

import java.nio.ByteBuffer;

/** A SHA-1 on its way. Confined to one thread at a time. */
interface RunningHash {
    /** Takes all that remains in the buffer. */
    void update(ByteBuffer data);

    /** The 20 bytes; after that it must not be used any more. */
    byte[] digest();
}
