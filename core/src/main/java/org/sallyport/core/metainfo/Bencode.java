package org.sallyport.core.metainfo;

import java.util.Map;
import java.util.Objects;
import org.sallyport.core.model.RefusedException;

/** Reads and writes bencoding (BEP 3). Pure, any thread. Why not bt's reader: decision 0006. */
public final class Bencode {
    private Bencode() { }

    /**
     * Decodes bytes that are exactly one dictionary.
     *
     * @param data not copied: must not change while the result is in use
     * @throws RefusedException with a rule {@code bencode.…} if the bytes are malformed, ambiguous or beyond the limits
     */
    public static BencodeDict decodeDict(byte[] data, BencodeLimits limits) throws RefusedException {
        BencodeDict dict = decodeDictPrefix(data, 0, data.length, limits);
        if (dict.end() != data.length) {
            throw BencodeScanner.refused("trailing", "goes on after its end (byte " + dict.end() + ")");
        }
        return dict;
    }

    /**
     * Decodes the dictionary that starts at {@code from}; {@link BencodeDict#end()} tells where it ended. What follows it is
     * not looked at (BEP 9 puts the payload there).
     *
     * @param data not copied: must not change while the result is in use
     * @param to   offset after the last byte that may be read; {@code to - from} counts against {@link BencodeLimits#bytes()}
     * @throws RefusedException as {@link #decodeDict}
     */
    public static BencodeDict decodeDictPrefix(byte[] data, int from, int to, BencodeLimits limits) throws RefusedException {
        Objects.checkFromToIndex(from, to, data.length);
        BencodeTape tape = new BencodeScanner(data, from, to, limits).scan();
        return new BencodeDict(tape, 0);
    }

    /**
     * Encodes a dictionary with its keys in the order of their raw bytes.
     *
     * @param dict keys of characters up to U+00FF, one byte each; values {@code byte[]}, {@code Bytes}, {@code String} (UTF-8),
     *             {@code Integer}, {@code Long}, {@code Map}, {@code Collection}, or a {@link BencodeDict}, which keeps the
     *             very bytes it was read from
     * @throws IllegalArgumentException on any other key or value
     */
    public static byte[] encode(Map<String, ?> dict) {
        return new BencodeWriter().dict(dict).finish();
    }
}
