package org.sallyport.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.metainfo.BencodeLimits;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.wire.DeviceMessage.Answer;
import org.sallyport.core.wire.DeviceMessage.Answer.Reply;
import org.sallyport.core.wire.DeviceMessage.AskCatalogue;
import org.sallyport.core.wire.DeviceMessage.Bye;
import org.sallyport.core.wire.DeviceMessage.Catalogue;
import org.sallyport.core.wire.DeviceMessage.GetMetainfo;
import org.sallyport.core.wire.DeviceMessage.Hello;
import org.sallyport.core.wire.DeviceMessage.Item;
import org.sallyport.core.wire.DeviceMessage.Metainfo;
import org.sallyport.core.wire.DeviceMessage.Offer;

class DeviceCodecTest {
    private static final InfoHash HASH = InfoHash.of("abcdefghijklmnopqrst".getBytes(StandardCharsets.US_ASCII));
    private static final String HASH_FIELD = "4:hash20:abcdefghijklmnopqrst";
    private static final Item ITEM = new Item(HASH, "Holiday", 16L << 40, 100_000, "see you");
    private static final String ITEM_TAIL = HASH_FIELD + "4:name1:x4:note0:";

    @Test
    void channelIsTheHashOfItsName() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-1").digest("sallyport device channel 1".getBytes(StandardCharsets.US_ASCII));

