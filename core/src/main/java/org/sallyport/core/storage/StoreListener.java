package org.sallyport.core.storage;

import java.util.List;
import org.sallyport.core.model.Bytes;

/** Hears what became of stored pieces, on the network thread. */
public interface StoreListener {

    /** The piece is on disk and its hash is right. */
    void pieceVerified(int piece);

    /** The piece is whole but its hash is wrong. @param blockHashes SHA-1 of each 16 KiB block, in order, to find the liar */
    void pieceFailed(int piece, List<Bytes> blockHashes);

    /** The disk failed; the piece is lost. */
    void storeTrouble(int piece, StorageException trouble);

    /** A buffer came back: more can be asked for. */
    void segmentFreed();
}
