package org.sallyport.core.metainfo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.sallyport.core.model.RefusedException;

/** The guard in front of everything bencoded: a torrent of 5,000 files with 100,000 pieces, and a message of a peer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class BencodeBench {
    private byte[] torrent = new byte[0];
    private byte[] message = new byte[0];

    @Setup
    public void prepare() {
        List<Map<String, Object>> files = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            files.add(Map.of("length", 20 * 16384, "path", List.of("folder " + i % 40, "file " + i)));
        }
        torrent = Bencode.encode(Map.of("announce", "https://tracker.example/announce",
                "info", Map.of("name", "many", "piece length", 16384, "pieces", new byte[100_000 * 20], "files", files)));
        message = Bencode.encode(Map.of("added", new byte[50 * 6], "added.f", new byte[50], "dropped", new byte[10 * 6]));
    }

    @Benchmark
    public BencodeDict torrent() throws RefusedException {
        return Bencode.decodeDict(torrent, BencodeLimits.TORRENT);
    }

    @Benchmark
    public BencodeDict message() throws RefusedException {
        return Bencode.decodeDict(message, BencodeLimits.PEER);
    }
}
