package org.sallyport.core.wire;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.sallyport.core.model.InfoHash;

/** The pieces a peer may ask for while it is choked (BEP 6): they follow from its network, so that nobody gets others by coming again. */
public final class AllowedFast {
    private AllowedFast() { }

    /** @return at most {@code count} pieces in the order of the BEP; none for IPv6, for which the BEP has no rule */
    public static Set<Integer> of(InetAddress host, InfoHash hash, int pieceCount, int count) {
        Set<Integer> pieces = new LinkedHashSet<>();
        if (!(host instanceof Inet4Address)) {
            return pieces;
        }
        byte[] network = host.getAddress();
        network[3] = 0;
        byte[] x = ByteBuffer.allocate(network.length + hash.bytes().length).put(network).put(hash.bytes()).array();
        while (pieces.size() < Math.min(count, pieceCount)) {
            x = sha1(x);
            ByteBuffer numbers = ByteBuffer.wrap(x);
            while (numbers.hasRemaining() && pieces.size() < Math.min(count, pieceCount)) {
                pieces.add((int) (Integer.toUnsignedLong(numbers.getInt()) % pieceCount));
            }
        }
        return pieces;
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
