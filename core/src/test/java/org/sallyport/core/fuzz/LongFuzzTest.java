package org.sallyport.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.testkit.FuzzTarget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As {@link FuzzTest}, for as many minutes as {@code sallyport.fuzz.minutes} says, with heavier changes and parts of two samples in one input.
 * Every target has the same share of the time. The seed is logged, and how many inputs each got; {@code sallyport.fuzz.seed} runs it again.
 */
@Tag("fuzz")
class LongFuzzTest {
    private static final Logger LOG = LoggerFactory.getLogger(LongFuzzTest.class);
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(200);

    private final long seed = Long.getLong("sallyport.fuzz.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void anyInputIsReadOrRefused() {
        long minutes = Long.getLong("sallyport.fuzz.minutes", 5);
        LOG.warn("fuzzing {} targets for {} minutes, seed {}", FuzzTargets.ALL.size(), minutes, seed);
        Map<String, Long> inputs = new TreeMap<>();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        while (System.nanoTime() < end) {
            for (FuzzTarget target : FuzzTargets.ALL) {
                long slice = System.nanoTime() + SLICE;
                while (System.nanoTime() < slice) {
                    FuzzRun.take(target, input(target));
                    inputs.merge(target.name(), 1L, Long::sum);
                }
            }
        }
        LOG.warn("inputs: {}", inputs);
        assertThat(inputs.keySet()).hasSameSizeAs(FuzzTargets.ALL);
    }

    private byte[] input(FuzzTarget target) {
        byte[] bytes = sample(target);
        if (random.nextInt(4) == 0) {
            bytes = spliced(bytes, sample(target));
        }
        int edits = random.nextInt(8) == 0 ? random.nextInt(60) : 1 + random.nextInt(6);
        for (int i = 0; i < edits && bytes.length < 64 << 10; i++) {
            bytes = new Mutation(random.nextInt(7), random.nextInt(1 << 20), random.nextInt(256), random.nextInt(40)).apply(bytes);
        }
        return random.nextInt(64) == 0 ? repeated(bytes) : bytes;
    }

    private byte[] sample(FuzzTarget target) {
        List<Bytes> samples = target.samples();
        return samples.get(random.nextInt(samples.size())).toArray();
    }

    private byte[] spliced(byte[] head, byte[] tail) {
        int from = random.nextInt(tail.length + 1);
        byte[] all = Arrays.copyOf(head, random.nextInt(head.length + 1) + tail.length - from);
        System.arraycopy(tail, from, all, all.length - (tail.length - from), tail.length - from);
        return all;
    }

    /** Some part of it thousands of times: what is quick once may not be quick then. */
    private byte[] repeated(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(30));
        List<byte[]> parts = new ArrayList<>(List.of(Arrays.copyOf(bytes, from)));
        int times = to == from ? 0 : Math.min(4000, (60 << 10) / (to - from));
        for (int i = 0; i < times; i++) {
            parts.add(Arrays.copyOfRange(bytes, from, to));
        }
        parts.add(Arrays.copyOfRange(bytes, to, bytes.length));
        byte[] all = new byte[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
