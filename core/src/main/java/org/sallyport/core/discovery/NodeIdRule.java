package org.sallyport.core.discovery;

import java.net.InetAddress;
import java.util.Random;
import java.util.zip.CRC32C;

/** BEP 42: the id of a node follows from its address, so that nobody can choose the torrents he is asked about. */
final class NodeIdRule {
    private static final int[] MASK_4 = {0x03, 0x0f, 0x3f, 0xff};
    private static final int[] MASK_6 = {0x01, 0x03, 0x07, 0x0f, 0x1f, 0x3f, 0x7f, 0xff};
    private static final int TOP_BITS = 21;

    private NodeIdRule() { }

    /** Whether a node there may have that id; at home any will do, for such addresses are not seen from outside. */
    static boolean fits(NodeId id, InetAddress address) {
        return AddressScope.of(address) != AddressScope.GLOBAL || id.commonBits(make(address, id.low(), id)) >= TOP_BITS;
    }

    /** An id for a node there, random as far as the rule lets it. */
    static NodeId make(InetAddress address, Random random) {
        NodeId free = NodeId.random(random);
        return AddressScope.of(address) == AddressScope.GLOBAL ? make(address, free.low(), free) : free;
    }

    /** @param seed its lowest byte is the last of the id */
    private static NodeId make(InetAddress address, int seed, NodeId rest) {
        byte[] raw = address.getAddress();
        int[] mask = raw.length == MASK_4.length ? MASK_4 : MASK_6;
        byte[] part = new byte[mask.length];
        for (int i = 0; i < mask.length; i++) {
            part[i] = (byte) (raw[i] & mask[i]);
        }
        part[0] |= (byte) ((seed & 7) << 5);
        CRC32C sum = new CRC32C();
        sum.update(part);
        long crc = sum.getValue();
        byte[] id = rest.bytes();
        id[0] = (byte) (crc >> 24);
        id[1] = (byte) (crc >> 16);
        id[2] = (byte) (crc >> 8 & 0xf8 | id[2] & 7);
        id[NodeId.BYTES - 1] = (byte) seed;
        return NodeId.of(id);
    }
}
