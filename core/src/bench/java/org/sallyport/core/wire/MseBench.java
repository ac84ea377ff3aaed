package org.sallyport.core.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One block of 16 KiB through the cipher of MSE, in place as it is received, and copied as it is sent. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class MseBench {
    private static final int BLOCK = 16 << 10;

    private final ByteBuf block = Unpooled.directBuffer(BLOCK).writeZero(BLOCK);
    private final ByteBuf out = Unpooled.directBuffer(BLOCK);
    private Rc4 cipher;

    @Setup
    public void prepare() {
        cipher = new Rc4(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}, 1024);
    }

    @Benchmark
    public ByteBuf receiveBlock() {
        cipher.apply(block);
        return block;
    }

    @Benchmark
    public ByteBuf sendBlock() {
        cipher.copy(block, out.clear());
        return out;
    }
}
