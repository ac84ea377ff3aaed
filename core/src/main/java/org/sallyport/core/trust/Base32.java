package org.sallyport.core.trust;

import java.util.Arrays;
import java.util.Optional;

/** RFC 4648 base32 in lower case without padding; reading is strict, so that one value has one text. */
final class Base32 {
    static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int BITS = 5;
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            VALUES[ALPHABET.charAt(i)] = (byte) i;
        }
    }

    private Base32() { }

    static String encode(byte[] content) {
        StringBuilder text = new StringBuilder((content.length * 8 + BITS - 1) / BITS);
        int buffer = 0;
        int held = 0;
        for (byte each : content) {
            buffer = buffer << 8 | each & 0xff;
            held += 8;
            while (held >= BITS) {
                held -= BITS;
                text.append(ALPHABET.charAt(buffer >> held & 31));
            }
            buffer &= (1 << held) - 1;
        }
        if (held > 0) {
            text.append(ALPHABET.charAt(buffer << BITS - held & 31));
        }
        return text.toString();
    }

    /** Empty unless {@code text} is what {@link #encode} gives for some bytes. */
    static Optional<byte[]> decode(CharSequence text) {
        byte[] content = new byte[text.length() * BITS / 8];
        int buffer = 0;
        int held = 0;
        int next = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = value(text.charAt(i));
            if (value < 0) {
                return Optional.empty();
            }
            buffer = buffer << BITS | value;
            held += BITS;
            if (held >= 8) {
                held -= 8;
                content[next++] = (byte) (buffer >> held);
                buffer &= (1 << held) - 1;
            }
        }
        // left over: less than one character, and zero
        return held < BITS && buffer == 0 ? Optional.of(content) : Optional.empty();
    }

    /** 0..31, or -1 for a character that is none of ours. */
    static int value(char character) {
        return character < VALUES.length ? VALUES[character] : -1;
    }
}
