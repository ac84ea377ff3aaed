package org.sallyport.core.metainfo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986, section 2.1), of bytes and of text as UTF-8. */
public final class PercentText {
    private static final String UNRESERVED = "-._~";
    private static final String DIGITS = "0123456789ABCDEF";

    private PercentText() { }

    /** A percent sign without two digits stays what it is. Malformed UTF-8 becomes U+FFFD. */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream plain = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
            if (low < 0) {
                plain.write(raw[i]);
            } else {
                plain.write(high << 4 | low);
                i += 2;
            }
        }
        return plain.toString(StandardCharsets.UTF_8);
    }

    /** All but the characters that nobody gives a meaning. */
    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    /** All but the bytes that stand for characters that nobody gives a meaning. */
    public static String encode(byte[] raw) {
        StringBuilder encoded = new StringBuilder(raw.length * 3);
        for (byte b : raw) {
            char c = (char) (b & 0xff);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(DIGITS.charAt(c >> 4)).append(DIGITS.charAt(c & 15));
            }
        }
        return encoded.toString();
    }
}
