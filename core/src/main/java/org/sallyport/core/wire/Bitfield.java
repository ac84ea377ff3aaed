package org.sallyport.core.wire;

import java.util.BitSet;

/** Sets of pieces as BEP 3 writes them: the first piece is the highest bit of the first byte. */
public final class Bitfield {
    private Bitfield() { }

    /** @param pieceCount of the torrent: decides the length, ⌈pieceCount ÷ 8⌉ bytes; all of {@code set} lies below it */
    public static byte[] encode(BitSet set, int pieceCount) {
        byte[] bytes = new byte[(pieceCount + 7) / 8];
        set.stream().forEach(i -> bytes[i >> 3] |= (byte) (0x80 >> (i & 7)));
        return bytes;
    }

    /** Every bit that is set, spare ones at the end included. */
    public static BitSet decode(byte[] bytes) {
        BitSet set = new BitSet(bytes.length * 8);
        for (int i = 0; i < bytes.length * 8; i++) {
            if ((bytes[i >> 3] & 0x80 >> (i & 7)) != 0) {
                set.set(i);
            }
        }
        return set;
    }
}