        assertThat(DeviceMessage.CHANNEL).isEqualTo(InfoHash.of(digest));
    }

    static Stream<DeviceMessage> messages() {
        Item longest = new Item(HASH, "n".repeat(255), 0, 1, "ö".repeat(200));
        return Stream.of(
                new Hello(1, 0, List.of(), ""),
                new Hello(Integer.MAX_VALUE, 65_535, List.of(PeerAddress.parse("192.0.2.1:1"), PeerAddress.parse("[2001:db8::1]:65535")), "Laptop"),
                new Offer(ITEM), new Offer(longest),
                new Answer(HASH, Reply.YES), new Answer(HASH, Reply.NO), new Answer(HASH, Reply.ARRIVED),
                new AskCatalogue(0, "", 0), new AskCatalogue(Integer.MAX_VALUE, "s".repeat(100), 10_000),
                new Catalogue(7, List.of(), false), new Catalogue(7, Collections.nCopies(100, ITEM), true),
                new GetMetainfo(HASH, 0), new GetMetainfo(HASH, BencodeLimits.TORRENT.bytes()),
                new Metainfo(HASH, 0, 0, Bytes.EMPTY), new Metainfo(HASH, 100_000, 38_560, Bytes.copyOf(new byte[DeviceMessage.MAX_DATA])),
                new Bye());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatIsWrittenIsReadAgain(DeviceMessage message) throws WireViolation {
        byte[] written = DeviceCodec.encode(message);

        assertThat(DeviceCodec.decode(written)).contains(message);
        assertThat(written).hasSizeLessThanOrEqualTo(BencodeLimits.PEER.bytes());
    }

    @Test
    void messagesLookAsDocumented() {
        assertThat(text(DeviceCodec.encode(new Hello(1, 6000, List.of(PeerAddress.parse("1.2.3.4:258")), "A"))))
                .isEqualTo("d9:addressesl6:\1\2\3\4\1\2e4:name1:A1:pi6000e1:t5:hello1:vi1ee");
        assertThat(text(DeviceCodec.encode(new Answer(HASH, Reply.NO)))).isEqualTo("d" + HASH_FIELD + "5:reply2:no1:t6:answere");
        assertThat(text(DeviceCodec.encode(new Bye()))).isEqualTo("d1:t3:byee");
    }

    @ParameterizedTest
    @ValueSource(strings = {"d1:t4:songe", "d1:t5:HELLOe", "d3:foo3:bar1:t7:goodbyee"})
    void messageOfAKindThatIsNotKnownIsPassedOver(String theirs) throws WireViolation {
        assertThat(decode(theirs)).isEmpty();
    }

    @Test
    void moreThanIsKnownOfAMessageIsPassedOver() throws WireViolation {
        assertThat(decode("d4:hash20:abcdefghijklmnopqrst5:reply3:yes1:t6:answer1:zlee")).contains(new Answer(HASH, Reply.YES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "e", "le", "i1e", "de ", "d1:t", "d1:t3:bye", "d1:t3:bye1:t3:byee", "d1:ti01ee", "d1:t99:xe"})
    void whatIsNoDictionaryIsRefused(String theirs) {
        assertRefused(theirs, "device.message");
    }

    @Test
    void messageLargerThanIsReadFromPeersIsRefused() {
        assertRefused("d1:t3:bye1:z65530:" + "x".repeat(65_530) + "e", "device.message");
        assertRefused("d1:t3:bye1:z" + "l".repeat(20) + "e".repeat(20) + "e", "device.message");
    }

    static Stream<String> outOfBounds() {
        return Stream.of(
                "de", "d1:ti1ee", "d1:t0:e", "d1:t33:" + "x".repeat(33) + "e",
                "d1:t5:helloe",
                hello("le", "0:", "i6000e", "i0e"), hello("le", "0:", "i65536e", "i1e"), hello("le", "0:", "i-1e", "i1e"),
                hello("de", "0:", "i0e", "i1e"), hello("le", "256:" + "x".repeat(256), "i0e", "i1e"), hello("le", "i1e", "i0e", "i1e"),
                hello("li1ee", "0:", "i0e", "i1e"), hello("l5:12345e", "0:", "i0e", "i1e"), hello("l6:1234\0\0e", "0:", "i0e", "i1e"),
                hello("l18:1234567890123456\0\0e", "0:", "i0e", "i1e"), hello("l" + "6:123456".repeat(9) + "e", "0:", "i0e", "i1e"),
                "d1:t5:offere", offer("i-1e", "i1e", "1:x", "0:"), offer("i17592186044417e", "i1e", "1:x", "0:"), offer("i1e", "i0e", "1:x", "0:"),
                offer("i1e", "i100001e", "1:x", "0:"), offer("i1e", "i4294967297e", "1:x", "0:"), offer("i1e", "i1e", "0:", "0:"),
                offer("i1e", "i1e", "3: \n ", "0:"), offer("i1e", "i1e", "256:" + "x".repeat(256), "0:"),
                offer("i1e", "i1e", "1:x", "201:" + "x".repeat(201)), offer("1:1", "i1e", "1:x", "0:"),
                "d5:bytesi1e5:filesi1e4:hash19:abcdefghijklmnopqrs4:name1:x4:note0:1:t5:offere",
                "d5:bytesi1e5:filesi1e4:hash32:abcdefghijklmnopqrstabcdefghijkl4:name1:x4:note0:1:t5:offere",
                "d" + HASH_FIELD + "1:t6:answere", "d" + HASH_FIELD + "5:reply5:maybe1:t6:answere", "d" + HASH_FIELD + "5:replyi1e1:t6:answere",
                "d4:hash0:5:reply3:yes1:t6:answere",
                "d4:fromi10001e1:ni0e6:search0:1:t13:ask-cataloguee", "d4:fromi-1e1:ni0e6:search0:1:t13:ask-cataloguee",
                "d4:fromi0e1:ni-1e6:search0:1:t13:ask-cataloguee", "d4:fromi0e1:ni0e6:search101:" + "x".repeat(101) + "1:t13:ask-cataloguee",
                "d5:itemsle4:morei2e1:ni0e1:t9:cataloguee", "d5:itemsle1:ni0e1:t9:cataloguee", "d5:itemsi1e4:morei0e1:ni0e1:t9:cataloguee",
                "d5:itemsli1ee4:morei0e1:ni0e1:t9:cataloguee", "d5:itemsldee4:morei0e1:ni0e1:t9:cataloguee",
                "d5:itemsl" + ("d5:bytesi1e5:filesi1e" + ITEM_TAIL + "e").repeat(101) + "e4:morei0e1:ni0e1:t9:cataloguee",
                "d2:ati-1e" + HASH_FIELD + "1:t12:get-metainfoe", "d2:ati10485761e" + HASH_FIELD + "1:t12:get-metainfoe",
                "d2:ati0e4:data1:x" + HASH_FIELD + "1:t8:metainfo5:totali0ee", "d2:ati1e4:data0:" + HASH_FIELD + "1:t8:metainfo5:totali0ee",
                "d2:ati3e4:data3:xxx" + HASH_FIELD + "1:t8:metainfo5:totali5ee", "d2:ati0e4:data1:x" + HASH_FIELD + "1:t8:metainfo5:totali10485761ee",
                "d2:ati0e4:data61441:" + "x".repeat(61_441) + HASH_FIELD + "1:t8:metainfo5:totali100000ee");
    }

    @ParameterizedTest
    @MethodSource("outOfBounds")
    void fieldThatIsMissingOrOutOfBoundsIsRefused(String theirs) {
        assertRefused(theirs, "device.field");
    }

    @Test
    void textsAreMadeSafeToShow() throws WireViolation {
        String name = "a\u202eb\u0000\nc";

        Optional<DeviceMessage> read = DeviceCodec.decode(utf8("d5:bytesi1e5:filesi1e" + HASH_FIELD + "4:name" + utf8(name).length + ":" + name
                + "4:note3:\n\n\n1:t5:offere"));

        assertThat(read).contains(new Offer(new Item(HASH, "ab  c", 1, 1, "")));
    }

    @Property(tries = 2000)
    void randomBytesAreReadOrRefused(@ForAll byte[] bytes) {
        readOrRefuse(bytes);
    }

    @Property(tries = 2000)
    void damagedMessageIsReadWithinBoundsOrRefused(@ForAll("kinds") DeviceMessage message, @ForAll byte value, @ForAll int place) {
        byte[] bytes = DeviceCodec.encode(message);
        int at = Math.floorMod(place, bytes.length);
        byte[] damaged = bytes.clone();
        damaged[at] = value;

        readOrRefuse(damaged);
        readOrRefuse(Arrays.copyOf(bytes, at));
    }

    @Property(tries = 2000)
    void dictionaryOfAnyFieldsIsReadWithinBoundsOrRefused(@ForAll("parts") List<String> parts) {
        readOrRefuse(("d" + String.join("", parts) + "e").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Provide
    Arbitrary<DeviceMessage> kinds() {
        return Arbitraries.of(messages().filter(message -> DeviceCodec.encode(message).length < 2000).toList());
    }

    @Provide
    Arbitrary<List<String>> parts() {
        return Arbitraries.of("1:t5:hello", "1:t5:offer", "1:t6:answer", "1:t13:ask-catalogue", "1:t9:catalogue", "1:t12:get-metainfo",
                "1:t8:metainfo",
                HASH_FIELD, "2:ati5e", "5:totali9e", "4:data3:abc", "1:ni1e", "4:fromi3e", "6:search1:x", "4:morei1e", "5:itemsldee", "5:itemsle",
                "5:reply3:yes", "4:name3:\u202e", "4:note0:", "5:bytesi9999999999e", "5:filesi3e", "1:vi1e", "1:pi70000e", "9:addressesl6:abcdefe")
                .list().uniqueElements().ofMaxSize(12);
    }

    private static void readOrRefuse(byte[] bytes) {
        try {
            Optional<DeviceMessage> read = DeviceCodec.decode(bytes);
            if (read.isPresent()) {
                assertThat(DeviceCodec.decode(DeviceCodec.encode(read.get()))).isEqualTo(read);
            }
        } catch (WireViolation refused) {
            assertThat(refused.rule()).isIn("device.message", "device.field");
        }
    }

    private static void assertRefused(String theirs, String rule) {
        assertThatExceptionOfType(WireViolation.class).isThrownBy(() -> decode(theirs))
                .satisfies(refused -> assertThat(refused.rule()).isEqualTo(rule));
    }

    private static String hello(String addresses, String name, String port, String version) {
        return "d9:addresses" + addresses + "4:name" + name + "1:p" + port + "1:t5:hello1:v" + version + "e";
    }

    private static String offer(String bytes, String files, String name, String note) {
        return "d5:bytes" + bytes + "5:files" + files + HASH_FIELD + "4:name" + name + "4:note" + note + "1:t5:offere";
    }

    private static Optional<DeviceMessage> decode(String theirs) throws WireViolation {
        return DeviceCodec.decode(theirs.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
