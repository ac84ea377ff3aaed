package org.sallyport.app.wiring;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Speaks to the running instance of a data directory. One request each; one thread. */
public final class ControlClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlClient.class);
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final SocketChannel channel;
    private final BufferedReader reader;
    private boolean follows;
    private volatile boolean listening;
    private volatile boolean silent;
    /** Frames so far; written by the one thread that reads. */
    private volatile long heard;

    private ControlClient(SocketChannel channel) {
        this.channel = channel;
        this.reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    /** The instance that answers on this socket; empty when none does. */
    public static Optional<ControlClient> connect(Path socketFile) {
        if (!Files.exists(socketFile)) {
            return Optional.empty();
        }
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socketFile));
            return Optional.of(new ControlClient(channel));
        } catch (IOException e) {
            // refused: the file is what a killed instance left behind
            if (channel != null) {
                ControlServer.closeQuietly(channel);
            }
            return Optional.empty();
        }
    }

    /**
     * Sends the request and passes on what comes back.
     *
     * @return the exit code of the command
     * @throws InstanceSilentException if the instance gives no sign of life for 15 s
     * @throws IOException if the instance ends or breaks off before it has answered
     */
    public int run(ControlRequest request, Output output) throws IOException {
        return run(request, output, SILENCE);
    }

    /** As {@link #run}, for a command that goes on as long as the instance: its orderly end is success. */
    public int follow(ControlRequest request, Output output) throws IOException {
        follows = true;
        return run(request, output);
    }

    int run(ControlRequest request, Output output, Duration silence) throws IOException {
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        try {
            listening = true;
            watch.scheduleWithFixedDelay(new SilenceWatch(), 0, silence.toMillis() / SilenceWatch.LOOKS, TimeUnit.MILLISECONDS);
            return exchange(request, output);
        } catch (IOException e) {
            if (silent) {
                throw new InstanceSilentException(e);
            }
            throw e;
        } finally {
            watch.shutdownNow();
        }
    }

    /**
     * Closes the connection when nothing was heard for a number of looks in a row. It counts looks instead of time, so that a
     * client that was itself stopped for a while does not blame the instance.
     */
    private final class SilenceWatch implements Runnable {
        private static final int LOOKS = 30;

        private long heardBefore = -1;
        private int looks;

        @Override
        public void run() {
            long now = heard;
            looks = listening && now == heardBefore ? looks + 1 : 0;
            heardBefore = now;
            if (looks > LOOKS) {
                silent = true;
                ControlServer.closeQuietly(channel);
            }
        }
    }

    private @Nullable String readFrame() throws IOException {
        listening = true;
        String line = reader.readLine();
        heard++;
        listening = false;
        return line;
    }

    /** On the thread that waits for the person, while this one goes on reading. */
    private void answer(String line) {
        try {
            write(Json.write(Json.object("answer", line)));
        } catch (IOException e) {
            LOG.debug("the answer came when the command had ended", e);
        }
    }

    private void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private int exchange(ControlRequest request, Output output) throws IOException {
        try {
            write(request.encode());
        } catch (IOException e) {
            // closed at the other end, which may have said why before: that is still to be read
            LOG.debug("the request was not taken", e);
        }
        for (String line = readFrame(); line != null; line = readFrame()) {
            Map<String, Object> frame = Json.read(line);
            if (frame.get("out") instanceof String text) {
                output.out(text);
            } else if (frame.get("err") instanceof String text) {
                output.err(text);
            } else if (frame.get("ask") instanceof String question) {
                output.ask(question).exceptionally(failure -> "").thenAccept(this::answer);
            } else if (frame.get("exit") instanceof Long code) {
                return code.intValue();
            } else if (follows && frame.containsKey("end")) {
                return Exit.DONE;
            }
            if (output.isGone()) {
                return Exit.FAILED;
            }
        }
        throw new IOException("the running instance broke off");
    }

    /** Like {@link #run}, but gives up with an exception after {@code seconds}: an instance that hangs must not hang its clients. */
    public int runWithin(int seconds, ControlRequest request, Output output) throws IOException {
        return within(seconds, () -> run(request, output));
    }

    /** After a quit: waits until the instance is gone. @throws IOException when it is still there after {@code seconds} */
    public void awaitGone(int seconds) throws IOException {
        within(seconds, () -> {
            while (reader.readLine() != null) {
                continue;
            }
            return 0;
        });
    }

    private interface Exchange {
        int run() throws IOException;
    }

    private int within(int seconds, Exchange exchange) throws IOException {
        ScheduledExecutorService deadline = Executors.newSingleThreadScheduledExecutor();
        try {
            deadline.schedule(() -> ControlServer.closeQuietly(channel), seconds, TimeUnit.SECONDS);
            return exchange.run();
        } finally {
            deadline.shutdownNow();
        }
    }

    @Override
    public void close() {
        ControlServer.closeQuietly(channel);
    }
}
