package org.sallyport.core.policy;

import java.util.Optional;
import org.sallyport.core.policy.AddressText.Ipv6;

/**
 * Understands one line after the other, whatever the format: P2P text ({@code name:1.2.3.4-1.2.3.9}), eMule DAT
 * ({@code 001.002.003.004 - 001.002.003.009 , 100 , name}), CIDR ({@code 1.2.3.0/24}), a plain range or a single address.
 */
final class BlocklistLines {
    /** eMule: a range with a higher level is allowed. */
    private static final int HIGHEST_BLOCKED_LEVEL = 127;
    private static final long MAPPED = 0xffffL; // ::ffff:0:0/96, RFC 4291

    private final Ipv4Ranges.Builder ipv4 = new Ipv4Ranges.Builder();
    private final Ipv6Ranges.Builder ipv6 = new Ipv6Ranges.Builder();
    private int badLines;

    int ranges() {
        return ipv4.count() + ipv6.count();
    }

    Blocklist build() {
        return new Blocklist(ipv4.build(), ipv6.build(), badLines);
    }

    void bad() {
        badLines++;
    }

    void take(String text) {
        String line = text.strip();
        if (line.isEmpty() || line.startsWith("#") || line.startsWith(";") || line.startsWith("//")) {
            return;
        }
        if (!takeDat(line) && !takeRange(line.substring(line.lastIndexOf(':') + 1)) && !takePlain(line) && !takeNamedIpv6(line)) {
            bad();
        }
    }

    private boolean takeDat(String line) {
        int comma = line.indexOf(',');
        if (comma < 0) {
            return false;
        }
        int second = line.indexOf(',', comma + 1);
        String level = line.substring(comma + 1, second < 0 ? line.length() : second).strip();
        return level.length() <= 3 && !level.isEmpty() && level.chars().allMatch(c -> c >= '0' && c <= '9')
                && addRange(line.substring(0, comma), Integer.parseInt(level) <= HIGHEST_BLOCKED_LEVEL);
    }

    private boolean takePlain(String line) {
        int comment = line.indexOf(';') < 0 ? line.indexOf('#') : line.indexOf(';');
        String plain = comment < 0 ? line : line.substring(0, comment).strip();
        return takeRange(plain) || takeNetwork(plain);
    }

    private boolean takeRange(String text) {
        return addRange(text, true);
    }

    /** @param block false only reads it @return whether it is a range */
    private boolean addRange(String text, boolean block) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            return false;
        }
        String from = text.substring(0, dash).strip();
        String to = text.substring(dash + 1).strip();
        long start = AddressText.ipv4(from);
        long end = AddressText.ipv4(to);
        if (start != AddressText.NO_IPV4 && end >= start) {
            if (block) {
                ipv4.add(start, end);
            }
            return true;
        }
        return addIpv6(AddressText.ipv6(from), AddressText.ipv6(to), block);
    }

    private boolean addIpv6(Optional<Ipv6> from, Optional<Ipv6> to, boolean block) {
        if (from.isEmpty() || to.isEmpty()) {
            return false;
        }
        Ipv6 start = from.get();
        Ipv6 end = to.get();
        if (Ipv6Ranges.compare(start.high(), start.low(), end.high(), end.low()) > 0) {
            return false;
        }
        if (block && isMapped(start) && isMapped(end)) {
            ipv4.add(start.low() & 0xffff_ffffL, end.low() & 0xffff_ffffL);
        } else if (block) {
            ipv6.add(start, end);
        }
        return true;
    }

    private static boolean isMapped(Ipv6 address) {
        return address.high() == 0 && address.low() >>> 32 == MAPPED;
    }

    /** A single address, or one with the length of its prefix. */
    private boolean takeNetwork(String text) {
        int slash = text.indexOf('/');
        String address = (slash < 0 ? text : text.substring(0, slash)).strip();
        int bits = slash < 0 ? -1 : prefix(text.substring(slash + 1).strip());
        long four = AddressText.ipv4(address);
        if (four != AddressText.NO_IPV4) {
            int length = slash < 0 ? 32 : bits;
            if (length < 0 || length > 32) {
                return false;
            }
            long host = (1L << 32 - length) - 1;
            ipv4.add(four & ~host, four | host);
            return true;
        }
        int length = slash < 0 ? 128 : bits;
        return length >= 0 && AddressText.ipv6(address).map(six -> {
            long high = hostBits(64 - Math.min(length, 64));
            long low = hostBits(128 - Math.max(length, 64));
            return addIpv6(Optional.of(new Ipv6(six.high() & ~high, six.low() & ~low)),
                    Optional.of(new Ipv6(six.high() | high, six.low() | low)), true);
        }).orElse(false);
    }

    /** The lowest {@code count} bits, 0..64. */
    private static long hostBits(int count) {
        return count == 64 ? -1 : (1L << count) - 1;
    }

    /** 0..128, or −1. */
    private static int prefix(String text) {
        if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int bits = Integer.parseInt(text);
        return bits <= 128 ? bits : -1;
    }

    /** P2P text with IPv6: the name ends at the first colon after which an address can be read. */
    private boolean takeNamedIpv6(String line) {
        int dash = line.lastIndexOf('-');
        if (dash < 0) {
            return false;
        }
        Optional<Ipv6> end = AddressText.ipv6(line.substring(dash + 1).strip());
        for (int colon = line.indexOf(':'); end.isPresent() && colon >= 0 && colon < dash; colon = line.indexOf(':', colon + 1)) {
            if (addIpv6(AddressText.ipv6(line.substring(colon + 1, dash).strip()), end, true)) {
                return true;
            }
        }
        return false;
    }
}
