package org.sallyport.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a block's bytes go, and what a peer that sends less than it says costs. */
class FrameDecoderTest {
    private static final int PIECES = 8;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 13, 4096, 100_000})
    void blockGoesIntoTheSinksBufferHoweverItIsSplit(int step) throws WireViolation {
        byte[] payload = random(40_000);
        ByteBuffer memory = ByteBuffer.allocateDirect(50_000);
        Placing sink = new Placing(memory.slice(5_000, 40_000));
        FrameDecoder decoder = new FrameDecoder(sink, PIECES);

        feed(decoder, block(payload), step);

        assertThat(sink.ended).isEqualTo(1);
        assertThat(bytes(memory, 5_000, 40_000)).isEqualTo(payload);
        assertThat(bytes(memory, 0, 5_000)).containsOnly(0);
        assertThat(bytes(memory, 45_000, 5_000)).containsOnly(0);
    }

    @Test
    void blockIsThereAsSoonAsItsBytesAre() throws WireViolation {
        ByteBuffer place = ByteBuffer.allocateDirect(10);
        Placing sink = new Placing(place);
        FrameDecoder decoder = new FrameDecoder(sink, PIECES);
        byte[] stream = block(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});

        decoder.feed(Unpooled.wrappedBuffer(stream, 0, FrameEncoder.PIECE_HEAD_LENGTH + 4));

        assertThat(bytes(place, 0, 10)).startsWith(1, 2, 3, 4).endsWith(0, 0);
        assertThat(sink.ended).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64, 100_000})
    void discardedBlockLeavesTheStreamInSync(int step) throws WireViolation {
        Calls calls = new Calls(piece -> piece != 6);
        FrameDecoder decoder = new FrameDecoder(calls, PIECES);
        byte[] stream = Calls.written(out -> {
            out.writeBytes(block(new byte[1000]));
            FrameEncoder.have(out, 3);
            FrameEncoder.pieceHead(out, 1, 0, 2);
            out.writeBytes(new byte[] {8, 9});
            FrameEncoder.unchoke(out);
        });

        feed(decoder, stream, step);

        assertThat(calls.lines()).containsExactly("passed 6 16384 1000", "have 3", "piece 1 0 2", "block 0809", "unchoke");
    }

    @Test
    void violationOfTheSinkReachesTheCaller() {
        MessageSink sink = new Placing(ByteBuffer.allocate(0)) {
            @Override
            public ByteBuffer pieceBegins(int piece, int begin, int length) throws WireViolation {
                throw new WireViolation("wire.piece-index", "named piece 6 of 2");
            }
        };

        assertThatExceptionOfType(WireViolation.class)
                .isThrownBy(() -> new FrameDecoder(sink, 2).feed(Unpooled.wrappedBuffer(block(new byte[9]))))
                .satisfies(violation -> assertThat(violation.rule()).isEqualTo("wire.piece-index"));
    }

    @Test
    void whatIsKeptFromAPeerDoesNotChangeWhenItsNextMessagesCome() throws WireViolation {
        List<byte[]> kept = new ArrayList<>();
        Placing sink = new Placing(ByteBuffer.allocate(0)) {
            @Override
            public void extended(int id, byte[] payload) {
                kept.add(payload);
            }
        };
        FrameDecoder decoder = new FrameDecoder(sink, PIECES);

        feed(decoder, Calls.written(out -> FrameEncoder.extended(out, 1, new byte[] {1, 1, 1})), 2);
        feed(decoder, Calls.written(out -> FrameEncoder.extended(out, 1, new byte[] {2, 2, 2})), 2);

        assertThat(kept).containsExactly(new byte[] {1, 1, 1}, new byte[] {2, 2, 2});
    }

    @Test
    void announcedBytesCostNothingUntilTheyCome() throws WireViolation {
        int connections = 1000;
        byte[] start = ByteBuffer.allocate(16).putInt(2 + FrameDecoder.MAX_EXTENDED).put((byte) MessageId.EXTENDED).array();
        List<FrameDecoder> held = new ArrayList<>();
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = memory.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < connections; i++) {
            FrameDecoder decoder = new FrameDecoder(new Placing(ByteBuffer.allocate(0)), PIECES);
            feed(decoder, start, 3);
            held.add(decoder);
        }
        long cost = memory.getCurrentThreadAllocatedBytes() - before;

        assertThat(held).hasSize(connections);
        assertThat(cost / connections).as("bytes for each peer that announced %d and sent 16", FrameDecoder.MAX_EXTENDED).isLessThan(4096);
    }

    @Test
    void drippedMessageIsNotCopiedAgainWithEachByte() throws WireViolation {
        int length = 60_000;
        byte[] stream = Calls.written(out -> FrameEncoder.extended(out, 1, new byte[length]));
        FrameDecoder decoder = new FrameDecoder(new Placing(ByteBuffer.allocate(0)), PIECES);
        ByteBuf whole = Unpooled.wrappedBuffer(stream);
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = memory.getCurrentThreadAllocatedBytes();
        while (whole.isReadable()) {
            decoder.feed(whole.readSlice(1));
        }
        long cost = memory.getCurrentThreadAllocatedBytes() - before;

        // a slice for each byte, and the doubling: far from the 1.8 GB of a copy with each byte
        assertThat(cost).isLessThan(500L * length);
    }

    @Test
    void bitfieldOfATorrentThatIsNotKnownYetIsPassedOver() throws WireViolation {
        byte[] stream = Calls.written(out -> {
            FrameEncoder.bitfield(out, new byte[60_000]);
            FrameEncoder.bitfield(out, new byte[0]);
            FrameEncoder.unchoke(out);
        });

        assertThat(Calls.of(FrameDecoder.UNKNOWN_PIECES, stream)).containsExactly("unchoke");
        assertThatExceptionOfType(WireViolation.class).isThrownBy(() -> Calls.of(FrameDecoder.UNKNOWN_PIECES,
                Calls.written(out -> FrameEncoder.bitfield(out, new byte[70_000]))))
                        .satisfies(v -> assertThat(v.rule()).isEqualTo("wire.message-length"));
    }

    private static byte[] block(byte[] payload) {
        return Calls.written(out -> {
            FrameEncoder.pieceHead(out, 6, 16_384, payload.length);
            out.writeBytes(payload);
        });
    }

    private static void feed(FrameDecoder decoder, byte[] stream, int step) throws WireViolation {
        for (int at = 0; at < stream.length; at += step) {
            decoder.feed(Unpooled.wrappedBuffer(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + step))));
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(ByteBuffer memory, int from, int length) {
        byte[] bytes = new byte[length];
        memory.get(from, bytes);
        return bytes;
    }
}
