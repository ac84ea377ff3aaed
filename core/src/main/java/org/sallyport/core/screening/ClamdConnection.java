package org.sallyport.core.screening;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/** One command to clamd and its reply, every wait with a deadline; a connection holds one command only. One thread. */
final class ClamdConnection implements Closeable {
    private static final int MAX_REPLY = 4096;
    private static final long LOOK_UP_MILLIS = 500;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final Duration idle;
    private final long end;
    /** All of it may take longer than nothing may move: who comes to the end of the time did something. */
    private final boolean patient;
    private final Runnable stillWanted;

    /** @param stillWanted called twice a second at least; throws when it is not */
    private ClamdConnection(SocketChannel channel, Duration idle, Duration total, Runnable stillWanted) throws IOException {
        this.channel = channel;
        this.idle = idle;
        this.end = System.nanoTime() + total.toNanos();
        this.patient = total.compareTo(idle) > 0;
        this.stillWanted = stillWanted;
        channel.configureBlocking(false);
        this.selector = Selector.open();
        this.key = channel.register(selector, 0);
    }

    static ClamdConnection open(ClamdAddress address, Duration connect, Duration idle, Duration total, Runnable stillWanted) throws ClamdException {
        SocketAddress where = address.toSocketAddress();
        try {
            SocketChannel channel = where instanceof UnixDomainSocketAddress
                    ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
            try {
                return new ClamdConnection(channel, idle, total, stillWanted).connected(where, connect);
            } catch (IOException | ClamdException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ClamdException(String.valueOf(e.getMessage()), e);
        }
    }

    private ClamdConnection connected(SocketAddress where, Duration connect) throws IOException, ClamdException {
        try {
            if (!channel.connect(where)) {
                await(SelectionKey.OP_CONNECT, connect);
                channel.finishConnect();
            }
            return this;
        } catch (IOException | ClamdException | RuntimeException e) {
            close(); // the selector, too: it would keep the socket of a closed channel open
            throw e;
        }
    }

    /** Sends all of it, unless clamd has something to say or has gone. @return whether all of it was sent */
    boolean send(ByteBuffer bytes) throws ClamdException {
        try {
            while (bytes.hasRemaining()) {
                if (channel.write(bytes) == 0 && (await(SelectionKey.OP_WRITE | SelectionKey.OP_READ, idle) & SelectionKey.OP_READ) != 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false; // it hung up: whether it said why is in reply()
        }
    }

    /** What it answered, without the end mark. */
    String reply() throws ClamdException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(MAX_REPLY);
        try {
            while (all.size() <= MAX_REPLY) {
                await(SelectionKey.OP_READ, idle);
                int read = channel.read(buffer.clear());
                if (read < 0) {
                    break;
                }
                for (int i = 0; i < read; i++) {
                    if (buffer.get(i) == 0) {
                        return all.toString(StandardCharsets.UTF_8);
                    }
                    all.write(buffer.get(i));
                }
            }
        } catch (IOException e) {
            throw new ClamdException("it ended the connection before it had answered, as if it had been stopped or restarted", e);
        }
        throw new ClamdException(all.size() > MAX_REPLY ? "its reply never ends"
                : "it ended the connection before it had answered, as if it had been stopped or restarted");
    }

    private int await(int operations, Duration most) throws ClamdException, IOException {
        long stop = Math.min(end, System.nanoTime() + most.toNanos());
        key.interestOps(operations);
        while (true) {
            stillWanted.run();
            long left = (stop - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new ClamdException(stop == end && patient ? "it needed too long for one file" : "it hangs: nothing moved for "
                        + most.toSeconds() + " seconds");
            }
            selector.select(Math.min(left, LOOK_UP_MILLIS));
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException();
            }
            if (selector.selectedKeys().remove(key)) {
                return key.readyOps();
            }
        }
    }

    @Override
    public void close() {
        try (selector; channel) {
            key.cancel();
        } catch (IOException e) {
            throw new IllegalStateException("a socket cannot be closed", e);
        }
    }
}
