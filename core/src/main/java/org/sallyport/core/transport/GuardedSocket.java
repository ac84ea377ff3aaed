package org.sallyport.core.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.SocketOptions;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sallyport.core.model.Refusal;

/**
 * What is below a blocking socket that goes the guarded way: a JDK socket cannot be held to an interface. Reads are asked of the network
 * thread one by one, so what waits unread is one turn of reading at most. Used by one thread; closed by any, which ends what waits.
 */
final class GuardedSocket extends SocketImpl {
    private static final byte[] END = new byte[0];

    private final NetworkLoop loop;
    private final NetworkGuard guard;
    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private final Map<Integer, Object> options = new ConcurrentHashMap<>();
    private volatile @Nullable Channel channel;
    private volatile boolean closed;

    GuardedSocket(NetworkLoop loop, NetworkGuard guard) {
        this.loop = loop;
        this.guard = guard;
    }

    @Override
    protected void connect(SocketAddress to, int timeoutMillis) throws IOException {
        InetSocketAddress remote = (InetSocketAddress) to;
        NetworkWay way = guard.way();
        Optional<Refusal> refusal = way.refusal(remote.getAddress());
        if (refusal.isPresent()) {
            throw new ConnectException(refusal.get().sentence());
        }
        Bootstrap bootstrap = new Bootstrap().group(loop.eventLoop()).channel(loop.clientType())
                .option(ChannelOption.AUTO_READ, false).option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis);
        ChannelFuture connecting = guard.connect(way, bootstrap, remote, made -> {
            channel = made;
            made.pipeline().addLast(new Receiver());
        });
        await(connecting);
        if (!connecting.isSuccess()) {
            throw failure(connecting.cause());
        }
        address = remote.getAddress();
        port = remote.getPort();
        localport = ((InetSocketAddress) connecting.channel().localAddress()).getPort();
        if (closed) {
            close();
        }
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            SocketTimeoutException timeout = new SocketTimeoutException("connect timed out");
            timeout.initCause(cause);
            return timeout;
        }
        return cause instanceof IOException known ? known : new IOException(cause);
    }

    private static void await(ChannelFuture future) throws InterruptedIOException {
        try {
            future.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.channel().close();
            throw new InterruptedIOException();
        }
    }

    private Channel connected() throws SocketException {
        Channel now = channel;
        if (closed || now == null) {
            throw new SocketException("Socket closed");
        }
        return now;
    }

    /** Puts copies into the queue; the network thread never waits. */
    private final class Receiver extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            byte[] copy = new byte[bytes.readableBytes()];
            bytes.readBytes(copy);
            ReferenceCountUtil.release(message);
            if (copy.length > 0) {
                received.add(copy);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            received.add(END);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    @Override
    protected InputStream getInputStream() {
        return new InputStream() {
            private byte[] chunk = END;
            private int at;
            private boolean ended;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                Objects.checkFromIndexSize(offset, length, into.length);
                if (length == 0) {
                    return 0;
                }
                if (at == chunk.length && !next()) {
                    return -1;
                }
                int count = Math.min(length, chunk.length - at);
                System.arraycopy(chunk, at, into, offset, count);
                at += count;
                return count;
            }

            private boolean next() throws IOException {
                if (received.isEmpty() && !ended) {
                    connected().read();
                }
                chunk = ended ? END : take();
                at = 0;
                ended = chunk.length == 0;
                if (ended && closed) {
                    throw new SocketException("Socket closed");
                }
                return !ended;
            }

            @Override
            public int available() {
                return chunk.length - at;
            }
        };
    }

    private byte[] take() throws IOException {
        int millis = (Integer) options.getOrDefault(SocketOptions.SO_TIMEOUT, 0);
        try {
            byte[] next = millis == 0 ? received.take() : received.poll(millis, TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new SocketTimeoutException("Read timed out");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    @Override
    protected OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                ChannelFuture written = connected().writeAndFlush(Unpooled.copiedBuffer(from, offset, length));
                await(written);
                if (!written.isSuccess()) {
                    throw new SocketException("Connection reset");
                }
            }
        };
    }

    @Override
    protected void close() {
        closed = true;
        Channel now = channel;
        if (now != null) {
            now.close();
        }
        received.add(END);
    }

    @Override
    protected int available() {
        return 0;
    }

    @Override
    public void setOption(int option, Object value) {
        options.put(option, value);
    }

    @Override
    public Object getOption(int option) {
        Channel now = channel;
        if (option == SocketOptions.SO_BINDADDR) {
            return now != null && now.localAddress() instanceof InetSocketAddress local ? local.getAddress() : new InetSocketAddress(0).getAddress();
        }
        return options.getOrDefault(option, option == SocketOptions.SO_TIMEOUT ? (Object) 0 : Boolean.FALSE);
    }

    /** Keep-alive and the like: our questions are over before they matter. */
    @Override
    protected <T> void setOption(SocketOption<T> option, T value) {
        // taken and not used
    }

    @Override
    protected void create(boolean stream) {
        // the channel is made when it is known where to
    }

    @Override
    protected void connect(String host, int to) throws IOException {
        throw new SocketException("names are looked up before");
    }

    @Override
    protected void connect(InetAddress host, int to) throws IOException {
        connect(new InetSocketAddress(host, to), 0);
    }

    @Override
    protected void bind(InetAddress host, int to) throws IOException {
        throw new SocketException("the network guard chooses the address");
    }

    @Override
    protected void listen(int backlog) throws IOException {
        throw new SocketException("only the one port listens");
    }

    @Override
    protected void accept(SocketImpl other) throws IOException {
        throw new SocketException("only the one port listens");
    }

    @Override
    protected void sendUrgentData(int data) throws IOException {
        throw new SocketException("not supported");
    }
}
