package org.sallyport.app.wiring;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs command lines of other processes of the same user, over a Unix domain socket; never TCP (invariant I1).
 * At most 64 clients at once, one thread each; one that neither sends nor reads for 10 s is closed.
 */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int MAX_CLIENTS = 64;
    private static final long SWEEP_MILLIS = 250;
    private static final Duration BEAT = Duration.ofSeconds(2);

    private final Path socketFile;
    private final CommandRunner runner;
    private final Duration patience;
    private final long beatNanos;
    private final ServerSocketChannel listener;
    private final Set<ControlConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final ExecutorService acceptor = Executors.newSingleThreadExecutor(daemon("control-accept"));
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(daemon("control-sweep"));
    private final ThreadPoolExecutor workers =
            new ThreadPoolExecutor(0, MAX_CLIENTS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), daemon("control-client"));

    /** Runs one command line; on a thread of its client. */
    @FunctionalInterface
    public interface CommandRunner {
        /** @return the exit code for the client */
        int run(ControlRequest request, Output output);
    }

    private ControlServer(Path socketFile, CommandRunner runner, Duration patience, Duration beat, ServerSocketChannel listener) {
        this.socketFile = socketFile;
        this.runner = runner;
        this.patience = patience;
        this.beatNanos = beat.toNanos();
        this.listener = listener;
    }

    /**
     * Starts answering. The caller owns the data directory, so a socket file nobody answers on is a leftover and is replaced.
     *
     * @throws IOException if the socket cannot be made, or a process answers on it
     */
    public static ControlServer open(Path socketFile, CommandRunner runner) throws IOException {
        return open(socketFile, runner, Duration.ofSeconds(10), BEAT);
    }

    static ControlServer open(Path socketFile, CommandRunner runner, Duration patience, Duration beat) throws IOException {
        makePrivateFolder(socketFile.getParent());
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(socketFile));
            throw new IOException("another process answers on the control socket");
        } catch (java.net.SocketException e) {
            Files.deleteIfExists(socketFile);
        }
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(socketFile), MAX_CLIENTS);
            if (isPosix()) {
                Files.setPosixFilePermissions(socketFile, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        ControlServer server = new ControlServer(socketFile, runner, patience, beat, listener);
        server.acceptor.execute(server::acceptAll);
        return server;
    }

    private void acceptAll() {
        while (listener.isOpen()) {
            try {
                serve(listener.accept());
            } catch (ClosedChannelException e) {
                LOG.debug("control socket closed");
            } catch (IOException e) {
                LOG.warn("a client of the control socket could not be accepted", e);
            }
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        ControlConnection connection = new ControlConnection(channel, patience);
        connections.add(connection);
        beginSweeps();
        try {
            workers.execute(() -> {
                try {
                    connection.serve(runner);
                } finally {
                    connections.remove(connection);
                }
            });
        } catch (RejectedExecutionException e) {
            connections.remove(connection);
            connection.turnAway("Too many commands run at once (" + MAX_CLIENTS + "). Wait until one of them has ended.");
        }
    }

    /** Only while there are clients: a process that does nothing shall not wake four times a second. */
    private void beginSweeps() {
        if (sweeping.compareAndSet(false, true)) {
            planSweep();
        }
    }

    private void planSweep() {
        try {
            sweeper.schedule(this::sweep, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the control socket is closing", e);
        }
    }

    private void sweep() {
        try {
            long now = System.nanoTime();
            connections.forEach(c -> {
                c.closeIfLate(now);
                c.beatIfDue(now, beatNanos);
            });
        } finally {
            if (connections.isEmpty()) {
                sweeping.set(false);
            } else {
                planSweep();
            }
        }
        if (!connections.isEmpty()) {
            beginSweeps(); // one came between the two looks
        }
    }

    /** Before the end of this process: commands that follow it, such as the event log, are done. */
    public void tellEnd() {
        connections.forEach(ControlConnection::tellEnd);
    }

    @Override
    public void close() {
        closeQuietly(listener);
        connections.forEach(ControlConnection::close);
        acceptor.shutdownNow();
        sweeper.shutdownNow();
        workers.shutdownNow();
        try {
            Files.deleteIfExists(socketFile);
        } catch (IOException e) {
            LOG.warn("the control socket could not be removed", e);
        }
    }

    static void closeQuietly(java.nio.channels.Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing a channel failed", e);
        }
    }

    private static void makePrivateFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (isPosix()) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
