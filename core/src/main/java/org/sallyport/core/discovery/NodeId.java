package org.sallyport.core.discovery;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Random;
import org.sallyport.core.model.InfoHash;

/** A place in the DHT (BEP 5): a node, or a torrent. 160 bits, first byte first; how far two are apart is their exclusive or. */
record NodeId(long high, long middle, int low) {
    static final int BYTES = 20;
    static final int BITS = 160;

    /** Of exactly 20 bytes. */
    static NodeId of(byte[] raw) {
        if (raw.length != BYTES) {
            throw new IllegalArgumentException("a node id of " + raw.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(raw);
        return new NodeId(in.getLong(), in.getLong(), in.getInt());
    }

    /** Where the peers of a torrent are kept; version 2 is cut to 20 bytes (BEP 52). */
    static NodeId of(InfoHash hash) {
        ByteBuffer in = ByteBuffer.wrap(hash.bytes());
        return new NodeId(in.getLong(), in.getLong(), in.getInt());
    }

    static NodeId random(Random random) {
        return new NodeId(random.nextLong(), random.nextLong(), random.nextInt());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(middle).putInt(low).array();
    }

    /** How many leading bits are the same, 0..160. */
    int commonBits(NodeId other) {
        if (high != other.high) {
            return Long.numberOfLeadingZeros(high ^ other.high);
        }
        if (middle != other.middle) {
            return Long.SIZE + Long.numberOfLeadingZeros(middle ^ other.middle);
        }
        return 2 * Long.SIZE + Integer.numberOfLeadingZeros(low ^ other.low);
    }

    /** A random one that shares {@code bits} leading bits with this and no more. @param bits 0..159 */
    NodeId at(int bits, Random random) {
        byte[] own = bytes();
        byte[] made = random(random).bytes();
        System.arraycopy(own, 0, made, 0, bits / 8);
        int mask = 0xff00 >> bits % 8 & 0xff;
        int flipped = 0x80 >> bits % 8;
        int at = bits / 8;
        made[at] = (byte) (own[at] & mask | ~own[at] & flipped | made[at] & ~mask & ~flipped);
        return of(made);
    }

    static Comparator<NodeId> closestTo(NodeId target) {
        return (one, other) -> {
            int order = Long.compareUnsigned(one.high ^ target.high, other.high ^ target.high);
            if (order == 0) {
                order = Long.compareUnsigned(one.middle ^ target.middle, other.middle ^ target.middle);
            }
            return order != 0 ? order : Integer.compareUnsigned(one.low ^ target.low, other.low ^ target.low);
        };
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
