package org.sallyport.core.metainfo;

import java.util.HashSet;
import java.util.Set;
import org.sallyport.core.model.RefusedException;

/**
 * The guard: walks bencoded bytes once, without recursion, and notes where each value lies. Time and memory are linear in
 * the input; nothing is allocated on the word of a length prefix. One scanner serves one input and one thread.
 *
 * <p>Stricter than BEP 3 asks of readers: no leading zeros, no {@code -0}, no duplicate keys. Two parsers that disagree on
 * such input would disagree on the info-hash. Unsorted keys are unambiguous and common, so they pass.
 */
final class BencodeScanner {
    /** Enough for an unsigned 64-bit number. */
    private static final int MAX_DIGITS = 20;

    private final byte[] data;
    private final int to;
    private final BencodeLimits limits;
    private final BencodeTape.Writer tape;
    private final int[] open;
    private final int[] keys;
    private final boolean[] valueNext;
    private int depth;
    private int at;

    BencodeScanner(byte[] data, int from, int to, BencodeLimits limits) {
        this.data = data;
        this.at = from;
        this.to = to;
        this.limits = limits;
        this.tape = new BencodeTape.Writer(data);
        this.open = new int[limits.depth()];
        this.keys = new int[limits.depth()];
        this.valueNext = new boolean[limits.depth()];
    }

    /** Scans the one dictionary that starts here; what follows it is not looked at. */
    BencodeTape scan() throws RefusedException {
        if (at >= to || data[at] != 'd') {
            throw refused("not-dictionary", "does not start with a dictionary");
        }
        if (to - at > limits.bytes()) {
            throw refused("size", "is larger than the allowed " + limits.bytes() + " bytes");
        }
        enter();
        while (depth > 0) {
            step();
        }
        return tape.finish();
    }

    private void step() throws RefusedException {
        byte next = peek();
        int top = depth - 1;
        boolean dict = data[tape.start(open[top])] == 'd';
        if (next == 'e') {
            if (dict && valueNext[top]) {
                throw refused("syntax", "has a key without a value" + where());
            }
            leave(dict);
        } else if (dict && !valueNext[top]) {
            if (!isDigit(next)) {
                throw refused("key-type", "has a dictionary key that is not a string" + where());
            }
            if (++keys[top] > limits.keys()) {
                throw refused("keys", "has a dictionary with more than the allowed " + limits.keys() + " keys");
            }
            string();
            valueNext[top] = true;
        } else {
            valueNext[top] = false;
            value(next);
        }
    }

    private void value(byte next) throws RefusedException {
        if (next == 'd' || next == 'l') {
            enter();
        } else if (next == 'i') {
            integer();
        } else if (isDigit(next)) {
            string();
        } else {
            throw refused("syntax", "has a byte that starts no value" + where());
        }
    }

    private void enter() throws RefusedException {
        if (depth == limits.depth()) {
            throw refused("depth", "is nested deeper than the allowed " + limits.depth() + " levels");
        }
        open[depth] = node(at);
        keys[depth] = 0;
        valueNext[depth] = false;
        depth++;
        at++;
    }

    private void leave(boolean dict) throws RefusedException {
        at++;
        depth--;
        tape.end(open[depth], at);
        if (dict) {
            refuseDuplicateKeys(open[depth]);
        }
    }

    private void integer() throws RefusedException {
        int node = node(at++);
        boolean negative = peek() == '-';
        if (negative) {
            at++;
        }
        int digits = at;
        while (isDigit(peek())) {
            at++;
            if (at - digits > MAX_DIGITS) {
                throw refused("integer", "has a number of more than " + MAX_DIGITS + " digits" + where());
            }
        }
        boolean leadingZero = data[digits] == '0' && (at - digits > 1 || negative);
        if (at == digits || leadingZero || data[at] != 'e') {
            throw refused("integer", "has a malformed number" + where());
        }
        at++;
        tape.end(node, at);
    }

    private void string() throws RefusedException {
        int node = node(at);
        int digits = at;
        long length = 0;
        while (isDigit(peek())) {
            length = length * 10 + data[at] - '0';
            at++;
            if (length > limits.stringBytes()) {
                throw refused("string-length", "has a string longer than the allowed " + limits.stringBytes() + " bytes" + where());
            }
        }
        if (data[at] != ':' || data[digits] == '0' && at - digits > 1) {
            throw refused("string-length", "has a malformed string length" + where());
        }
        at++;
        if (length > to - at) {
            throw refused("truncated", "has a string that claims more bytes than there are" + where());
        }
        at += (int) length;
        tape.end(node, at);
    }

    /** Sorted keys, the rule, cost one comparison each; only a dictionary out of order pays for a set. */
    private void refuseDuplicateKeys(int dict) throws RefusedException {
        BencodeTape scanned = tape.view();
        int previous = -1;
        for (int key = dict + 1; key < tape.count(); key = scanned.after(key + 1)) {
            int order = previous < 0 ? -1 : scanned.compare(previous, key);
            if (order == 0) {
                throw duplicate();
            }
            if (order > 0) {
                refuseUnsortedDuplicates(scanned, dict);
                return;
            }
            previous = key;
        }
    }

    private void refuseUnsortedDuplicates(BencodeTape scanned, int dict) throws RefusedException {
        Set<String> seen = new HashSet<>();
        for (int key = dict + 1; key < tape.count(); key = scanned.after(key + 1)) {
            if (!seen.add(scanned.key(key))) {
                throw duplicate();
            }
        }
    }

    private int node(int start) throws RefusedException {
        if (tape.count() == limits.tokens()) {
            throw refused("tokens", "has more than the allowed " + limits.tokens() + " values");
        }
        return tape.add(start);
    }

    private byte peek() throws RefusedException {
        if (at >= to) {
            throw refused("truncated", "ends in the middle");
        }
        return data[at];
    }

    private String where() {
        return " (byte " + at + ")";
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static RefusedException duplicate() {
        return refused("duplicate-key", "says the same thing twice in one dictionary, so that two programs could read it differently");
    }

    static RefusedException refused(String rule, String what) {
        return new RefusedException("bencode." + rule, "The data " + what + ". It was not read.");
    }
}
