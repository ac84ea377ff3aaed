package org.sallyport.app.wiring;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the control socket, on one thread: a request line in, then {@code {"out":…}} and {@code {"err":…}} lines and
 * at last {@code {"exit":N}} out, with a {@code {"beat":true}} now and then while the command runs,
 * {@code {"ask":…}} where the command has a question, which the client answers with a line {@code {"answer":…}},
 * and {@code {"end":true}} when the process is about to end in order. Every read and write has a deadline that the server's sweeper
 * enforces by closing the channel.
 */
final class ControlConnection implements Output {
    private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);
    private static final long NONE = Long.MAX_VALUE;
    private static final long END_MILLIS = 100;

    private final SocketChannel channel;
    private final long patienceNanos;
    private final ReentrantLock writing = new ReentrantLock();
    private final ControlAnswers answers = new ControlAnswers();
    private volatile long started = NONE;
    /** Guarded by {@link #writing}, as is the next: after the exit code nothing more may be sent. */
    private boolean running;
    private long lastBeat;

    ControlConnection(SocketChannel channel, Duration patience) {
        this.channel = channel;
        this.patienceNanos = patience.toNanos();
    }

    void serve(ControlServer.CommandRunner runner) {
        ControlRequest request;
        try {
            request = ControlRequest.decode(readLine());
        } catch (IOException e) {
            LOG.debug("a control client was turned away", e);
            turnAway("That was not a command of Sallyport's.");
            return;
        }
        try (channel) {
            runs(true);
            int exit = runner.run(request, this);
            runs(false);
            send(Json.object("exit", exit));
            awaitEnd();
        } catch (IOException e) {
            LOG.debug("a control client left", e);
        }
    }

    /** Says why and closes; the sentence fits in the socket's buffer, so this does not block on a client that does not read. */
    void turnAway(String sentence) {
        try (channel) {
            if (channel.isOpen()) {
                send(Json.object("err", sentence));
                send(Json.object("exit", Exit.FAILED));
            }
        } catch (IOException e) {
            LOG.debug("a control client left before it was told why", e);
        }
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        // one deadline for the whole line: a client must not hold a worker by sending a byte now and then
        started = System.nanoTime();
        try {
            while (channel.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    byte b = buffer.get();
                    if (b == '\n') {
                        return decode(line);
                    }
                    line.write(b);
                }
                if (line.size() > ControlRequest.MAX_BYTES) {
                    throw new IOException("the request is longer than 1 MiB");
                }
                buffer.clear();
            }
        } finally {
            started = NONE;
        }
        throw new IOException("the request has no end");
    }

    private static String decode(ByteArrayOutputStream line) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.toByteArray())).toString();
    }

    private void send(Map<String, Object> frame) throws IOException {
        ByteBuffer bytes = encode(frame);
        writing.lock();
        started = System.nanoTime();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } finally {
            started = NONE;
            writing.unlock();
        }
    }

    private static ByteBuffer encode(Map<String, Object> frame) {
        return ByteBuffer.wrap((Json.write(frame) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void runs(boolean now) {
        writing.lock();
        running = now;
        lastBeat = System.nanoTime();
        writing.unlock();
    }

    /**
     * On the sweeper's thread: tells the client of a command that takes its time that this process is alive. Never blocks; a
     * client that is being sent something, or has no room for more, is told nothing.
     */
    void beatIfDue(long now, long intervalNanos) {
        if (!writing.tryLock()) {
            return;
        }
        try {
            if (running && channel.isOpen() && now - lastBeat >= intervalNanos) {
                lastBeat = now;
                sendAtOnce(Json.object("beat", true));
            }
        } finally {
            writing.unlock();
        }
    }

    /** Tells the client of a running command that this process ends in order; what follows the instance is done then. */
    void tellEnd() {
        try {
            if (!writing.tryLock(END_MILLIS, TimeUnit.MILLISECONDS)) {
                return; // it does not read what it is being sent
            }
            try {
                if (running && channel.isOpen()) {
                    sendAtOnce(Json.object("end", true));
                }
            } finally {
                writing.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendAtOnce(Map<String, Object> frame) {
        try {
            ByteBuffer bytes = encode(frame);
            channel.configureBlocking(false);
            channel.write(bytes);
            channel.configureBlocking(true);
            if (bytes.hasRemaining() && bytes.position() > 0) {
                close(); // half a frame would spoil the next one
            }
        } catch (IOException e) {
            LOG.debug("a control client left", e);
            close();
        }
    }

    /** The client closes first, so that one that asked to quit can stay and see the end of this process. */
    private void awaitEnd() throws IOException {
        ByteBuffer ignored = ByteBuffer.allocate(64);
        started = System.nanoTime();
        while (channel.read(ignored) >= 0) {
            ignored.clear();
        }
    }

    @Override
    public void out(String line) {
        sendOrClose("out", line);
    }

    @Override
    public void err(String line) {
        sendOrClose("err", line);
    }

    private void sendOrClose(String stream, String line) {
        try {
            if (channel.isOpen()) {
                send(Json.object(stream, line));
            }
        } catch (IOException e) {
            LOG.debug("a control client left", e);
            close();
        }
    }

    @Override
    public CompletableFuture<String> ask(String question) {
        CompletableFuture<String> answer = answers.expect();
        sendOrClose("ask", question);
        return answer;
    }

    /** Clients send nothing after their request but answers, so these and the end are all there is to read. */
    @Override
    public boolean isGone() {
        if (!channel.isOpen()) {
            return true;
        }
        writing.lock();
        try {
            channel.configureBlocking(false);
            ByteBuffer received = ByteBuffer.allocate(1024);
            boolean ended = channel.read(received) < 0;
            channel.configureBlocking(true);
            answers.take(received.flip());
            return ended;
        } catch (IOException e) {
            LOG.debug("a control client left, or said what it was not asked", e);
            close();
            return true;
        } finally {
            writing.unlock();
        }
    }

    void closeIfLate(long now) {
        long since = started;
        if (since != NONE && now - since > patienceNanos) {
            close();
        }
    }

    void close() {
        ControlServer.closeQuietly(channel);
    }
}
