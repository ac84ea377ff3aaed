package org.sallyport.core.model;

import java.util.HexFormat;
import java.util.Locale;

/**
 * The identity of a torrent: the hash of its raw {@code info} dictionary.
 *
 * @param hex lower case; 40 digits for version 1 (SHA-1, BEP 3), 64 for version 2 (SHA-256, BEP 52)
 */
public record InfoHash(String hex) implements Comparable<InfoHash> {
    private static final int V1_DIGITS = 40;
    private static final int V2_DIGITS = 64;

    public InfoHash {
        boolean digits = hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
        if (!digits || hex.length() != V1_DIGITS && hex.length() != V2_DIGITS) {
            throw new IllegalArgumentException("info-hash: " + hex);
        }
    }

    /** The info-hash of 20 (version 1) or 32 (version 2) raw bytes. */
    public static InfoHash of(byte[] raw) {
        return new InfoHash(HexFormat.of().formatHex(raw));
    }

    /** Reads what a person typed: either case, spaces around it allowed. */
    public static InfoHash parse(String text) {
        return new InfoHash(text.strip().toLowerCase(Locale.ROOT));
    }

    public boolean isV2() {
        return hex.length() == V2_DIGITS;
    }

    /** 20 or 32 bytes; a fresh copy. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** The first 8 digits: enough for a log line or a table cell. */
    public String shortHex() {
        return hex.substring(0, 8);
    }

    // by hand, as it is the key of most tables: what the compiler puts into records makes classes for it at run time
    @Override
    public boolean equals(Object other) {
        return other instanceof InfoHash hash && hex.equals(hash.hex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    @Override
    public int compareTo(InfoHash other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
