package org.sallyport.core.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.wire.Handshake;

/** The one door for peers (I1): listens on one TCP port or none, and dials out. Network thread only, but for open and close. */
public final class PeerPort {
    /** Large reads: a fast peer fills them, and one turn of the loop carries many blocks. */
    private static final int READ_BYTES = 256 << 10;
    private static final WriteBufferWaterMark OUT_QUEUE = new WriteBufferWaterMark(512 << 10, 2 << 20);
    private static final int BACKLOG = 128;
    private static final int CONNECT_MILLIS = 10_000;
    /** A block in a minute is the least that a peer must take of what it asked for. */
    private static final long STALL_MILLIS = 60_000;
    /** Dials under way at once; more are turned away until some end. */
    public static final int MAX_PENDING_DIALS = 30;

    private final NetworkLoop loop;
    private final LinkHost host;
    private final long handshakeMillis;
    private final long stallMillis;
    private final Census census = new Census();
    private Optional<Channel> listener = Optional.empty();
    private int pendingDials;

    /** @param handshakeMillis deadline for a whole handshake, from accept or connect */
    public PeerPort(NetworkLoop loop, LinkHost host, long handshakeMillis) {
        this(loop, host, handshakeMillis, STALL_MILLIS);
    }

    /** @param stallMillis how long a peer may take nothing of what waits for it */
    PeerPort(NetworkLoop loop, LinkHost host, long handshakeMillis, long stallMillis) {
        this.loop = loop;
        this.host = host;
        this.handshakeMillis = handshakeMillis;
        this.stallMillis = stallMillis;
    }

    /** Listens on all addresses of this computer. */
    public int open(int port) throws IOException {
        return open(new InetSocketAddress(0).getAddress(), port);
    }

    /**
     * Starts to listen. Waits; not on the network thread.
     * @param address of this computer, or the wildcard address for all of them
     * @param port 1..65535, or 0 for any free one (tests)
     * @return the port
     * @throws IOException if it is taken; nothing else is opened instead
     */
    public int open(InetAddress address, int port) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop.eventLoop())
                .channel(loop.serverType())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, OUT_QUEUE)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted(channel);
                    }
                });
        ChannelFuture bound = bootstrap.bind(address, port).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on port " + port, bound.cause());
        }
        listener = Optional.of(bound.channel());
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    /** Stops listening; connections stay. Waits; not on the network thread. */
    public void shut() {
        listener.ifPresent(channel -> channel.close().awaitUninterruptibly());
        listener = Optional.empty();
    }

    /** All connections, in either direction and stage. */
    public int connections() {
        return census.connections();
    }

    private void accepted(Channel channel) {
        InetAddress from = ((InetSocketAddress) channel.remoteAddress()).getAddress();
        if (!host.acceptable(from, census.connections(), census.halfOpen(), census.halfOpenFrom(from), census.halfOpenFromNetworkOf(from))) {
            channel.close();
            return;
        }
        enter(channel);
        census.halfOpened(from);
        channel.pipeline().addLast("handshake", new HandshakeStage(handshakeMillis) {
            @Override
            Optional<MessageStage> greet(ChannelHandlerContext context, Handshake theirs) {
                return host.welcome(from, ((InetSocketAddress) channel.remoteAddress()).getPort(), theirs).map(welcome -> {
                    send(context, welcome.ours());
                    return new MessageStage(new PeerLink(channel, loop, true, stallMillis), welcome.handler(), theirs, welcome.pieceCount());
                });
            }

            @Override
            public void handlerRemoved(ChannelHandlerContext context) {
                super.handlerRemoved(context);
                census.settled(from);
            }

            @Override
            void gone(CloseReason reason) {
                // a stranger that never said what it wanted: there is nobody to tell
            }
        });
    }

    private void enter(Channel channel) {
        census.connected();
        channel.closeFuture().addListener(closed -> census.disconnected());
    }

    private static void send(ChannelHandlerContext context, Handshake ours) {
        var out = context.alloc().buffer(Handshake.LENGTH);
        ours.encode(out);
        context.writeAndFlush(out, context.voidPromise());
    }

    public boolean canDial() {
        return pendingDials < MAX_PENDING_DIALS;
    }

    /**
     * Dials a peer; the handler hears of the end in any case.
     * @param ours sent at once; a different info-hash in the answer ends the connection
     */
    public void dial(PeerAddress address, Handshake ours, int pieceCount, LinkHandler handler) {
        pendingDials++;
        Bootstrap bootstrap = new Bootstrap()
                .group(loop.eventLoop())
                .channel(loop.clientType())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, OUT_QUEUE)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        enter(channel);
                    }
                });
        bootstrap.connect(address.socketAddress()).addListener((ChannelFuture connected) -> {
            if (!connected.isSuccess()) {
                pendingDials--;
                handler.closed(new CloseReason("link.unreachable", "nobody answered at that address"));
                return;
            }
            Channel channel = connected.channel();
            channel.pipeline().addLast("handshake", new DialedHandshake(channel, ours, pieceCount, handler));
        });
    }

    /** Our half of a handshake on a connection that we made. */
    private final class DialedHandshake extends HandshakeStage {
        private final Channel channel;
        private final Handshake ours;
        private final int pieceCount;
        private final LinkHandler handler;
        private boolean greeted;

        DialedHandshake(Channel channel, Handshake ours, int pieceCount, LinkHandler handler) {
            super(handshakeMillis);
            this.channel = channel;
            this.ours = ours;
            this.pieceCount = pieceCount;
            this.handler = handler;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            super.handlerAdded(context);
            send(context, ours);
        }

        @Override
        Optional<MessageStage> greet(ChannelHandlerContext context, Handshake theirs) {
            if (!theirs.hash().equals(ours.hash())) {
                return Optional.empty();
            }
            greeted = true;
            return Optional.of(new MessageStage(new PeerLink(channel, loop, false, stallMillis), handler, theirs, pieceCount));
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            super.handlerRemoved(context);
            pendingDials--;
        }

        @Override
        void gone(CloseReason reason) {
            if (!greeted) {
                handler.closed(reason);
            }
        }
    }
}
