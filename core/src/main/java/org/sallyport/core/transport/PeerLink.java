package org.sallyport.core.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.sallyport.core.wire.FrameEncoder;

/**
 * One connection to a peer after the handshakes: sends messages, tells of room and volume, closes. Network thread only.
 * Small messages of one turn travel in one buffer; blocks are written from the caller's buffer without a copy.
 */
public final class PeerLink {
    /** Beyond this much unsent the peer is not reading; a full read-ahead of blocks stays well below. */
    private static final long MAX_UNSENT = 8L << 20;
    private static final int SMALL = 512;
    /** IPPROTO_TCP, TCP_INFO and the place of tcpi_notsent_bytes in Linux's {@code struct tcp_info}, which is zero before Linux 4.6. */
    private static final int NOTSENT_BYTES = 144;
    private static final RawUnixChannelOption TCP_INFO = new RawUnixChannelOption("TCP_INFO", 6, 11, NOTSENT_BYTES + 4);

    private final Channel channel;
    private final NetworkLoop loop;
    private final InetSocketAddress remote;
    private final boolean incoming;
    private final LinkSecurity security;
    private final long stallMillis;
    private final WireGauge gauge;
    private final BlockQueue payload;
    private Optional<Future<?>> stallCheck = Optional.empty();
    private ByteBuf small = Unpooled.EMPTY_BUFFER;
    private long queuedBytes;
    private boolean dirty;
    private boolean closing;
    private CloseReason reason = CloseReason.REMOTE;
    private long lastReadNanos = System.nanoTime();
    private long heldBeforeRead;
    private long lastWriteNanos = lastReadNanos;

    /** @param stallMillis how long the peer may take nothing of what waits for it */
    PeerLink(Channel channel, NetworkLoop loop, boolean incoming, LinkSecurity security, long stallMillis) {
        this.stallMillis = stallMillis;
        this.channel = channel;
        this.loop = loop;
        this.incoming = incoming;
        this.security = security;
        this.remote = (InetSocketAddress) channel.remoteAddress();
        this.gauge = WireGauge.of(channel);
        this.payload = new BlockQueue(gauge, new Exit());
    }

    public InetSocketAddress remote() {
        return remote;
    }

    public boolean incoming() {
        return incoming;
    }

    public LinkSecurity security() {
        return security;
    }

    public boolean open() {
        return channel.isActive();
    }

    /** Whether more blocks may be sent now; {@link LinkHandler#writable} tells when it becomes true again. */
    public boolean writable() {
        return channel.isWritable() && payload.isEmpty();
    }

    /** From now on it is part of {@code meter} and held to its limits, and to those of everything together. */
    public void join(Meter meter) {
        gauge.govern(meter);
    }

    /** How long in all nothing was read because of our own limits, which is no fault of the peer's. */
    public long heldNanos() {
        return gauge.heldNanos();
    }

    /** How long the peer has sent nothing while we would have read it. @param now {@link System#nanoTime()} */
    public long silentNanos(long now) {
        return now - lastReadNanos - (heldNanos() - heldBeforeRead);
    }

    /** {@link System#nanoTime()} of the last byte received. */
    public long lastReadNanos() {
        return lastReadNanos;
    }

    /** {@link System#nanoTime()} of the last message sent. */
    public long lastWriteNanos() {
        return lastWriteNanos;
    }

    public void keepAlive() {
        FrameEncoder.keepAlive(out());
    }

    public void choke() {
        FrameEncoder.choke(out());
    }

    public void unchoke() {
        FrameEncoder.unchoke(out());
    }

    public void interested() {
        FrameEncoder.interested(out());
    }

    public void notInterested() {
        FrameEncoder.notInterested(out());
    }

    public void have(int piece) {
        FrameEncoder.have(out(), piece);
    }

    public void haveAll() {
        FrameEncoder.haveAll(out());
    }

    public void haveNone() {
        FrameEncoder.haveNone(out());
    }

    public void bitfield(byte[] bits) {
        FrameEncoder.bitfield(out(), bits);
    }

    public void request(int piece, int begin, int length) {
        FrameEncoder.request(out(), piece, begin, length);
    }

    public void cancel(int piece, int begin, int length) {
        FrameEncoder.cancel(out(), piece, begin, length);
    }

    public void reject(int piece, int begin, int length) {
        FrameEncoder.reject(out(), piece, begin, length);
    }

    public void allowedFast(int piece) {
        FrameEncoder.allowedFast(out(), piece);
    }

    public void dhtPort(int port) {
        FrameEncoder.dhtPort(out(), port);
    }

    public void extended(int id, byte[] payload) {
        FrameEncoder.extended(out(), id, payload);
    }

