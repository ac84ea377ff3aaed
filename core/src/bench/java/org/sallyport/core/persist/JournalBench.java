package org.sallyport.core.persist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.sallyport.core.model.Bytes;

/** What the engine commits each second: how far so many torrents of 8,000 pieces have come. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class JournalBench {
    @Param({"1", "50"})
    private int torrents;

    private Path folder;
    private StateDatabase database;
    private final List<SavedProgress> progress = new ArrayList<>();

    @Setup
    public void prepare() throws Exception {
        folder = Files.createTempDirectory("journal-bench");
        database = StateDatabase.open(folder.resolve("state.db"));
        for (int i = 0; i < torrents; i++) {
            SavedTorrent torrent = Samples.torrent(i);
            database.insert(torrent);
            progress.add(new SavedProgress(torrent.hash(), Bytes.copyOf(new byte[1000]), Bytes.copyOf(new byte[1000]), i, i));
        }
    }

    @TearDown(Level.Trial)
    public void remove() throws IOException, PersistException {
        database.close();
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Benchmark
    public void commit() throws PersistException {
        database.saveProgress(progress);
    }
}
