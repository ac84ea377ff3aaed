package org.sallyport.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.testkit.FuzzTarget;

/** One input: nothing may come out that was not declared, and it may cost neither much time of the processor nor much memory. */
final class FuzzRun {
    /** Seconds would be enough to hold up a network thread; a garbage collection in between does not count. */
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long MAX_ALLOCATED = 64L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private FuzzRun() { }

    static void take(FuzzTarget target, byte[] input) {
        long self = Thread.currentThread().getId();
        long nanos = THREADS.getThreadCpuTime(self);
        long allocated = THREADS.getThreadAllocatedBytes(self);
        try {
            target.check().take(input.clone());
        } catch (Exception | LinkageError | AssertionError | StackOverflowError | OutOfMemoryError trouble) {
            fail(told(target, input), trouble);
        }
        assertThat(THREADS.getThreadCpuTime(self) - nanos).as("nanoseconds for " + told(target, input)).isLessThan(MAX_NANOS);
        assertThat(THREADS.getThreadAllocatedBytes(self) - allocated).as("bytes for " + told(target, input)).isLessThan(MAX_ALLOCATED);
    }

    private static String told(FuzzTarget target, byte[] input) {
        return target + " " + HexFormat.of().formatHex(input);
    }
}
