package org.sallyport.core.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sallyport.core.wire.MseHandshake;
import org.sallyport.core.wire.MseMethod;
import org.sallyport.core.wire.MseStream;
import org.sallyport.core.wire.WireViolation;

/** Leads a connection through the handshake of MSE, within the deadline; then what it carries is greeted as ever, decrypted. */
abstract class MseStage extends ChannelInboundHandlerAdapter {
    private final Deadline until;
    private Future<?> deadline;
    private boolean ignoring;
    private boolean ended;
    private CloseReason reason = CloseReason.REMOTE;

    MseStage(Deadline until) {
        this.until = until;
    }

    /** What the bytes that come are for. */
    abstract MseHandshake handshake();

    /** The other side's key is there: have the secret computed, and {@link #say} what follows from it. */
    abstract void keyCame(ChannelHandlerContext context);

    /** The other side broke the rules. */
    abstract void broken(ChannelHandlerContext context, WireViolation violation);

    /** @return the stage for what comes now */
    abstract ChannelHandler next(MseStream stream, LinkSecurity security);

    /** The connection ended before the handshake was whole. */
    abstract void gone(CloseReason reason);

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline = context.executor().schedule(() -> end(context, CloseReason.HANDSHAKE_DEADLINE), until.millisLeft(), TimeUnit.MILLISECONDS);
    }

    /** What others send is thrown away until the deadline, as with all that is not understood. */
    final void ignore() {
        ignoring = true;
    }

    final void end(ChannelHandlerContext context, CloseReason why) {
        if (!ended) { // closing fails what is unsent, and those failures must not cover up why
            ended = true;
            reason = why;
        }
        context.channel().close();
    }

    /** Sends what the writer writes, unless the connection has ended meanwhile. */
    final void say(ChannelHandlerContext context, Consumer<ByteBuf> writer) {
        if (!ended && !ignoring && context.channel().isActive()) {
            ByteBuf out = context.alloc().buffer();
            writer.accept(out);
            context.writeAndFlush(out, context.voidPromise());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (!ignoring && !ended) {
                advance(context, in);
            }
        } catch (WireViolation e) {
            broken(context, e);
        } finally {
            in.release();
        }
    }

    private void advance(ChannelHandlerContext context, ByteBuf in) throws WireViolation {
        MseHandshake.Need before = handshake().need();
        ByteBuf out = Unpooled.buffer(); // seldom used, and then for some hundred bytes
        MseHandshake.Need need = handshake().feed(in, out);
        if (out.isReadable()) {
            context.writeAndFlush(out, context.voidPromise());
        }
        if (need == MseHandshake.Need.SECRET && before != need) {
            keyCame(context);
        } else if (need == MseHandshake.Need.NOTHING) {
            finish(context, handshake().stream(), in);
        }
    }

    private void finish(ChannelHandlerContext context, MseStream stream, ByteBuf rest) {
        deadline.cancel(false);
        boolean whole = stream.method() == MseMethod.RC4;
        ByteBuf begun = context.alloc().buffer(Math.max(1, stream.initial().length() + rest.readableBytes())).writeBytes(stream.initial().toArray());
        if (whole) {
            stream.incoming().copy(rest, begun);
            context.pipeline().addBefore(context.name(), "rc4", new Rc4Stage(stream));
        } else {
            begun.writeBytes(rest);
        }
        context.pipeline().replace(this, "handshake", next(stream, LinkSecurity.obfuscated(whole)));
        if (begun.isReadable() && context.channel().isActive()) {
            context.fireChannelRead(begun); // from here, not from the head: these bytes are decrypted already
        } else {
            begun.release();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        deadline.cancel(false);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ended = true;
        gone(reason);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(context, CloseReason.error(cause));
    }
}
