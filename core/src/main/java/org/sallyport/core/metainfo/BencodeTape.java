package org.sallyport.core.metainfo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where each value of a scanned input lies. A value is a node; the nodes of a container follow it, keys and values in turn
 * for a dictionary. {@link #NONE} stands for "not there" and answers like a value of another type.
 */
final class BencodeTape {
    static final int NONE = -1;

    private final byte[] source;
    private final int[] start;
    private final int[] end;
    private final int[] after;

    private BencodeTape(byte[] source, int[] start, int[] end, int[] after) {
        this.source = source;
        this.start = start;
        this.end = end;
        this.after = after;
    }

    int start(int node) {
        return start[node];
    }

    /** Offset after the last byte of the value. */
    int end(int node) {
        return end[node];
    }

    /** The node that follows this one and everything in it. */
    int after(int node) {
        return after[node];
    }

    byte[] slice(int node) {
        return Arrays.copyOfRange(source, start[node], end[node]);
    }

    Optional<byte[]> bytes(int node) {
        return isString(node) ? Optional.of(Arrays.copyOfRange(source, content(node), end[node])) : Optional.empty();
    }

    String text(int node, String fallback) {
        return isString(node) ? new String(source, content(node), end[node] - content(node), StandardCharsets.UTF_8) : fallback;
    }

    OptionalLong integer(int node) {
        if (node == NONE || source[start[node]] != 'i') {
            return OptionalLong.empty();
        }
        try {
            String digits = new String(source, start[node] + 1, end[node] - start[node] - 2, StandardCharsets.ISO_8859_1);
            return OptionalLong.of(Long.parseLong(digits));
        } catch (NumberFormatException beyondLong) {
            return OptionalLong.empty();
        }
    }

    Optional<BencodeDict> dict(int node) {
        return node != NONE && source[start[node]] == 'd' ? Optional.of(new BencodeDict(this, node)) : Optional.empty();
    }

    Optional<BencodeList> list(int node) {
        return node != NONE && source[start[node]] == 'l' ? Optional.of(new BencodeList(this, node)) : Optional.empty();
    }

    /** One character per byte, so that binary keys survive. */
    String key(int node) {
        return new String(source, content(node), end[node] - content(node), StandardCharsets.ISO_8859_1);
    }

    /** Order of two strings by their raw bytes. */
    int compare(int left, int right) {
        return Arrays.compareUnsigned(source, content(left), end[left], source, content(right), end[right]);
    }

    /** Offset of the first content byte of a string. */
    int content(int node) {
        int at = start[node];
        while (source[at] != ':') {
            at++;
        }
        return at + 1;
    }

    private boolean isString(int node) {
        return node != NONE && source[start[node]] >= '0' && source[start[node]] <= '9';
    }

    /** Collects nodes while scanning. */
    static final class Writer {
        private static final int FIRST_NODES = 32;

        private final byte[] source;
        private int[] start = new int[FIRST_NODES];
        private int[] end = new int[FIRST_NODES];
        private int[] after = new int[FIRST_NODES];
        private int count;

        Writer(byte[] source) {
            this.source = source;
        }

        int count() {
            return count;
        }

        int start(int node) {
            return start[node];
        }

        int add(int startsAt) {
            if (count == start.length) {
                start = Arrays.copyOf(start, count * 2);
                end = Arrays.copyOf(end, count * 2);
                after = Arrays.copyOf(after, count * 2);
            }
            start[count] = startsAt;
            return count++;
        }

        /** The value of {@code node} is over; every node added since belongs to it. */
        void end(int node, int endsAt) {
            end[node] = endsAt;
            after[node] = count;
        }

        /** What is scanned so far; valid until the next {@link #add}. */
        BencodeTape view() {
            return new BencodeTape(source, start, end, after);
        }

        BencodeTape finish() {
            return new BencodeTape(source, Arrays.copyOf(start, count), Arrays.copyOf(end, count), Arrays.copyOf(after, count));
        }
    }
}
