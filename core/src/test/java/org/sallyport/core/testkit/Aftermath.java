package org.sallyport.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocatorMetric;
import io.netty.util.internal.PlatformDependent;
import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.jspecify.annotations.Nullable;

/**
 * After each hostile case: no thread ended by an exception, and the process needs no more than {@value #MORE_MIB} MiB more than before the
 * first case of the class. Static, so that it sees the whole class; for tests that do not run at the same time as others.
 */
public final class Aftermath implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final int MORE_MIB = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final AtomicBoolean WARM = new AtomicBoolean();

    private final Duration patience;
    private final AtomicBoolean warm;
    private final Queue<Throwable> deaths = new ConcurrentLinkedQueue<>();
    private @Nullable UncaughtExceptionHandler before;
    private Used used = new Used(0, 0, 0, 0);

    public Aftermath() {
        this(PATIENCE, WARM);
    }

    /** @param warm whether a case ran already: the first one of a process loads most classes, so that it is compared with nothing */
    Aftermath(Duration patience, AtomicBoolean warm) {
        this.patience = patience;
        this.warm = warm;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        begin();
    }

    void begin() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> deaths.add(new AssertionError(thread + " died of " + cause, cause)));
        System.gc();
        used = Used.now();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        check();
    }

    void check() {
        assertThat(deaths).as("threads that died").isEmpty();
        if (warm.compareAndSet(false, true)) {
            System.gc();
            used = Used.now();
            return;
        }
        long most = used.sum() + ((long) MORE_MIB << 20);
        if (Used.now().sum() > most) {
            await("memory is back").atMost(patience).untilAsserted(() -> {
                System.gc();
                Used now = Used.now();
                assertThat(now.sum()).as("%s, before the first case %s", now, used).isLessThanOrEqualTo(most);
            });
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end();
    }

    void end() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    /** Bytes. @param direct buffers of the JDK @param netty direct buffers of Netty @param spare what Netty's pool keeps for later */
    private record Used(long heap, long direct, long netty, long spare) {
        static Used now() {
            return new Used(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().mapToLong(BufferPoolMXBean::getMemoryUsed).sum(),
                    Math.max(0, PlatformDependent.usedDirectMemory()), spareOfPool());
        }

        /**
         * One chunk of each arena at most: an arena gets its first one when a thread first uses it, whoever that is, and keeps it. What a
         * case made the pool grow beyond that counts.
         */
        private static long spareOfPool() {
            PooledByteBufAllocator pool = PooledByteBufAllocator.DEFAULT;
            PooledByteBufAllocatorMetric metric = pool.metric();
            long onHeap = Math.min(metric.usedHeapMemory() - pool.pinnedHeapMemory(), (long) metric.numHeapArenas() * metric.chunkSize());
            long direct = Math.min(metric.usedDirectMemory() - pool.pinnedDirectMemory(), (long) metric.numDirectArenas() * metric.chunkSize());
            return Math.max(0, onHeap) + Math.max(0, direct);
        }

        long sum() {
            return heap + Math.max(direct, netty) - spare; // where Netty frees with a cleaner, the JDK counts its buffers, too
        }
    }
}
