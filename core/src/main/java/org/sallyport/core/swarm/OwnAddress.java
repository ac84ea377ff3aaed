package org.sallyport.core.swarm;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.core.model.Bytes;

/** Where we are as peers see it (BEP 24). One peer may say anything: what counts is what several computers say. Network thread only. */
final class OwnAddress {
    private static final int WITNESSES = 2;
    private static final int MAX_CLAIMS = 16;
    private static final int MAX_WITNESSES = 16;

    private final Map<Bytes, Set<InetAddress>> claims = new HashMap<>();

    /** @param address 4 or 16 bytes, or none: then nothing was said */
    void told(InetAddress by, Bytes address) {
        if (address.equals(Bytes.EMPTY) || !claims.containsKey(address) && claims.size() >= MAX_CLAIMS) {
            return;
        }
        Set<InetAddress> witnesses = claims.computeIfAbsent(address, a -> new HashSet<>());
        if (witnesses.size() < MAX_WITNESSES) {
            witnesses.add(by);
        }
    }

    boolean is(InetAddress address) {
        return claims.getOrDefault(Bytes.copyOf(address.getAddress()), Set.of()).size() >= WITNESSES;
    }

    /** The address most say, of the family of another one; empty while too few say anything. */
    Optional<InetAddress> like(InetAddress other) {
        int length = other.getAddress().length;
        return claims.entrySet().stream().filter(claim -> claim.getKey().toArray().length == length && claim.getValue().size() >= WITNESSES)
                .max(Map.Entry.comparingByValue((a, b) -> Integer.compare(a.size(), b.size()))).map(claim -> address(claim.getKey()));
    }

    private static InetAddress address(Bytes bytes) {
        try {
            return InetAddress.getByAddress(bytes.toArray());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four or sixteen bytes are an address", e);
        }
    }
}
