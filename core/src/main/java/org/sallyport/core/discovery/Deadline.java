package org.sallyport.core.discovery;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of one question, redirects included. A read timeout starts again with every byte, so a tracker that sends one
 * byte a second would never hit it; this closes the sockets themselves.
 */
final class Deadline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deadline.class);

    private final Duration total;
    private final long end;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ScheduledFuture<?> alarm;
    private volatile boolean passed;

    Deadline(Duration total, ScheduledExecutorService alarms) {
        this.total = total;
        this.end = System.nanoTime() + total.toNanos();
        this.alarm = alarms.schedule(this::strike, total.toNanos(), TimeUnit.NANOSECONDS);
    }

    Duration total() {
        return total;
    }

    /** What is left, at least 1 ms: zero means "for ever" to a socket. */
    Duration left() {
        return Duration.ofMillis(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }

    boolean passed() {
        return passed;
    }

    /** Closes {@code socket} when the time is over. */
    void watch(Socket socket) {
        sockets.add(socket);
        if (passed) {
            closeQuietly(socket);
        }
    }

    /** Leaves {@code socket} open: the question is over, and another one may be asked on it. */
    void forget(Socket socket) {
        sockets.remove(socket);
    }

    /** Ends the question now. Any thread. */
    void strike() {
        passed = true;
        sockets.forEach(Deadline::closeQuietly);
    }

    @Override
    public void close() {
        alarm.cancel(false);
        sockets.forEach(Deadline::closeQuietly);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a tracker connection", e);
        }
    }
}
