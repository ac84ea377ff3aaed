package org.sallyport.core.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bt.bencoding.serializers.BEParser;
import bt.bencoding.types.BEInteger;
import bt.bencoding.types.BEList;
import bt.bencoding.types.BEMap;
import bt.bencoding.types.BEString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.RefusedException;

class BencodeTest {
    private static final BencodeLimits SMALL = new BencodeLimits(1000, 4, 20, 100, 5);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "not-dictionary | <html>",
            "not-dictionary | le",
            "not-dictionary | i1e",
            "not-dictionary | ''",
            "trailing       | dex",
            "trailing       | dede",
            "truncated      | d",
            "truncated      | d1:a",
            "truncated      | d1:ai5",
            "truncated      | d1:ai",
            "truncated      | d1:al",
            "truncated      | d1",
            "truncated      | d5:abc",
            "truncated      | d1:a9:b",
            "syntax         | d1:ae",
            "syntax         | d1:axe",
            "syntax         | d1:a-1:xe",
            "key-type       | di1e1:ae",
            "key-type       | dlei1ee",
            "key-type       | d-1:ae",
            "integer        | d1:aie e",
            "integer        | d1:ai-ee",
            "integer        | d1:ai-0ee",
            "integer        | d1:ai01ee",
            "integer        | d1:ai-01ee",
            "integer        | d1:ai+1ee",
            "integer        | d1:ai1.5ee",
            "integer        | d1:ai--1ee",
            "integer        | d1:ai123456789012345678901ee",
            "string-length  | d01:ai1ee",
            "string-length  | d1:a00:e",
            "string-length  | d1:a101:e",
            "string-length  | d1:a2147483647:e",
            "string-length  | d1:a18446744073709551617:e",
            "string-length  | d2147483647:",
            "string-length  | d1xe",
            "duplicate-key  | d1:ai1e1:ai2ee",
            "duplicate-key  | d1:bi1e1:ai2e1:bi3ee",
            "duplicate-key  | d1:ad1:bi1e1:bi2eee",
            "duplicate-key  | d1:ald1:bi1e1:bi2eeee",
            "depth          | d1:alllleeeee",
            "depth          | d1:ad1:ad1:ad1:adeeeee",
            "tokens         | d1:alllelelelelelelelelelelelelelelelelelelelelelelelelelelee",
            "keys           | d1:ai1e1:bi1e1:ci1e1:di1e1:ei1e1:fi1ee",
    })
    void refusesMalformedInputWithARuleOfItsOwn(String rule, String input) {
        assertThat(rule(input.getBytes(StandardCharsets.UTF_8), SMALL)).isEqualTo("bencode." + rule);
    }

    @Test
    void refusesInputLargerThanTheLimitBeforeLookingAtIt() {
        byte[] large = new byte[1001];
        large[0] = 'd';

        assertThat(rule(large, SMALL)).isEqualTo("bencode.size");
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "d0:i1ee", "d1:allee1:bi2ee", "d1:bi1e1:ai2ee", "d1:ai0ee", "d1:ai-1ee", "d1:a0:e",
            "d1:ai12345678901234567890ee", "d1:e1:ee"})
    void acceptsWhatIsUnambiguous(String input) throws RefusedException {
        assertThat(decode(input).end()).isEqualTo(input.length());
    }

    @Test
    void answersTypedGettersAndAbsentForOtherTypes() throws RefusedException {
        BencodeDict dict = decode("d1:ad1:xi7ee1:bi-42e1:cli1e2:abd1:yi8eeli9eee1:d2:hie");

        assertThat(dict.keys()).containsExactly("a", "b", "c", "d");
        assertThat(dict.dict("a").orElseThrow().integer("x")).hasValue(7);
        assertThat(dict.integer("b")).hasValue(-42);
        assertThat(dict.text("d", "-")).isEqualTo("hi");
        assertThat(dict.bytes("d")).hasValueSatisfying(b -> assertThat(b).containsExactly('h', 'i'));
        BencodeList list = dict.list("c").orElseThrow();
        assertThat(list.size()).isEqualTo(4);
        assertThat(list.integer(0)).hasValue(1);
        assertThat(list.text(1, "-")).isEqualTo("ab");
        assertThat(list.bytes(1)).isPresent();
        assertThat(list.dict(2).orElseThrow().integer("y")).hasValue(8);
        assertThat(list.list(3).orElseThrow().integer(0)).hasValue(9);

        assertThat(dict.integer("a")).isEmpty();
        assertThat(dict.dict("b")).isEmpty();
        assertThat(dict.list("d")).isEmpty();
        assertThat(dict.bytes("c")).isEmpty();
        assertThat(dict.text("b", "fallback")).isEqualTo("fallback");
        assertThat(dict.integer("absent")).isEmpty();
        assertThat(list.dict(0)).isEmpty();
        assertThat(list.list(1)).isEmpty();
        assertThat(list.integer(1)).isEmpty();
        assertThatThrownBy(() -> list.text(4, "")).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> dict.rawStart("absent")).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void numbersBeyondALongCountAsAbsent() throws RefusedException {
        BencodeDict dict = decode("d1:ai9223372036854775807e1:bi9223372036854775808e1:ci-9223372036854775808ee");

        assertThat(dict.integer("a")).hasValue(Long.MAX_VALUE);
        assertThat(dict.integer("b")).isEmpty();
        assertThat(dict.integer("c")).hasValue(Long.MIN_VALUE);
    }

    @Test
    void malformedUtf8IsReplacedInTextAndKeptInBytes() throws RefusedException {
        byte[] input = {'d', '1', ':', 'a', '2', ':', (byte) 0xFF, 'x', 'e'};

        BencodeDict dict = Bencode.decodeDict(input, SMALL);

        assertThat(dict.text("a", "")).isEqualTo("\uFFFDx");
        assertThat(dict.bytes("a").orElseThrow()).containsExactly(0xFF, 'x');
    }

    @Test
    void tellsTheByteRangeOfEachValue() throws RefusedException {
        String input = "d1:ai5e4:infod1:xleee";

        BencodeDict dict = decode(input);

        assertThat(input.substring(dict.rawStart("info"), dict.rawEnd("info"))).isEqualTo("d1:xlee");
        assertThat(input.substring(dict.rawStart("a"), dict.rawEnd("a"))).isEqualTo("i5e");
        assertThat(dict.start()).isZero();
    }

    @Test
    void binaryKeysSurviveBothWays() throws RefusedException {
        byte[] key = new byte[20];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (0xF0 + i);
        }
        String name = new String(key, StandardCharsets.ISO_8859_1);

        byte[] encoded = Bencode.encode(Map.of("files", Map.of(name, 1)));
        BencodeDict files = Bencode.decodeDict(encoded, BencodeLimits.TRACKER).dict("files").orElseThrow();

        assertThat(encoded).hasSize("d5:filesd20:".length() + 20 + "i1eee".length());
        assertThat(Arrays.copyOfRange(encoded, 12, 32)).isEqualTo(key);
        assertThat(files.integer(name)).hasValue(1);
    }

    @Test
    void prefixTellsWhereThePayloadBegins() throws RefusedException {
        byte[] message = "xxd8:msg_typei1eePAYLOAD".getBytes(StandardCharsets.US_ASCII);

        BencodeDict dict = Bencode.decodeDictPrefix(message, 2, message.length, BencodeLimits.PEER);

        assertThat(dict.integer("msg_type")).hasValue(1);
        assertThat(new String(message, dict.end(), message.length - dict.end(), StandardCharsets.US_ASCII)).isEqualTo("PAYLOAD");
    }

    @Test
    void prefixNeverReadsBehindItsRange() {
        byte[] message = "d1:a5:helloe".getBytes(StandardCharsets.US_ASCII);

        for (int to = 1; to < message.length; to++) {
            int end = to;
            RefusedException refused = catchThrowableOfType(RefusedException.class,
                    () -> Bencode.decodeDictPrefix(message, 0, end, BencodeLimits.PEER));
            assertThat(refused.refusal().rule()).isEqualTo("bencode.truncated");
        }
    }

    @Test
    void encodesSortedByBytesAndEveryType() throws RefusedException {
        BencodeDict read = decode("d1:zi1e1:yi2ee");

        byte[] encoded = Bencode.encode(Map.of(
                "b", List.of(1, 2L, "x"), "a", "\u00fc", "aa", new byte[] {1}, "c", Map.of("k", Bytes.copyOf(new byte[] {2})), "d", read));

        assertThat(new String(encoded, StandardCharsets.UTF_8))
                .isEqualTo("d1:a2:\u00fc2:aa1:\u00011:bli1ei2e1:xe1:cd1:k1:\u0002e1:dd1:zi1e1:yi2eee");
    }

    @Test
    void refusesToEncodeWhatHasNoBencoding() {
        assertThatIllegalArgumentException().isThrownBy(() -> Bencode.encode(Map.of("a", 1.5)));
        assertThatIllegalArgumentException().isThrownBy(() -> Bencode.encode(Map.of("\u20ac", 1)));
    }

    @Test
    void agreesWithBtWhereBtCanBeTrusted() throws IOException, RefusedException {
        BEMap theirs = new BEMap(Map.of(
                "list", new BEList(List.of(new BEString("x"), new BEInteger(null, BigInteger.TEN))),
                "name", new BEString("\u00fc.bin"), "v", new BEMap(Map.of("a", new BEInteger(null, BigInteger.ONE.negate())))));
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        theirs.writeTo(written);

        byte[] ours = Bencode.encode(Map.of("list", List.of("x", 10), "name", "\u00fc.bin", "v", Map.of("a", -1)));

        assertThat(ours).isEqualTo(written.toByteArray());
        try (BEParser parser = new BEParser(ours)) {
            assertThat(parser.readMap()).isEqualTo(theirs);
        }
        assertThat(Bencode.decodeDict(written.toByteArray(), BencodeLimits.PEER).text("name", "")).isEqualTo("\u00fc.bin");
    }

    /** research B1 and B3: bt overflows its stack or takes seconds on each of these. */
    @ParameterizedTest
    @CsvSource({"l, 100000", "d1:a, 30000", "l, 10000000"})
    void deepNestingIsRefusedNotFollowed(String level, int times) {
        byte[] input = ("d1:a" + level.repeat(times)).getBytes(StandardCharsets.US_ASCII);

        assertThat(rule(Arrays.copyOf(input, Math.min(input.length, BencodeLimits.TORRENT.bytes())), BencodeLimits.TORRENT))
                .isEqualTo("bencode.depth");
        assertThat(rule(Arrays.copyOf(input, Math.min(input.length, BencodeLimits.PEER.bytes())), BencodeLimits.PEER)).isEqualTo("bencode.depth");
    }

    @Test
    void aHundredThousandUnsortedKeysWithEqualHashCodesAreRead() throws RefusedException {
        StringBuilder keys = new StringBuilder("d");
        // "Aa" and "BB" have the same String.hashCode; 16 of them give 65,536 different keys with one hash
        for (int i = (1 << 16) - 1; i >= 0; i--) {
            keys.append("32:");
            for (int bit = 15; bit >= 0; bit--) {
                keys.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            keys.append("0:");
        }

        BencodeDict dict = Bencode.decodeDict(keys.append('e').toString().getBytes(StandardCharsets.US_ASCII), BencodeLimits.TORRENT);

        assertThat(dict.keys()).hasSize(1 << 16);
    }

    @Test
    void aMillionTokensAreTheMost() {
        String input = "d1:al" + "le".repeat(1_000_000) + "ee";

        assertThat(rule(input.getBytes(StandardCharsets.US_ASCII), BencodeLimits.TORRENT)).isEqualTo("bencode.tokens");
    }

    @Test
    void refusesLimitsThatLimitNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BencodeLimits(10, 0, 1, 1, 1));
    }

    private static BencodeDict decode(String input) throws RefusedException {
        return Bencode.decodeDict(input.getBytes(StandardCharsets.UTF_8), SMALL);
    }

    private static String rule(byte[] input, BencodeLimits limits) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> Bencode.decodeDict(input, limits));
        assertThat(refused).as("refused").isNotNull();
        assertThat(refused.refusal().sentence()).doesNotContain("  ").endsWith(".");
        return refused.refusal().rule();
    }
}
