package org.sallyport.core.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.trust.VerifiedPeer;

/** Waits for the TLS handshake and for the right device behind it, within deadline and size; then the stage for its messages takes over. */
final class TlsStage extends ChannelInboundHandlerAdapter {
    /** Far more than two devices with one certificate each have to say. */
    static final int MAX_HANDSHAKE_BYTES = 64 << 10;
    private static final CloseReason DEADLINE = new CloseReason("tls.handshake-deadline", "the secure connection was not set up within the deadline");
    private static final CloseReason SIZE = new CloseReason("tls.handshake-size",
            "the other side sent too much before the secure connection was set up");

    private final TlsTerms terms;
    private final Deadline until;
    private final Function<VerifiedPeer, ChannelHandler> next;
    private final Consumer<CloseReason> failed;
    private boolean ended;
    private Future<?> deadline;
    private CloseReason reason = CloseReason.REMOTE;

    /** @param next the stage for this device @param failed called once if it does not come to that */
    TlsStage(TlsTerms terms, Deadline until, Function<VerifiedPeer, ChannelHandler> next, Consumer<CloseReason> failed) {
        this.terms = terms;
        this.until = until;
        this.next = next;
        this.failed = failed;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline = context.executor().schedule(() -> end(context, DEADLINE), until.millisLeft(), TimeUnit.MILLISECONDS);
    }

    /** Puts TLS below this stage, which is in the pipeline already: it must not miss what happens at once. */
    void begin(ChannelPipeline pipeline, Executor workers) {
        new TlsHandler(terms.engine(), workers).install(pipeline, WireGauge.NAME);
        pipeline.addAfter(WireGauge.NAME, "handshake-meter", new HandshakeSize());
    }

    /** Counts what comes before the handshake is done. */
    private final class HandshakeSize extends ChannelInboundHandlerAdapter {
        private int received;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            received += ((ByteBuf) message).readableBytes();
            if (received > MAX_HANDSHAKE_BYTES) {
                ReferenceCountUtil.release(message);
                end(context, SIZE);
            } else {
                context.fireChannelRead(message);
            }
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !ended) {
            if (handshake.isSuccess()) {
                finish(context);
            } else {
                note(handshake.cause() instanceof ClosedChannelException ? CloseReason.REMOTE : CloseReason.error(handshake.cause()));
                // not yet: the alert that tells the other side goes out after this event
                context.executor().execute(() -> context.channel().close());
            }
        }
    }

    private void finish(ChannelHandlerContext context) {
        try {
            VerifiedPeer peer = terms.verify();
            deadline.cancel(false);
            context.pipeline().remove(HandshakeSize.class);
            ChannelPipeline pipeline = context.pipeline();
            context.executor().execute(() -> Optional.ofNullable(pipeline.get(TlsHandler.class)).ifPresent(tls -> tls.handOver(pipeline)));
            pipeline.replace(this, "secured", next.apply(peer));
        } catch (RefusedException e) {
            end(context, new CloseReason(e.refusal().rule(), e.refusal().sentence()));
        }
    }

    private void end(ChannelHandlerContext context, CloseReason why) {
        note(why);
        context.channel().close();
    }

    private void note(CloseReason why) {
        if (!ended) { // closing fails what is under way, and those failures must not cover up why
            ended = true;
            reason = why;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message); // after a refusal; nothing of it is believed
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        deadline.cancel(false);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        failed.accept(reason);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(context, CloseReason.error(cause));
    }
}
