package org.sallyport.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.Bytes;

class ExtendedHandshakeTest {
    private static final ExtendedHandshake NOTHING_TOLD = new ExtendedHandshake("", 250, 0, 0, Map.of());

    @Test
    void whatIsWrittenIsReadAgain() throws WireViolation {
        ExtendedHandshake ours = new ExtendedHandshake("Sallyport 0.1", 500, 6881, 12_345, Map.of("ut_pex", 1, "ut_metadata", 255));

        assertThat(text(ours.encode()))
                .isEqualTo("d1:md11:ut_metadatai255e6:ut_pexi1ee13:metadata_sizei12345e1:pi6881e4:reqqi500e1:v13:Sallyport 0.1e");
        assertThat(ExtendedHandshake.decode(ours.encode())).isEqualTo(ours);
    }

    @Test
    void zeroIsNotTold() {
        assertThat(text(new ExtendedHandshake("x", 1, 0, 0, Map.of()).encode())).isEqualTo("d1:mde4:reqqi1e1:v1:xe");
    }

    @Test
    void handshakeOfARealClientIsRead() throws WireViolation {
        // libtorrent 1.2, shortened
        String theirs = "d12:complete_agoi-1e1:md11:lt_donthavei7e10:share_modei8e11:upload_onlyi3e12:ut_holepunchi4e11:ut_metadatai2e6:ut_pexi1ee"
                + "13:metadata_sizei18345e4:reqqi500e11:upload_onlyi1e1:v17:qBittorrent/4.5.26:yourip4:\1\2\3\4e";

        assertThat(decode(theirs)).isEqualTo(new ExtendedHandshake("qBittorrent/4.5.2", 500, 0, 18_345,
                Map.of("lt_donthave", 7, "share_mode", 8, "upload_only", 3, "ut_holepunch", 4, "ut_metadata", 2, "ut_pex", 1), true,
                Bytes.copyOf(new byte[] {1, 2, 3, 4})));
    }

