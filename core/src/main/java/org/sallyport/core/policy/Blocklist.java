package org.sallyport.core.policy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Addresses with which nothing is exchanged. Immutable; a look-up is two binary searches at most. */
public final class Blocklist {
    /** Blocks nobody. */
    public static final Blocklist EMPTY = new Blocklist(new Ipv4Ranges.Builder().build(), new Ipv6Ranges.Builder().build(), 0);

    /** In force when there is a list that cannot be read: blocks everybody, for nobody knows whom it meant (invariant I7). */
    public static final Blocklist UNREADABLE = new Blocklist(EMPTY.ipv4, EMPTY.ipv6, 0);

    private final Ipv4Ranges ipv4;
    private final Ipv6Ranges ipv6;
    private final int badLines;

    Blocklist(Ipv4Ranges ipv4, Ipv6Ranges ipv6, int badLines) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        this.badLines = badLines;
    }

    /** Whether an address is blocked, also as the IPv4 address that an IPv6 address wraps. Any thread. */
    public boolean contains(InetAddress address) {
        return isUnreadable() || containsPlain(address) || containsPlain(AddressKind.unwrap(address));
    }

    private boolean containsPlain(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address ? ipv4.contains(Integer.toUnsignedLong(bytes.getInt()))
                : ipv6.contains(bytes.getLong(), bytes.getLong());
    }

    boolean isUnreadable() {
        return this == UNREADABLE;
    }

    /** Separate ranges of both families, after those that overlap or touch were merged. */
    public int ranges() {
        return ipv4.size() + ipv6.size();
    }

    /** Lines of the file that were skipped because they say nothing in a known format. */
    public int badLines() {
        return badLines;
    }
}
