package org.sallyport.core.storage;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.BitSet;

/** The hash of one piece while its segments arrive. Confined to that piece's thread. */
final class PieceHash {
    private final MessageDigest digest;
    private final int segments;
    private final BitSet stored = new BitSet();
    private int next;

    interface Reread {
        ByteBuffer segment(int index) throws StorageException;
    }

    PieceHash(MessageDigest digest, int segments) {
        this.digest = digest;
        this.segments = segments;
    }

    /** A segment is on disk. Hashed now from memory when it is its turn; otherwise read again when it is. */
    void stored(int segment, ByteBuffer data, Reread reread) throws StorageException {
        stored.set(segment);
        if (segment == next) {
            digest.update(data);
            next++;
            while (next < segments && stored.get(next)) {
                digest.update(reread.segment(next++));
            }
        }
    }

    boolean whole() {
        return next == segments;
    }

    byte[] digest() {
        return digest.digest();
    }
}
