package org.sallyport.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each message of BEP 3, 5, 6 and 10 against the bytes that the specifications give it. */
class FrameTableTest {
    /** A bitfield of three bytes. */
    private static final int PIECES = 20;

    static Stream<Arguments> messages() {
        return Stream.of(
                row("keep-alive", "00000000", FrameEncoder::keepAlive),
                row("choke", "00000001 00", FrameEncoder::choke),
                row("unchoke", "00000001 01", FrameEncoder::unchoke),
                row("interested", "00000001 02", FrameEncoder::interested),
                row("not-interested", "00000001 03", FrameEncoder::notInterested),
                row("have 258", "00000005 04 00000102", out -> FrameEncoder.have(out, 258)),
                row("bitfield a000f0", "00000004 05 a000f0", out -> FrameEncoder.bitfield(out, bytes("a000f0"))),
                row("request 1 16384 32768", "0000000d 06 00000001 00004000 00008000", out -> FrameEncoder.request(out, 1, 16_384, 32_768)),
                row("cancel -1 2147483647 0", "0000000d 08 ffffffff 7fffffff 00000000", out -> FrameEncoder.cancel(out, -1, Integer.MAX_VALUE, 0)),
                row("reject 3 2 1", "0000000d 10 00000003 00000002 00000001", out -> FrameEncoder.reject(out, 3, 2, 1)),
                row("have-all", "00000001 0e", FrameEncoder::haveAll),
                row("have-none", "00000001 0f", FrameEncoder::haveNone),
                row("allowed-fast 9", "00000005 11 00000009", out -> FrameEncoder.allowedFast(out, 9)),
                row("extended 3 6465", "00000004 14 03 6465", out -> FrameEncoder.extended(out, 3, bytes("6465"))),
                row("extended 255 ", "00000002 14 ff", out -> FrameEncoder.extended(out, 255, new byte[0])));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messageIsWrittenAndReadAsSpecified(String call, String hex, Consumer<ByteBuf> writer) throws WireViolation {
        assertThat(Calls.written(writer)).isEqualTo(bytes(hex));
        assertThat(Calls.of(PIECES, bytes(hex))).containsExactly(call);
    }

    @ParameterizedTest
    @CsvSource({"port 6881, 00000003 09 1ae1", "port 65535, 00000003 09 ffff", "suggest 7, 00000005 0d 00000007",
            "allowed-fast 7, 00000005 11 00000007"})
    void messageThatWeNeverSendIsReadAsSpecified(String call, String hex) throws WireViolation {
        assertThat(Calls.of(PIECES, bytes(hex))).containsExactly(call);
    }

    @Test
    void blockIsWrittenAndReadAsSpecified() throws WireViolation {
        byte[] head = Calls.written(out -> FrameEncoder.pieceHead(out, 2, 16_384, 3));

        assertThat(head).isEqualTo(bytes("0000000c 07 00000002 00004000")).hasSize(FrameEncoder.PIECE_HEAD_LENGTH);
        assertThat(Calls.of(PIECES, bytes("0000000c 07 00000002 00004000 010203"))).containsExactly("piece 2 16384 3", "block 010203");
    }

    /** The first of the lengths is the only right one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0  | 0  | 1 4 131072
            1  | 0  | 1 4
            2  | 0  | 1 4
            3  | 0  | 1 4
            4  | 4  | 0 1 3 5 8
            5  | 3  | 0 1 2 4 131072
            6  | 12 | 0 8 11 13
            8  | 12 | 0 8 11 13
            9  | 2  | 0 1 3
            13 | 4  | 0 3 5
            14 | 0  | 1
            15 | 0  | 1
            16 | 12 | 0 11 13
            17 | 4  | 0 3 5
            """)
    void messageOfAnotherLengthIsRefusedAtItsId(int id, int right, String wrong) throws WireViolation {
        assertThat(Calls.of(PIECES, frame(id, right, right))).hasSize(1);
        for (String length : wrong.split(" ")) {
            assertRefused("wire.message-length", "sent message " + id + " with " + length + " bytes", frame(id, Integer.parseInt(length), 0));
        }
    }

    @ParameterizedTest
    @CsvSource({
            "7, 0, wire.message-length", "7, 8, wire.message-length", "7, 9, ''", "7, 131080, ''", "7, 131081, wire.message-length",
            "20, 0, wire.message-length", "20, 1, ''", "20, 262145, ''", "20, 262146, wire.frame-length",
            "21, 0, ''", "21, 131072, ''", "21, 131073, wire.message-length", "255, 131073, wire.message-length", "10, 200000, wire.message-length"})
    void messageOfVariableLengthHasBounds(int id, int length, String rule) throws WireViolation {
        if (rule.isEmpty()) {
            byte[] following = {0, 0, 0, 0};
            assertThat(Calls.of(PIECES, join(frame(id, length, length), following))).endsWith("keep-alive");
        } else {
            assertRefused(rule, "sent ", frame(id, length, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 262_147, 0x13426974 /* a handshake where a length should be */})
    void lengthOutOfBoundsIsRefusedBeforeTheIdComes(int length) {
        assertRefused("wire.frame-length", Integer.toUnsignedString(length), ByteBuffer.allocate(4).putInt(length).array());
    }

    @Test
    void bitfieldOfALargeTorrentMayBeLongerThanAnyOtherMessage() throws WireViolation {
        int pieces = 4_000_003;

        assertThat(Calls.of(pieces, frame(5, 500_001, 500_001))).hasSize(1);
        assertRefused("wire.frame-length", "500003", pieces, frame(5, 500_002, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 12, 18, 19, 21, 22, 127, 128, 255})
    void unknownMessageIsPassedOver(int id) throws WireViolation {
        byte[] stream = join(frame(id, 0, 0), frame(4, 4, 4), frame(id, 5, 5), frame(0, 0, 0));

        assertThat(Calls.of(PIECES, stream)).containsExactly("have 0", "choke");
    }

    private static void assertRefused(String rule, String says, byte[] stream) {
        assertRefused(rule, says, PIECES, stream);
    }

    private static void assertRefused(String rule, String says, int pieces, byte[] stream) {
        Calls calls = new Calls();
        assertThatExceptionOfType(WireViolation.class)
                .isThrownBy(() -> new FrameDecoder(calls, pieces).feed(Unpooled.wrappedBuffer(stream)))
                .withMessageContaining(says)
                .satisfies(violation -> assertThat(violation.rule()).isEqualTo(rule));
        assertThat(calls.lines()).isEmpty();
    }

    private static Arguments row(String call, String hex, Consumer<ByteBuf> writer) {
        return arguments(call, hex, writer);
    }

    /** A message that says it has {@code length} bytes after its id, and the first {@code sent} of them. */
    private static byte[] frame(int id, int length, int sent) {
        return ByteBuffer.allocate(5 + sent).putInt(1 + length).put((byte) id).array();
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer whole = ByteBuffer.allocate(Stream.of(parts).mapToInt(part -> part.length).sum());
        List.of(parts).forEach(whole::put);
        return whole.array();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
