package org.sallyport.core.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import java.net.InetAddress;

/**
 * Stands next to the socket of one connection, below TLS and obfuscation: counts its bytes, and stops reading when the limits say so. Only
 * when it belongs to a torrent is it held up, so that no handshake misses its deadline. Network thread only.
 */
final class WireGauge extends ChannelDuplexHandler implements WaitingLine.Waiter {
    static final String NAME = "gauge";

    private final Limiter limiter;
    private final Channel channel;
    private final boolean local;
    private Meter own;
    private boolean governed;
    private boolean held;
    private long allowance;
    private long heldSince;
    private long heldNanos;

    private WireGauge(Limiter limiter, Channel channel, InetAddress remote) {
        this.limiter = limiter;
        this.channel = channel;
        this.local = LocalNetworks.isOwn(remote);
        this.own = limiter.rest();
    }

    /** Before the channel has read anything, and before it has other handlers. */
    static void install(Limiter limiter, Channel channel, InetAddress remote) {
        WireGauge gauge = new WireGauge(limiter, channel, remote);
        channel.pipeline().addFirst(NAME, gauge);
        channel.config().setRecvByteBufAllocator(gauge.new Reads());
        PromptAck.install(channel);
    }

    static WireGauge of(Channel channel) {
        return channel.pipeline().get(WireGauge.class);
    }

    /** From now on it is part of this, and held to the limits. */
    void govern(Meter meter) {
        if (held) {
            throw new IllegalStateException("the connection belongs to a torrent already");
        }
        own = meter;
        governed = true;
    }

    /** How long in all it did not read although there may have been something. */
    long heldNanos() {
        return held ? heldNanos + limiter.now() - heldSince : heldNanos;
    }

    Limiter limiter() {
        return limiter;
    }

    /** What its torrent may send. */
    Budget ownUp() {
        return own.up;
    }

    boolean limitsSending() {
        return governed && limiter.counts(local) && (limiter.total().up.limited() || own.up.limited());
    }

    @Override
    public Budget own() {
        return own.down;
    }

    @Override
    public boolean limited() {
        return governed && limiter.counts(local) && (limiter.total().down.limited() || own.down.limited());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (limiter.counts(local)) {
            int bytes = ((ByteBuf) message).readableBytes();
            limiter.received(bytes, own);
            if (limited()) {
                use(bytes);
            }
        }
        context.fireChannelRead(message);
    }

    private void use(int bytes) {
        allowance -= bytes;
        long now = limiter.now();
        if (held || allowance > 0 && Math.min(limiter.total().down.left(now), own.down.left(now)) > 0) {
            return;
        }
        long more = limiter.down().atOnce(this);
        if (more > 0) {
            allowance = more;
            return;
        }
        held = true;
        heldSince = now;
        channel.config().setAutoRead(false);
        limiter.down().join(this);
    }

    @Override
    public long go(long bytes) {
        allowance = bytes;
        heldNanos = heldNanos();
        held = false;
        if (channel.isOpen()) {
            channel.config().setAutoRead(true);
        }
        return bytes;
    }

    /** TLS asks for the rest of a record although nothing is to be read: it waits, too. */
    @Override
    public void read(ChannelHandlerContext context) {
        if (!held) {
            context.read();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (limiter.counts(local)) {
            limiter.sent(((ByteBuf) message).readableBytes(), own);
        }
        context.write(message, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        limiter.down().leave(this);
        context.fireChannelInactive();
    }

    /** Large reads; with a limit none that is larger than what may come. */
    private final class Reads extends DefaultMaxMessagesRecvByteBufAllocator {
        @Override
        public Handle newHandle() {
            return new MaxMessageHandle() {
                @Override
                public int guess() {
                    return limited() ? few() : PeerPort.READ_BYTES;
                }
            };
        }

        private int few() {
            long now = limiter.now();
            long left = Math.min(limiter.total().down.left(now), own.down.left(now));
            long most = allowance > 0 ? Math.min(allowance, left) : left;
            return (int) Math.max(Budget.LEAST, Math.min(PeerPort.READ_BYTES, most));
        }
    }
}
