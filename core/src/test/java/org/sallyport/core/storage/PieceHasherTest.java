package org.sallyport.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.testkit.SampleTorrent;

/** Every way of hashing gives what the JDK's digest gives. The build lets this process load the vector module. */
class PieceHasherTest {
    private static final int MIB = 1 << 20;

    private final Random random = new Random(7);

    enum Way {
        JDK, NATIVE, PLAIN_16, VECTORS;

        PieceHasher make() {
            return make(1);
        }

        PieceHasher make(int worthFrom) {
            return switch (this) {
                case JDK -> new DigestHasher(Digests.jdkSha1());
                case NATIVE -> new DigestHasher(Digests.nativeSha1());
                case PLAIN_16 -> new Sha1Lanes(new PlainRounds(16), worthFrom);
                case VECTORS -> new Sha1Lanes(VectorModule.load().orElseThrow(), worthFrom);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void hashesEveryLengthUpTo200AndAroundTheBordersOfBlocksAndChunks(Way way) {
        PieceHasher hasher = way.make();
        for (int length : IntStream.concat(IntStream.rangeClosed(0, 200), IntStream.of(4095, 4096, 4097, 4159, 4160, 8191, 8192, 12_287)).toArray()) {
            assertRight(hasher, runs(hasher.width(), length), "length " + length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void hashesAnyNumberUpToItsWidth(Way way) {
        PieceHasher hasher = way.make();
        for (int count = 1; count <= hasher.width(); count++) {
            assertRight(hasher, runs(count, 777), count + " at once");
        }
    }

    @ParameterizedTest
    @EnumSource
    void hashesRandomLengths(Way way) {
        PieceHasher hasher = way.make();
        for (int i = 0; i < 3; i++) {
            int length = random.nextInt(MIB);
            assertRight(hasher, runs(1 + random.nextInt(hasher.width()), length), "length " + length);
        }
    }

    /** Also with a border that is none of a block in between: then each goes on alone. */
    @ParameterizedTest
    @EnumSource
    void goesOnWhereItStopped(Way way) {
        PieceHasher hasher = way.make();
        List<ByteBuffer> data = runs(hasher.width(), 1000);
        List<RunningHash> hashes = data.stream().map(run -> hasher.begin()).toList();
        int from = 0;
        for (int to : new int[] {128, 128, 320, 323, 500, 1000}) {
            int start = from;
            hasher.update(hashes, data.stream().map(run -> run.slice(start, to - start)).toList());
            from = to;
        }

        assertDigests(hashes, data, "in parts");
    }

    @ParameterizedTest
    @EnumSource
    void readsDirectBuffersFromTheirPosition(Way way) {
        PieceHasher hasher = way.make();
        List<ByteBuffer> data = new ArrayList<>();
        for (ByteBuffer run : runs(hasher.width(), 5000)) {
            data.add(ByteBuffer.allocateDirect(6000).position(900).put(run).flip().position(900));
        }

        assertRight(hasher, data, "direct");
        assertThat(data).allMatch(run -> run.position() == run.limit());
    }

    /** As many as 40 go in as many goes as it takes, by the line of a piece thread. */
    @ParameterizedTest
    @EnumSource
    void aLineHashesTogetherWhatPaysAndTheRestAlone(Way way) {
        for (int worthFrom : new int[] {1, 4}) {
            try (HashChoice choice = new HashChoice(Thread::new, () -> way.make(worthFrom))) {
                HashLine line = new HashLine(Runnable::run, choice);
                for (int count = 1; count <= 40; count++) {
                    List<ByteBuffer> data = runs(count, 200);
                    List<PieceHash> hashes = data.stream().map(run -> new PieceHash(1)).toList();
                    line.hash(hashes, data);

                    for (int i = 0; i < count; i++) {
                        assertThat(hashes.get(i).digest()).isEqualTo(expected(data.get(i)));
                    }
                }
            }
        }
    }

    @Test
    void vectorsHaveAsManyLanesAsTheirWidth() {
        assertThat(Way.VECTORS.make().width()).isIn(2, 4, 8, 16);
    }

    private List<ByteBuffer> runs(int count, int length) {
        List<ByteBuffer> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            runs.add(ByteBuffer.wrap(bytes));
        }
        return runs;
    }

    private static void assertRight(PieceHasher hasher, List<ByteBuffer> data, String what) {
        List<RunningHash> hashes = data.stream().map(run -> hasher.begin()).toList();
        assertThat(hashes).allMatch(hasher::began);
        List<ByteBuffer> before = data.stream().map(ByteBuffer::slice).toList();
        hasher.update(hashes, data);
        assertDigests(hashes, before, what);
    }

    private static void assertDigests(List<RunningHash> hashes, List<ByteBuffer> data, String what) {
        for (int i = 0; i < hashes.size(); i++) {
            assertThat(hashes.get(i).digest()).as("%s, hash %d", what, i).isEqualTo(expected(data.get(i)));
        }
    }

    private static byte[] expected(ByteBuffer data) {
        byte[] bytes = new byte[data.limit()];
        data.get(0, bytes);
        return SampleTorrent.sha1(bytes);
    }
}
