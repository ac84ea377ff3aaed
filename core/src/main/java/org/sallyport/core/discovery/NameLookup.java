package org.sallyport.core.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Host names to addresses within a deadline. The system's resolver cannot be interrupted, so it runs on threads of its own:
 * at most four hang in it, and nobody waits for them longer than his deadline.
 */
final class NameLookup implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int WAITING = 64;
    private static final int IDLE_SECONDS = 30;

    /** What stands behind a name; the system's resolver, or a table in a test. */
    @FunctionalInterface
    interface Names {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final Names names;
    private final ThreadPoolExecutor threads;

    NameLookup(Names names) {
        this.names = names;
        this.threads = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING), DaemonThreads.named("tracker-names"));
        threads.allowCoreThreadTimeOut(true);
    }

    List<InetAddress> resolve(String host, Duration within) throws UnknownHostException {
        Future<InetAddress[]> answer;
        try {
            answer = threads.submit(() -> names.resolve(host));
        } catch (RejectedExecutionException e) {
            throw unknown("too many names wait to be looked up", e);
        }
        try {
            return List.of(answer.get(within.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CheckedAddresses.RefusedAddressException refused) {
                throw refused;
            }
            throw unknown("the name " + host + " is not known", e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw unknown("the name servers did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.cancel(true);
            throw unknown("the look-up was interrupted", e);
        }
    }

    private static UnknownHostException unknown(String what, Throwable cause) {
        UnknownHostException unknown = new UnknownHostException(what);
        unknown.initCause(cause);
        return unknown;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
