package org.sallyport.core.metainfo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A decoded dictionary: a view of the bytes it was read from. Immutable as long as nobody changes those bytes. Keys are raw
 * bytes, one character each (ISO-8859-1). A value of another type than asked for counts as absent.
 */
public final class BencodeDict {
    private final BencodeTape tape;
    private final int node;
    private final Map<String, Integer> values = new LinkedHashMap<>();

    BencodeDict(BencodeTape tape, int node) {
        this.tape = tape;
        this.node = node;
        int key = node + 1;
        while (key < tape.after(node)) {
            values.put(tape.key(key), key + 1);
            key = tape.after(key + 1);
        }
    }

    /** The keys in the order of the source. */
    public Set<String> keys() {
        return Collections.unmodifiableSet(values.keySet());
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** The bytes of a string; a fresh copy. */
    public Optional<byte[]> bytes(String key) {
        return tape.bytes(value(key));
    }

    /** A string as UTF-8, malformed parts replaced by U+FFFD. Not safe to show or to use as a path as it is. */
    public String text(String key, String fallback) {
        return tape.text(value(key), fallback);
    }

    /** An integer; empty also when it does not fit 64 bits with a sign. */
    public OptionalLong integer(String key) {
        return tape.integer(value(key));
    }

    /** A dictionary inside this one. Each call reads its keys again: keep the result. */
    public Optional<BencodeDict> dict(String key) {
        return tape.dict(value(key));
    }

    /** A list inside this dictionary. Each call indexes it again: keep the result. */
    public Optional<BencodeList> list(String key) {
        return tape.list(value(key));
    }

    /**
     * Offset in the source of the first byte of a value, its prefix included.
     *
     * @throws NoSuchElementException if there is no such key
     */
    public int rawStart(String key) {
        return tape.start(present(key));
    }

    /**
     * Offset in the source after the last byte of a value.
     *
     * @throws NoSuchElementException if there is no such key
     */
    public int rawEnd(String key) {
        return tape.end(present(key));
    }

    /** Offset in the source of this dictionary's {@code d}. */
    public int start() {
        return tape.start(node);
    }

    /** Offset in the source after this dictionary's {@code e}: where the payload of a {@code ut_metadata} message begins. */
    public int end() {
        return tape.end(node);
    }

    /** Offset in the source of the first content byte of a string that is known to be there. */
    int contentStart(String key) {
        return tape.content(present(key));
    }

    byte[] raw() {
        return tape.slice(node);
    }

    private int value(String key) {
        return values.getOrDefault(key, BencodeTape.NONE);
    }

    private int present(String key) {
        int value = value(key);
        if (value == BencodeTape.NONE) {
            throw new NoSuchElementException("no key " + DisplayText.line(key, 40));
        }
        return value;
    }
}
