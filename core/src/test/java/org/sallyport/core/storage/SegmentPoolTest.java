package org.sallyport.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SegmentPoolTest {
    private static final int UNIT = 1024;

    @Test
    void givesNoMoreThanTheBudget() {
        SegmentPool pool = new SegmentPool(3 * UNIT);

        ByteBuffer first = pool.take(UNIT).orElseThrow();
        pool.take(2 * UNIT).orElseThrow();

        assertThat(pool.take(UNIT)).isEmpty();
        pool.give(first);
        assertThat(pool.take(UNIT)).isPresent();
        assertThat(pool.usedBytes()).isEqualTo(3 * UNIT);
    }

    @Test
    void oneSegmentIsGivenHoweverSmallTheBudget() {
        SegmentPool pool = new SegmentPool(10);

        assertThat(pool.take(UNIT)).hasValueSatisfying(buffer -> assertThat(buffer.capacity()).isEqualTo(UNIT));
        assertThat(pool.take(1)).isEmpty();
    }

    @Test
    void aBufferComesBackClearedAndIsUsedAgain() {
        SegmentPool pool = new SegmentPool(UNIT);
        ByteBuffer buffer = pool.take(UNIT).orElseThrow();
        buffer.position(7).limit(9);

        pool.give(buffer);

        assertThat(pool.take(UNIT)).hasValueSatisfying(again -> {
            assertThat(again).isSameAs(buffer);
            assertThat(again.remaining()).isEqualTo(UNIT);
        });
    }

    /** Positive steps take that many units, others give the oldest back. */
    @Property
    void countsExactlyAndNeverHandsABufferOutTwice(@ForAll @Size(max = 60) List<@IntRange(min = -3, max = 5) Integer> steps,
            @ForAll @IntRange(min = 1, max = 12) int budgetUnits) {
        SegmentPool pool = new SegmentPool((long) budgetUnits * UNIT);
        ArrayDeque<ByteBuffer> out = new ArrayDeque<>();
        Set<ByteBuffer> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        long used = 0;

        for (int step : steps) {
            if (step > 0) {
                int size = step * UNIT;
                boolean fits = used == 0 || used + size <= (long) budgetUnits * UNIT;
                var taken = pool.take(size);
                assertThat(taken.isPresent()).isEqualTo(fits);
                if (taken.isPresent()) {
                    assertThat(distinct.add(taken.get())).as("handed out once").isTrue();
                    assertThat(taken.get().capacity()).isEqualTo(size);
                    out.add(taken.get());
                    used += size;
                }
            } else if (!out.isEmpty()) {
                ByteBuffer back = out.poll();
                distinct.remove(back);
                used -= back.capacity();
                pool.give(back);
            }
            assertThat(pool.usedBytes()).isEqualTo(used);
        }
    }

    @Test
    void manyThreadsTogetherStayWithinTheBudget() throws Exception {
        int threads = 6;
        long budget = 10 * UNIT;
        SegmentPool pool = new SegmentPool(budget);
        AtomicLong out = new AtomicLong();
        AtomicLong most = new AtomicLong();
        Set<Integer> held = ConcurrentHashMap.newKeySet();
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> runs = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                Random random = new Random(t);
                Callable<Void> run = () -> {
                    start.await(10, TimeUnit.SECONDS);
                    for (int i = 0; i < 5_000; i++) {
                        pool.take((1 + random.nextInt(4)) * UNIT).ifPresent(buffer -> {
                            assertThat(held.add(System.identityHashCode(buffer))).as("held by one thread").isTrue();
                            most.accumulateAndGet(out.addAndGet(buffer.capacity()), Math::max);
                            out.addAndGet(-buffer.capacity());
                            held.remove(System.identityHashCode(buffer));
                            pool.give(buffer);
                        });
                    }
                    return null;
                };
                runs.add(executor.submit(run));
            }
            for (Future<Void> run : runs) {
                run.get(30, TimeUnit.SECONDS);
            }
        } finally {
            executor.shutdownNow();
        }

        assertThat(most.get()).isBetween(1L, budget);
        assertThat(pool.usedBytes()).isZero();
    }
}
