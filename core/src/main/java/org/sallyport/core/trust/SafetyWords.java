package org.sallyport.core.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.sallyport.core.model.Bytes;

/**
 * Six words that two people compare: the same on both screens only if no third device sits between the two. 66 bits; because of the
 * commitment of {@link WordExchange} an attacker has one try, not a search.
 *
 * @param words six of the 2048 of BIP 39's English list
 */
public record SafetyWords(List<String> words) {
    private static final int COUNT = 6;
    private static final int BITS_PER_WORD = 11;
    private static final List<String> LIST = load();

    public SafetyWords {
        words = List.copyOf(words);
        if (words.size() != COUNT) {
            throw new IllegalArgumentException(words.size() + " words");
        }
    }

    /** The same for both sides: each names itself "own". Keys are DER and nonces of one length, so that no two inputs join to the same bytes. */
    static SafetyWords of(Bytes ownKey, Bytes ownNonce, Bytes otherKey, Bytes otherNonce) {
        boolean ownFirst = ownKey.compareTo(otherKey) < 0;
        byte[] hash = Hashing.sha256(Hashing.ascii("sallyport-words"),
                (ownFirst ? ownKey : otherKey).toArray(), (ownFirst ? otherKey : ownKey).toArray(),
                (ownFirst ? ownNonce : otherNonce).toArray(), (ownFirst ? otherNonce : ownNonce).toArray());
        BigInteger bits = new BigInteger(1, hash).shiftRight(hash.length * Byte.SIZE - COUNT * BITS_PER_WORD);
        List<String> words = new ArrayList<>();
        for (int i = COUNT - 1; i >= 0; i--) {
            words.add(LIST.get(bits.shiftRight(i * BITS_PER_WORD).intValue() & LIST.size() - 1));
        }
        return new SafetyWords(words);
    }

    /** With spaces between. */
    public String text() {
        return String.join(" ", words);
    }

    private static List<String> load() {
        try (InputStream in = SafetyWords.class.getResourceAsStream("words.txt")) {
            List<String> words = new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
            if (words.size() != 1 << BITS_PER_WORD) {
                throw new IllegalStateException(words.size() + " words in the list");
            }
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "SafetyWords(hidden)";
    }
}
