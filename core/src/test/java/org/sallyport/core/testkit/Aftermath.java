package org.sallyport.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.util.internal.PlatformDependent;
import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    private final Duration patience;
    private final Queue<Throwable> deaths = new ConcurrentLinkedQueue<>();
    private @Nullable UncaughtExceptionHandler before;
    private long used;

    public Aftermath() {
        this(PATIENCE);
    }

    Aftermath(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        begin();
    }

    void begin() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> deaths.add(new AssertionError(thread + " died of " + cause, cause)));
        System.gc();
        used = used();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        check();
    }

    void check() {
        assertThat(deaths).as("threads that died").isEmpty();
        long most = used + ((long) MORE_MIB << 20);
        if (used() > most) {
            await("memory is back").atMost(patience).until(() -> {
                System.gc();
                return used() <= most;
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

    /** Heap and direct buffers, those that Netty keeps for later included. */
    private static long used() {
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + direct + Math.max(0, PlatformDependent.usedDirectMemory());
    }
}
