package org.sallyport.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;

class HandshakeTest {
    private static final InfoHash HASH = new InfoHash("000102030405060708090a0b0c0d0e0f10111213");
    private static final Bytes PEER_ID = Bytes.copyOf("-SY0100-abcdefghijkl".getBytes(StandardCharsets.US_ASCII));
    private static final String OURS = "13426974546f7272656e742070726f746f636f6c" + "0000000000100004" + HASH.hex()
            + "2d5359303130302d6162636465666768696a6b6c";

    @Test
    void oursIsWrittenAsSpecifiedWithExtensionsAndFastMessages() {
        byte[] written = Calls.written(Handshake.ours(HASH, PEER_ID)::encode);

        assertThat(HexFormat.of().formatHex(written)).isEqualTo(OURS);
        assertThat(written).hasSize(Handshake.LENGTH);
    }

    @Test
    void whatIsWrittenIsReadAgainAndNoMore() {
        ByteBuf in = Unpooled.wrappedBuffer(HexFormat.of().parseHex(OURS + "ff"));

        assertThat(Handshake.decode(in)).isEqualTo(Handshake.ours(HASH, PEER_ID));
        assertThat(in.readableBytes()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
            "0000000000000000, false, false",
            "0000000000100000, true,  false",
            "0000000000000004, false, true",
            "0000000000100005, true,  true",
            "ffffffffffefffff, false, true",
            "fffffffffffffffb, true,  false",
            "1000040010000010, false, false"})
    void eachFlagIsOneBit(String reserved, boolean extensions, boolean fast) {
        Handshake handshake = new Handshake(Long.parseUnsignedLong(reserved, 16), HASH, PEER_ID);

        assertThat(handshake.supportsExtensions()).isEqualTo(extensions);
        assertThat(handshake.supportsFast()).isEqualTo(fast);
    }

    @Test
    void everyBeginningOfAHandshakeMayBecomeOne() {
        byte[] whole = HexFormat.of().parseHex(OURS);

        for (int length = 0; length <= whole.length; length++) {
            assertThat(Handshake.mayBegin(Unpooled.wrappedBuffer(whole, 0, length))).as("%d bytes", length).isTrue();
        }
    }

    @Test
    void oneWrongByteInThePrefixIsSeenWhenItComes() {
        for (int at = 0; at < Handshake.PREFIX_LENGTH; at++) {
            byte[] bytes = HexFormat.of().parseHex(OURS);
            bytes[at] ^= 0x20;

            assertThat(Handshake.mayBegin(Unpooled.wrappedBuffer(bytes, 0, at))).as("before byte %d", at).isTrue();
            assertThat(Handshake.mayBegin(Unpooled.wrappedBuffer(bytes, 0, at + 1))).as("at byte %d", at).isFalse();
        }
    }

    @Test
    void lookingDoesNotReadAndMindsWhatWasReadBefore() {
        ByteBuf in = Unpooled.wrappedBuffer(HexFormat.of().parseHex("ffff" + OURS)).skipBytes(2);

        assertThat(Handshake.mayBegin(in)).isTrue();
        assertThat(in.readerIndex()).isEqualTo(2);
    }
}
