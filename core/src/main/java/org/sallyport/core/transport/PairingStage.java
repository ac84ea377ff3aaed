package org.sallyport.core.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.trust.VerifiedPeer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of a pairing, inside TLS: length (2 bytes), content. Each step has its deadline, and so has the whole; a person who
 * compares words may take all of that. Whatever goes wrong here ends this connection only (I11).
 */
final class PairingStage extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(PairingStage.class);
    /** A dialogue takes a handful. */
    static final int MAX_MESSAGES = 64;
    static final CloseReason DEADLINE = new CloseReason("pairing.deadline", "the other device did not go on with the pairing in time");
    private static final CloseReason MESSAGE = new CloseReason("pairing.message", "the other device sent something that is not part of a pairing");

    private final PairingHandler handler;
    private final VerifiedPeer peer;
    private final long stepMillis;
    private final Deadline whole;
    // not of the pool: when the loop ends, connections go without handlerRemoved, and nothing may be missing from it then
    private final ByteBuf seen = Unpooled.buffer(Short.BYTES, Short.BYTES + PairingLink.MAX_MESSAGE);
    private ChannelHandlerContext channelContext;
    private Future<?> deadline;
    private int messages;
    private boolean personDecides;
    private boolean dead;
    private CloseReason reason = CloseReason.REMOTE;

    /** @param stepMillis from one message of the other side to the next @param whole the end in any case */
    PairingStage(PairingHandler handler, VerifiedPeer peer, long stepMillis, Deadline whole) {
        this.handler = handler;
        this.peer = peer;
        this.stepMillis = stepMillis;
        this.whole = whole;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channelContext = context;
        deadline = expire();
        guarded(context, () -> handler.opened(new PairingLink(context, this), peer));
    }

    /** For good: what comes after depends on the person at the other side, too. */
    void awaitPerson() {
        personDecides = true;
        deadline.cancel(false);
        deadline = expire();
    }

    private Future<?> expire() {
        long millis = personDecides ? whole.millisLeft() : Math.min(stepMillis, whole.millisLeft());
        return channelContext.executor().schedule(() -> end(channelContext, DEADLINE), millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            while (!dead && in.isReadable()) {
                collect(context, in);
            }
        } finally {
            in.release();
        }
    }

    private void collect(ChannelHandlerContext context, ByteBuf in) {
        take(in, Short.BYTES);
        if (seen.readableBytes() < Short.BYTES) {
            return;
        }
        int length = seen.getUnsignedShort(0);
        if (length < 1 || length > PairingLink.MAX_MESSAGE || messages == MAX_MESSAGES) {
            end(context, MESSAGE);
            return;
        }
        take(in, Short.BYTES + length);
        if (seen.readableBytes() == Short.BYTES + length) {
            byte[] content = new byte[length];
            seen.getBytes(Short.BYTES, content);
            seen.clear();
            messages++;
            deadline.cancel(false);
            deadline = expire();
            guarded(context, () -> handler.received(content));
        }
    }

    /** Moves bytes until that many are seen. */
    private void take(ByteBuf in, int wanted) {
        int missing = Math.max(0, wanted - seen.readableBytes());
        seen.writeBytes(in, Math.min(missing, in.readableBytes()));
    }

    private void guarded(ChannelHandlerContext context, Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            LOG.error("a pairing connection failed and was closed", e);
            end(context, CloseReason.error(e));
        }
    }

    void end(ChannelHandlerContext context, CloseReason why) {
        if (!dead) { // closing fails what is unsent, and those failures must not cover up why
            dead = true;
            reason = why;
        }
        context.channel().close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        dead = true;
        deadline.cancel(false);
        try {
            handler.closed(reason);
        } catch (Throwable e) {
            LOG.error("closing a pairing connection failed", e);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(context, CloseReason.error(cause));
    }
}
