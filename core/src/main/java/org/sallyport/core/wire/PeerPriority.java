package org.sallyport.core.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The canonical priority of a connection (BEP 40). Both ends find the same, nobody can choose his own, and so full peers that all
 * keep their highest ones form a swarm without islands.
 */
public final class PeerPriority {
    private static final int IPV4 = 4;
    /** Of IPv6 addresses, the first so many bytes count whole even far away. */
    private static final int IPV6_NETWORK = 6;
    private static final byte HALF = 0x55;

    private PeerPriority() { }

    /** @return 0..2^32−1, the higher the better; 0 for addresses of different families, which have none */
    public static long of(InetSocketAddress one, InetSocketAddress other) {
        byte[] a = one.getAddress().getAddress();
        byte[] b = other.getAddress().getAddress();
        if (a.length != b.length) {
            return 0;
        }
        if (Arrays.equals(a, b)) {
            return crc(port(one.getPort()), port(other.getPort()));
        }
        int whole = wholeBytes(a, b);
        return crc(masked(a, whole), masked(b, whole));
    }

    /** Like {@link #of(InetSocketAddress, InetSocketAddress)} for different hosts. */
    public static long of(InetAddress one, InetAddress other) {
        return of(new InetSocketAddress(one, 0), new InetSocketAddress(other, 0));
    }

    /** The nearer two addresses are, the more of them counts: /16 and /24, or /48 and /56. */
    private static int wholeBytes(byte[] a, byte[] b) {
        int least = a.length == IPV4 ? 2 : IPV6_NETWORK;
        int alike = Arrays.mismatch(a, b);
        return alike < least ? least : alike + 1;
    }

    private static byte[] masked(byte[] address, int whole) {
        byte[] masked = address.clone();
        for (int i = whole; i < masked.length; i++) {
            masked[i] &= HALF;
        }
        return masked;
    }

    private static byte[] port(int port) {
        return ByteBuffer.allocate(2).putShort((short) port).array();
    }

    private static long crc(byte[] a, byte[] b) {
        boolean inOrder = Arrays.compareUnsigned(a, b) <= 0;
        CRC32C crc = new CRC32C();
        crc.update(inOrder ? a : b);
        crc.update(inOrder ? b : a);
        return crc.getValue();
    }
}
