package org.sallyport.core.storage;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** SHA-1 of pieces in direct buffers, as a download has them. With one piece lanes cannot help: it is hashed by plain Java. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {"-XX:+UseSerialGC", "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED"})
public class HashingBench {
    @Param({"JDK", "NATIVE_DIGEST", "LANES"})
    private Way way;
    @Param({"1", "16"})
    private int pieces;
    @Param({"16", "256", "1024"})
    private int kib;

    private PieceHasher hasher;
    private final List<ByteBuffer> data = new ArrayList<>();

    /** The fastest digest is Corretto's where it runs. */
    public enum Way { JDK, NATIVE_DIGEST, LANES }

    /** MB in a second, and MB in a second of the processor: on a shared machine only the second one tells something. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Hashed {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        long bytes;
        private long wall;
        private long cpu;

        @Setup(Level.Iteration)
        public void reset() {
            bytes = 0;
            wall = System.nanoTime();
            cpu = THREADS.getCurrentThreadCpuTime();
        }

        public double megabytes() {
            return bytes / 1e6;
        }

        public double megabytesOfCpu() {
            return megabytes() * (System.nanoTime() - wall) / Math.max(1, THREADS.getCurrentThreadCpuTime() - cpu);
        }
    }

    @Setup
    public void prepare() {
        hasher = switch (way) {
            case JDK -> new DigestHasher(Digests.jdkSha1());
            case NATIVE_DIGEST -> new DigestHasher(Digests.nativeSha1());
            case LANES -> new Sha1Lanes(VectorModule.load().orElseThrow(), 2);
        };
        byte[] bytes = new byte[kib << 10];
        Random random = new Random(1);
        for (int i = 0; i < pieces; i++) {
            random.nextBytes(bytes);
            data.add(ByteBuffer.allocateDirect(bytes.length).put(bytes));
        }
    }

    @Benchmark
    public Object hash(Hashed hashed) {
        List<byte[]> digests = new ArrayList<>(pieces);
        for (int from = 0; from < pieces; from += hasher.width()) {
            List<ByteBuffer> some = data.subList(from, Math.min(pieces, from + hasher.width()));
            List<RunningHash> hashes = new ArrayList<>();
            for (ByteBuffer piece : some) {
                piece.flip();
                hashes.add(hasher.begin());
                hashed.bytes += piece.remaining();
            }
            hasher.update(hashes, some);
            hashes.forEach(hash -> digests.add(hash.digest()));
        }
        return digests;
    }
}
