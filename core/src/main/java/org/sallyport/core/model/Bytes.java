package org.sallyport.core.model;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable string of bytes, so that records need no arrays. */
public final class Bytes implements Comparable<Bytes> {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy of {@code content}. */
    public static Bytes copyOf(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content.clone());
    }

    public int length() {
        return content.length;
    }

    /** A fresh copy. */
    public byte[] toArray() {
        return content.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes b && Arrays.equals(content, b.content);
    }

    /** By unsigned value, first byte first. */
    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** Length and the first bytes: safe to log. */
    @Override
    public String toString() {
        int shown = Math.min(content.length, 8);
        return content.length + " bytes " + HexFormat.of().formatHex(content, 0, shown) + (shown < content.length ? "…" : "");
    }
}
