package org.sallyport.core.swarm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
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

/** A torrent of 100,000 pieces among 200 peers that have half of it each. Each call leaves the picker as it was. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PickerBench {
    private static final int PIECES = 100_000;
    private static final int PEERS = 200;

    @Param({"false", "true"})
    private boolean sequential;

    private final List<BitSet> peers = new ArrayList<>();
    private final Random random = new Random(1);
    private PiecePicker picker;
    private int turn;

    @Setup
    public void prepare() {
        BitSet wanted = new BitSet();
        wanted.set(0, PIECES);
        picker = new PiecePicker(new BitSet(), PiecePriorities.of(wanted, PIECES), sequential, random);
        for (int peer = 0; peer < PEERS; peer++) {
            BitSet has = new BitSet();
            for (int piece = 0; piece < PIECES; piece++) {
                has.set(piece, random.nextBoolean());
            }
            peers.add(has);
            picker.peerCame(has, false);
        }
    }

    private int next() {
        turn = (turn + 1) % PEERS;
        return turn;
    }

    @Benchmark
    public int startAndGiveUp() {
        int piece = picker.start(peers.get(next()), false);
        picker.giveUp(piece);
        return piece;
    }

    @Benchmark
    public int peerGainsAndLoses() {
        int piece = random.nextInt(PIECES);
        picker.peerHas(piece);
        picker.peerLost(piece);
        return piece;
    }

    @Benchmark
    public int whatAPeerHasForUs() {
        return picker.interesting(peers.get(next()));
    }

    @Benchmark
    public void peerComesAndLeaves() {
        BitSet has = peers.get(next());
        picker.peerLeft(has, false);
        picker.peerCame(has, false);
    }
}
