package org.sallyport.core.metainfo;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A decoded list: a view of the bytes it was read from. Indexes are 0-based, {@code < size()}. A value of another type than
 * asked for counts as absent.
 */
public final class BencodeList {
    private final BencodeTape tape;
    private final int[] values;

    BencodeList(BencodeTape tape, int node) {
        this.tape = tape;
        int[] found = new int[8];
        int count = 0;
        for (int value = node + 1; value < tape.after(node); value = tape.after(value)) {
            if (count == found.length) {
                found = Arrays.copyOf(found, count * 2);
            }
            found[count++] = value;
        }
        this.values = Arrays.copyOf(found, count);
    }

    public int size() {
        return values.length;
    }

    /** The bytes of a string; a fresh copy. */
    public Optional<byte[]> bytes(int index) {
        return tape.bytes(value(index));
    }

    /** A string as UTF-8, malformed parts replaced by U+FFFD. Not safe to show or to use as a path as it is. */
    public String text(int index, String fallback) {
        return tape.text(value(index), fallback);
    }

    /** An integer; empty also when it does not fit 64 bits with a sign. */
    public OptionalLong integer(int index) {
        return tape.integer(value(index));
    }

    public Optional<BencodeDict> dict(int index) {
        return tape.dict(value(index));
    }

    public Optional<BencodeList> list(int index) {
        return tape.list(value(index));
    }

    private int value(int index) {
        return values[Objects.checkIndex(index, values.length)];
    }
}
