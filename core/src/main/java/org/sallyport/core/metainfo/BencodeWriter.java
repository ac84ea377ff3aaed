package org.sallyport.core.metainfo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.sallyport.core.model.Bytes;

/** Writes values this program made; recursion is as deep as they are. */
final class BencodeWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    BencodeWriter dict(Map<?, ?> dict) {
        // in ISO-8859-1 the order of characters is the order of bytes
        Map<String, Object> sorted = new TreeMap<>();
        dict.forEach((key, value) -> sorted.put(checkedKey(key), value));
        out.write('d');
        sorted.forEach((key, value) -> string(key.getBytes(StandardCharsets.ISO_8859_1)).value(value));
        out.write('e');
        return this;
    }

    byte[] finish() {
        return out.toByteArray();
    }

    private void value(Object value) {
        if (value instanceof byte[] bytes) {
            string(bytes);
        } else if (value instanceof Bytes bytes) {
            string(bytes.toArray());
        } else if (value instanceof String text) {
            string(text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof Integer || value instanceof Long) {
            ascii("i" + value + "e");
        } else if (value instanceof Map<?, ?> map) {
            dict(map);
        } else if (value instanceof BencodeDict read) {
            out.writeBytes(read.raw());
        } else if (value instanceof Collection<?> list) {
            out.write('l');
            list.forEach(this::value);
            out.write('e');
        } else {
            throw new IllegalArgumentException("cannot bencode a " + value.getClass().getName());
        }
    }

    private BencodeWriter string(byte[] bytes) {
        ascii(bytes.length + ":");
        out.writeBytes(bytes);
        return this;
    }

    private void ascii(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String checkedKey(Object key) {
        if (key instanceof String text && text.chars().allMatch(c -> c <= 0xFF)) {
            return text;
        }
        throw new IllegalArgumentException("not a bencode key: " + key);
    }
}