    /**
     * Sends blocks that lie one after another in a buffer, as soon as the limits allow it.
     * @param data    each block behind {@link FrameEncoder#PIECE_HEAD} free bytes; the link's until {@code written} ran
     * @param lengths of the blocks, in order
     * @param sending hears how many bytes of blocks go, when they go
     * @param written runs once on the network thread when the last byte was sent, or never will be
     */
    public void blocks(int piece, int begin, ByteBuffer data, int[] lengths, IntConsumer sending, Runnable written) {
        ByteBuf whole = Unpooled.wrappedBuffer(data);
        int at = 0;
        int from = begin;
        for (int length : lengths) {
            FrameEncoder.pieceHead(whole.writerIndex(at), piece, from, length);
            at += FrameEncoder.PIECE_HEAD + length;
            from += length;
        }
        whole.writerIndex(at);
        if (payload.goesFreely()) {
            payload.add(new BlockQueue.Block(whole, from - begin, sending, written));
        } else {
            addEach(whole, lengths, sending, written);
        }
        payload.push();
    }

    private void addEach(ByteBuf whole, int[] lengths, IntConsumer sending, Runnable written) {
        for (int i = 0; i < lengths.length; i++) {
            Runnable done = i == lengths.length - 1 ? written : BlockQueue.NOTHING;
            ByteBuf framed = whole.readRetainedSlice(FrameEncoder.PIECE_HEAD + lengths[i]);
            payload.add(new BlockQueue.Block(framed, lengths[i], sending, done));
        }
        whole.release();
    }

    private final class Exit implements BlockQueue.Outlet {
        @Override
        public void send(BlockQueue.Block block, ChannelFutureListener last) {
            flushLater();
            writeSmall();
            write(block.framed(), last == BlockQueue.unheard() ? channel.voidPromise() : channel.newPromise().addListener(last));
        }

        @Override
        public void flush() {
            flushNow();
        }
    }

    /**
     * Whether bytes that the system took did not leave yet, which they would after a polite close, for as long as the peer reads slowly.
     * Where the system does not tell, it may be so.
     */
    public boolean holdsBack() {
        if (!(channel instanceof EpollSocketChannel) || !channel.isActive()) {
            return true;
        }
        ByteBuffer info = channel.config().getOption(TCP_INFO);
        return info == null || info.order(ByteOrder.nativeOrder()).getInt(NOTSENT_BYTES) > 0;
    }

    /** Closes now; {@link LinkHandler#closed} follows with this reason, unless there was one before. */
    public void close(CloseReason why) {
        if (!closing) { // closing fails what is unsent, and those failures must not cover up why
            closing = true;
            reason = why;
        }
        channel.close();
    }

    /** The same, and what was not sent yet never is, also what the system has taken already. */
    public void abort(CloseReason why) {
        if (channel.isActive()) { // one that is closed already takes no option
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        close(why);
    }

    CloseReason reason() {
        return reason;
    }

    void received() {
        lastReadNanos = System.nanoTime();
        heldBeforeRead = heldNanos();
    }

    private ByteBuf out() {
        if (!small.isWritable(SMALL / 8) || small == Unpooled.EMPTY_BUFFER) {
            writeSmall();
            small = channel.alloc().directBuffer(SMALL);
        }
        flushLater();
        return small;
    }

    private void flushLater() {
        if (!dirty) {
            dirty = true;
            loop.flushLater(this);
        }
    }

    private void writeSmall() {
        if (small != Unpooled.EMPTY_BUFFER) {
            write(small, channel.voidPromise());
            small = Unpooled.EMPTY_BUFFER;
        }
    }

    private void write(ByteBuf bytes, ChannelPromise promise) {
        long before = unsentBytes();
        channel.write(bytes, promise);
        queuedBytes += unsentBytes() - before;
    }

    long unsentBytes() {
        ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
        return unsent == null ? 0 : unsent.totalPendingWriteBytes();
    }

    /** Grows with what the kernel took: stands still while the peer does not read. */
    long sentBytes() {
        ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
        return queuedBytes - unsentBytes() + (unsent == null ? 0 : unsent.currentProgress());
    }

    private void checkProgressLater() {
        long before = sentBytes();
        stallCheck = Optional.of(channel.eventLoop().schedule(() -> checkProgress(before), stallMillis, TimeUnit.MILLISECONDS));
    }

    /** A peer that asks and does not read must not keep the buffers of its queue, which others wait for. */
    void checkProgress(long sentBefore) {
        stallCheck = Optional.empty();
        if (unsentBytes() > 0) {
            if (sentBytes() <= sentBefore) { // less if what was added has grown by being encrypted
                close(CloseReason.NOT_READING);
            } else {
                checkProgressLater();
            }
        }
    }

    /** The connection has ended. */
    void gone() {
        stallCheck.ifPresent(check -> check.cancel(false));
        payload.end();
    }

    void flushNow() {
        dirty = false;
        writeSmall();
        lastWriteNanos = System.nanoTime();
        channel.flush();
        long unsent = unsentBytes();
        if (unsent > MAX_UNSENT) {
            close(CloseReason.NOT_READING);
        } else if (unsent > 0 && stallCheck.isEmpty()) {
            checkProgressLater();
        }
    }
}
