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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Speaks to the running instance of a data directory. One request each; one thread. */
public final class ControlClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlClient.class);

    private final SocketChannel channel;
    private final BufferedReader reader;

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
     * @throws IOException if the instance ends or breaks off before it has answered
     */
    public int run(ControlRequest request, Output output) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((request.encode() + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            // closed at the other end, which may have said why before: that is still to be read
            LOG.debug("the request was not taken", e);
        }
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            Map<String, Object> frame = Json.read(line);
            if (frame.get("out") instanceof String text) {
                output.out(text);
            } else if (frame.get("err") instanceof String text) {
                output.err(text);
            } else if (frame.get("exit") instanceof Long code) {
                return code.intValue();
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