    @Test
    void whoWantsNothingSaysSoAndWhereItSeesUs() throws WireViolation {
        ExtendedHandshake ours = new ExtendedHandshake("x", 1, 0, 0, Map.of(), true, Bytes.copyOf(new byte[16]));

        assertThat(text(ours.encode())).isEqualTo("d1:mde4:reqqi1e11:upload_onlyi1e1:v1:x6:yourip16:" + "\0".repeat(16) + "e");
        assertThat(ExtendedHandshake.decode(ours.encode())).isEqualTo(ours);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "d6:yourip0:e", "d6:yourip5:12345e", "d6:youripi7ee", "d11:upload_onlyi0ee", "d11:upload_only1:1e", "d11:upload_onlyi-1ee",
                    "de", "d1:mlee", "d1:mi1ee", "d1:m1:xe", "d1:v3:\1\2\3e", "d1:vlee", "d1:vi7ee", "d1:plee", "d1:p2:xxe", "d4:reqqdee",
                    "d13:metadata_size3:abce",
            "d1:pi0ee", "d1:pi-1ee", "d1:pi65536ee", "d1:pi4294973777ee", "d1:pi18446744073709551615ee", "d13:metadata_sizei0ee",
            "d13:metadata_sizei99999999999999999999ee", "d1:md1:xi0eee", "d1:md1:xi256eee", "d1:md1:xi-1eee", "d1:md1:xi4294967297eee",
            "d1:md1:x1:1ee"})
    void valueOfTheWrongTypeOrOutOfRangeCountsAsNotTold(String theirs) throws WireViolation {
        ExtendedHandshake read = decode(theirs);

        assertThat(read).isEqualTo(theirs.contains("v3:") ? new ExtendedHandshake("???", 250, 0, 0, Map.of()) : NOTHING_TOLD);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5000, 5000", "5001, 5000", "0, 1", "-1, 1", "9223372036854775807, 5000", "-9223372036854775808, 1"})
    void queueIsHeldWithinBounds(String told, int taken) throws WireViolation {
        assertThat(decode("d4:reqqi" + told + "ee").requestQueue()).isEqualTo(taken);
    }

    @Test
    void metadataOfAnySizeThatWeReadOurselvesIsBelieved() throws WireViolation {
        assertThat(decode("d13:metadata_sizei10485760ee").metadataSize()).isEqualTo(10 << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-9223372036854775808", "10485761", "2147483647", "2147483648", "4294967297", "9223372036854775807"})
    void metadataOfAnAbsurdSizeIsRefused(String told) {
        assertRefused("wire.metadata-size", told, ("d13:metadata_sizei" + told + "ee").getBytes(StandardCharsets.ISO_8859_1));
    }

    static List<String> broken() {
        return List.of(
                "", "e", "d", "i1e", "le", "4:spam", "dee", "de ", "d1:me", "di1ei2ee", "d1:vi1e1:vi2ee", "d1:pi01ee", "d1:pi-0ee", "d1:pi1",
                "d1:v99:x", "d1:v2147483647:x", "d1:v99999999999999999999:x", "d1:v-1:xe", "d1:v65537:" + "x".repeat(65_537) + "e",
                "d1:m" + "l".repeat(100) + "e".repeat(100) + "e", "d1:m" + "d1:m".repeat(50_000), "d1:ml" + "i0e".repeat(5000) + "ee",
                "d1:v" + "7".repeat(70_000), "d1:v70000:" + "x".repeat(70_000) + "e");
    }

    @ParameterizedTest
    @MethodSource("broken")
    void brokenOrOversizedDictionaryIsRefused(String theirs) {
        assertRefused("wire.extended-handshake", "bencode.", theirs.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void clientNameIsMadeSafeToShow() throws WireViolation {
        String name = "Evil\u202eexe.\u0000\n\u2066";

        ExtendedHandshake read = ExtendedHandshake.decode(
                ("d1:v" + name.getBytes(StandardCharsets.UTF_8).length + ":" + name + "e").getBytes(StandardCharsets.UTF_8));

        assertThat(read.client()).isEqualTo("Evil?exe.???");
    }

    @Test
    void longClientNameIsCut() throws WireViolation {
        assertThat(decode("d1:v1000:" + "x".repeat(1000) + "e").client()).isEqualTo("x".repeat(64));
    }

    @Property(tries = 2000)
    void randomBytesAreReadOrRefused(@ForAll byte[] bytes) {
        readOrRefuse(bytes);
    }

    @Property(tries = 2000)
    void damagedHandshakeIsReadWithinBoundsOrRefused(@ForAll("parts") List<String> parts, @ForAll byte value, @ForAll int place) {
        byte[] bytes = ("d" + String.join("", parts) + "e").getBytes(StandardCharsets.ISO_8859_1);
        byte[] damaged = bytes.clone();
        damaged[Math.floorMod(place, bytes.length)] = value;

        readOrRefuse(bytes);
        readOrRefuse(damaged);
        readOrRefuse(Arrays.copyOf(bytes, Math.floorMod(place, bytes.length)));
    }

    @Provide
    Arbitrary<List<String>> parts() {
        return Arbitraries.of("1:m", "1:p", "1:v", "4:reqq", "13:metadata_size", "i1e", "i-5e", "i70000e", "i9999999999e", "de", "le",
                "d6:ut_pexi1ee", "3:\u202e", "0:")
                .list().ofMaxSize(12);
    }

    private static void readOrRefuse(byte[] bytes) {
        try {
            ExtendedHandshake read = ExtendedHandshake.decode(bytes);
            assertThat(read.client()).hasSizeLessThanOrEqualTo(128).doesNotContainPattern("\\p{C}");
            assertThat(read.requestQueue()).isBetween(1, 5000);
            assertThat(read.port()).isBetween(0, 65_535);
            assertThat(read.metadataSize()).isBetween(0, 10 << 20);
            assertThat(read.extensions().values()).allSatisfy(id -> assertThat(id).isBetween(1, 255));
        } catch (WireViolation refused) {
            assertThat(refused.rule()).isIn("wire.extended-handshake", "wire.metadata-size");
        }
    }

    private static void assertRefused(String rule, String says, byte[] theirs) {
        assertThatExceptionOfType(WireViolation.class).isThrownBy(() -> ExtendedHandshake.decode(theirs))
                .withMessageContaining(says).satisfies(refused -> assertThat(refused.rule()).isEqualTo(rule));
    }

    private static ExtendedHandshake decode(String theirs) throws WireViolation {
        return ExtendedHandshake.decode(theirs.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
