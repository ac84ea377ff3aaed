package org.sallyport.core.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.wire.Handshake;

/**
 * Waits for 68 bytes of handshake, however they are split. Bytes that cannot become one are another stage's, or thrown away
 * unread until the deadline ends the connection, so that a prober learns nothing from how or when it is closed.
 */
abstract class HandshakeStage extends ChannelInboundHandlerAdapter {
    /** Absolute, from accept or connect: a slow-loris peer must not hold one of the 64 half-open places longer. */
    private final Deadline until;
    private ByteBuf seen = Unpooled.EMPTY_BUFFER;
    private boolean foreign;
    private boolean ended;
    private Future<?> deadline;
    private CloseReason reason = CloseReason.REMOTE;

    HandshakeStage(Deadline until) {
        this.until = until;
    }

    /** The handshake is whole. @return the stage that takes over, or empty to close silently */
    abstract Optional<MessageStage> greet(ChannelHandlerContext context, Handshake theirs);

    /** What to take for somebody who does not speak the plain protocol; empty to throw away what comes. */
    Optional<ChannelHandler> otherwise() {
        return Optional.empty();
    }

    /** The connection ended before the handshake was whole. */
    abstract void gone(CloseReason reason);

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline = context.executor().schedule(() -> end(context, CloseReason.HANDSHAKE_DEADLINE), until.millisLeft(), TimeUnit.MILLISECONDS);
    }

    private void end(ChannelHandlerContext context, CloseReason why) {
        if (!ended) { // closing fails what is unsent, and those failures must not cover up why
            ended = true;
            reason = why;
        }
        context.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (foreign) {
                return;
            }
            collect(in);
            if (!Handshake.mayBegin(seen)) {
                foreign = true;
                otherwise().ifPresent(stage -> hand(context, stage, in));
            } else if (seen.readableBytes() == Handshake.LENGTH) {
                finish(context, in);
            }
        } finally {
            in.release();
        }
    }

    private void collect(ByteBuf in) {
        if (seen == Unpooled.EMPTY_BUFFER) {
            // not of the pool: when the loop ends, connections go without handlerRemoved, and nothing may be missing from it then
            seen = Unpooled.buffer(Handshake.LENGTH, Handshake.LENGTH);
        }
        in.readBytes(seen, Math.min(in.readableBytes(), Handshake.LENGTH - seen.readableBytes()));
    }

    private void hand(ChannelHandlerContext context, ChannelHandler stage, ByteBuf rest) {
        ByteBuf all = context.alloc().buffer(seen.readableBytes() + rest.readableBytes()).writeBytes(seen).writeBytes(rest);
        context.pipeline().replace(this, "handshake", stage);
        context.fireChannelRead(all);
    }

    private void finish(ChannelHandlerContext context, ByteBuf rest) {
        deadline.cancel(false);
        var next = greet(context, Handshake.decode(seen));
        if (next.isEmpty()) {
            end(context, CloseReason.OTHER_TORRENT);
            return;
        }
        context.pipeline().replace(this, "messages", next.get());
        if (rest.isReadable() && context.channel().isActive()) {
            context.fireChannelRead(rest.retain()); // from here, not from the head: in TLS these bytes are decrypted already
        }
    }

    static void send(ChannelHandlerContext context, Handshake ours) {
        ByteBuf out = context.alloc().buffer(Handshake.LENGTH);
        ours.encode(out);
        context.writeAndFlush(out, context.voidPromise());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        deadline.cancel(false);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        gone(reason);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(context, CloseReason.error(cause));
    }
}
