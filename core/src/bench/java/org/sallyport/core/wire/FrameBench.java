package org.sallyport.core.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** 64 blocks of 16 KiB, cut out of what a socket read, or their heads and requests written. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class FrameBench {
    private static final int BLOCK = 16 << 10;
    private static final int BLOCKS = 64;

    /** What one read of the socket gives. */
    @Param({"16384", "262144"})
    private int readBytes;

    private final ByteBuf stream = Unpooled.directBuffer();
    private final ByteBuf out = Unpooled.directBuffer(1 << 20);
    private FrameDecoder decoder;

    /** Takes blocks as a piece buffer does. */
    private static final class Taking implements QuietSink {
        private final ByteBuffer piece = ByteBuffer.allocateDirect(BLOCK);

        @Override
        public ByteBuffer pieceBegins(int number, int begin, int length) {
            return piece.clear().limit(length);
        }

        @Override
        public void pieceEnds() { }
    }

    @Setup
    public void prepare() {
        decoder = new FrameDecoder(new Taking(), 1000);
        for (int i = 0; i < BLOCKS; i++) {
            FrameEncoder.pieceHead(stream, 7, i * BLOCK, BLOCK);
            stream.writeZero(BLOCK);
        }
    }

    @Benchmark
    public void decodeBlocks() throws WireViolation {
        for (int from = 0; from < stream.writerIndex(); from += readBytes) {
            decoder.feed(stream.slice(from, Math.min(readBytes, stream.writerIndex() - from)));
        }
    }

    @Benchmark
    public ByteBuf encodeHeadsAndRequests() {
        out.clear();
        for (int i = 0; i < BLOCKS; i++) {
            FrameEncoder.pieceHead(out, 7, i * BLOCK, BLOCK);
            FrameEncoder.request(out, 7, i * BLOCK, BLOCK);
        }
        return out;
    }
}
