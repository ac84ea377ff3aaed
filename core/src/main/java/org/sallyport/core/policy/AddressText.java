package org.sallyport.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads addresses as lists write them; never asks a name server, as {@link java.net.InetAddress} might. */
final class AddressText {
    static final long NO_IPV4 = -1;
    private static final int IPV4_PARTS = 4;
    private static final int IPV6_GROUPS = 8;

    private AddressText() { }

    /** 128 bits, unsigned. */
    record Ipv6(long high, long low) { }

    /** @return 0..2³²−1, or {@link #NO_IPV4}. Leading zeros are decimal, as eMule writes them. */
    static long ipv4(String text) {
        long address = 0;
        int value = 0;
        int digits = 0;
        int parts = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' && digits < 3) {
                value = value * 10 + c - '0';
                digits++;
            } else if (c == '.' && digits > 0 && value <= 255 && parts < IPV4_PARTS) {
                address = address << 8 | value;
                value = 0;
                digits = 0;
                parts++;
            } else {
                return NO_IPV4;
            }
        }
        return parts == IPV4_PARTS && digits > 0 && value <= 255 ? address << 8 | value : NO_IPV4;
    }

    /** RFC 4291, section 2.2: groups of hex digits, one {@code ::}, an IPv4 address at the end; no zone. */
    static Optional<Ipv6> ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        List<Integer> groups = new ArrayList<>(IPV6_GROUPS);
        boolean read = gap < 0 ? addGroups(text, true, groups) : gap == 0 || addGroups(text.substring(0, gap), false, groups);
        int before = groups.size();
        String rest = gap < 0 ? "" : text.substring(gap + 2);
        read = read && (rest.isEmpty() || addGroups(rest, true, groups));
        if (!read || (gap < 0 ? groups.size() != IPV6_GROUPS : groups.size() >= IPV6_GROUPS)) {
            return Optional.empty();
        }
        while (groups.size() < IPV6_GROUPS) {
            groups.add(before, 0);
        }
        return Optional.of(new Ipv6(half(groups, 0), half(groups, 4)));
    }

    private static boolean addGroups(String text, boolean atEnd, List<Integer> groups) {
        int from = 0;
        while (from <= text.length() && groups.size() <= IPV6_GROUPS) {
            int colon = text.indexOf(':', from);
            String group = text.substring(from, colon < 0 ? text.length() : colon);
            if (colon < 0 && atEnd && group.indexOf('.') >= 0) {
                long tail = ipv4(group);
                groups.add((int) (tail >>> 16 & 0xffff));
                groups.add((int) (tail & 0xffff));
                return tail != NO_IPV4;
            }
            int value = hex(group);
            if (value < 0) {
                return false;
            }
            groups.add(value);
            if (colon < 0) {
                return true;
            }
            from = colon + 1;
        }
        return false;
    }

    /** 1 to 4 hex digits, or −1. */
    private static int hex(String group) {
        if (group.isEmpty() || group.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < group.length(); i++) {
            char c = group.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static long half(List<Integer> groups, int from) {
        long bits = 0;
        for (int i = from; i < from + 4; i++) {
            bits = bits << 16 | groups.get(i);
        }
        return bits;
    }
}
