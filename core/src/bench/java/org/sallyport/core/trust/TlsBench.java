package org.sallyport.core.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Two paired devices: 256 KiB wrapped and unwrapped, and a whole handshake. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class TlsBench {
    private static final int BYTES = 256 << 10;

    private Path folder;
    private TestDevice ann;
    private TestDevice ben;
    private SSLEngine sender;
    private SSLEngine receiver;
    private final ByteBuffer plain = ByteBuffer.allocateDirect(BYTES);
    private final ByteBuffer wire = ByteBuffer.allocateDirect(BYTES * 2);
    private final ByteBuffer read = ByteBuffer.allocateDirect(BYTES * 2);

    @Setup
    public void prepare() throws Exception {
        folder = Files.createTempDirectory("tls-bench");
        ann = TestDevice.make(folder);
        ben = TestDevice.make(folder);
        EngineTalk talk = talk();
        sender = talk.client.engine;
        receiver = talk.server.engine;
    }

    private EngineTalk talk() throws SSLException {
        return new EngineTalk(ben.tls().dial(ann.paired()), ann.tls().answer(ben.paired())).run();
    }

    @TearDown(Level.Trial)
    public void remove() throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Benchmark
    public ByteBuffer wrapAndUnwrap() throws SSLException {
        plain.clear();
        wire.clear();
        while (plain.hasRemaining()) {
            sender.wrap(plain, wire);
        }
        wire.flip();
        read.clear();
        while (wire.hasRemaining()) {
            receiver.unwrap(wire, read);
        }
        return read;
    }

    @Benchmark
    public boolean handshake() throws SSLException {
        return talk().bothOpen();
    }
}
