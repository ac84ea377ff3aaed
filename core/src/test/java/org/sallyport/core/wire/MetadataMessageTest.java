package org.sallyport.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataMessageTest {

    @Test
    void messagesLookAsInTheProposal() throws WireViolation {
        assertThat(text(MetadataMessage.request(0).encode())).isEqualTo("d8:msg_typei0e5:piecei0ee");
        assertThat(text(MetadataMessage.reject(3).encode())).isEqualTo("d8:msg_typei2e5:piecei3ee");
        assertThat(text(MetadataMessage.data(0, 34_256, "xx".getBytes(StandardCharsets.US_ASCII)).encode()))
                .isEqualTo("d8:msg_typei1e5:piecei0e10:total_sizei34256eexx");
        for (MetadataMessage message
                : new MetadataMessage[] {MetadataMessage.request(7), MetadataMessage.reject(511), MetadataMessage.data(1, 20_000, new byte[3616])}) {
            assertThat(MetadataMessage.decode(message.encode())).contains(message);
        }
    }

    @Test
    void sizesOfPieces() {
        assertThat(MetadataMessage.pieces(1)).isEqualTo(1);
        assertThat(MetadataMessage.pieces(MetadataMessage.PIECE)).isEqualTo(1);
        assertThat(MetadataMessage.pieces(MetadataMessage.PIECE + 1)).isEqualTo(2);
        assertThat(MetadataMessage.pieceBytes(MetadataMessage.PIECE + 1, 0)).isEqualTo(MetadataMessage.PIECE);
        assertThat(MetadataMessage.pieceBytes(MetadataMessage.PIECE + 1, 1)).isEqualTo(1);
    }

    @Test
    void unknownKindIsPassedOver() throws WireViolation {
        assertThat(decode("d8:msg_typei3e5:piecei0ee")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", "x", "de", "le", "d8:msg_typei0e", "d8:msg_typei-1e5:piecei0ee", "d8:msg_type1:05:piecei0ee", "d8:msg_typei0ee",
                    "d8:msg_typei0e5:piecei-1ee",
            "d8:msg_typei0e5:piecei640ee", "d8:msg_typei0e5:piecei2147483648ee", "d8:msg_typei0e5:piecei99999999999999999999ee",
            "d8:msg_typei1e5:piecei0e10:total_sizei-1eex", "d8:msg_typei1e5:piecei0e10:total_sizei2147483648eex",
            "d8:msg_typei1e5:piecei0e10:total_sizei8388609eex",
            "d8:msg_typei1e5:piecei0e10:total_size1:9ex", "d8:msg_typei1e5:piecei0e10:total_sizei99999999999999999999eex",
            "d8:msg_typei1e5:piecei0e10:total_sizei5ee",
            "d8:msg_typei1e8:msg_typei0e5:piecei0ee", "d1:allllleeeee8:msg_typei0e5:piecei0ee", "d8:msg_typei01e5:piecei0ee"})
    void nonsenseIsAViolation(String payload) {
        assertViolation(payload.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void tooMuchDataIsAViolation() {
        byte[] head = "d8:msg_typei1e5:piecei0e10:total_sizei50000ee".getBytes(StandardCharsets.US_ASCII);

        assertViolation(Arrays.copyOf(head, head.length + MetadataMessage.PIECE + 1));
        assertViolation(Arrays.copyOf(head, 256 << 10));
    }

    @Property(tries = 5000)
    void anythingIsReadOrAViolation(@ForAll("payloads") byte[] payload) {
        try {
            MetadataMessage.decode(payload).ifPresent(message -> {
                assertThat(message.data().length()).isLessThanOrEqualTo(MetadataMessage.PIECE);
                assertThat(message.totalSize()).isBetween(0, MetadataMessage.MAX_SIZE);
            });
        } catch (WireViolation violation) {
            assertThat(violation.rule()).isEqualTo("wire.metadata");
        }
    }

    @Provide
    Arbitrary<byte[]> payloads() {
        return Arbitraries.of("d", "e", "l", "8:msg_type", "i0e", "i1e", "i2e", "5:piece", "10:total_size", "i-1e", "i8388608e", "i16384e",
                "i9223372036854775807e",
                "x".repeat(16_384), "3:abc", "\u0000", "0:", "999999999:").list().ofMaxSize(12)
                        .map(list -> ("d8:msg_type" + String.join("", list)).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static boolean decode(String payload) throws WireViolation {
        return MetadataMessage.decode(payload.getBytes(StandardCharsets.ISO_8859_1)).isPresent();
    }

    private static void assertViolation(byte[] payload) {
        assertThat(catchThrowableOfType(WireViolation.class, () -> MetadataMessage.decode(payload)).rule()).isEqualTo("wire.metadata");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
