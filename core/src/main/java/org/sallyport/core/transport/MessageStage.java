package org.sallyport.core.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.sallyport.core.wire.FrameDecoder;
import org.sallyport.core.wire.Handshake;
import org.sallyport.core.wire.WireViolation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a connection's messages to its owner. Whatever goes wrong here, errors included, ends this connection only (I11). */
final class MessageStage extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(MessageStage.class);

    private final PeerLink link;
    private final LinkHandler handler;
    private final Handshake theirs;
    private final FrameDecoder decoder;
    private boolean dead;

    MessageStage(PeerLink link, LinkHandler handler, Handshake theirs, int pieceCount) {
        this.link = link;
        this.handler = handler;
        this.theirs = theirs;
        this.decoder = new FrameDecoder(handler, pieceCount);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        guarded(() -> handler.opened(link, theirs));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (!dead) {
                link.received();
                guarded(() -> decoder.feed(in));
            }
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!dead) {
            guarded(handler::turnEnds);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!dead && context.channel().isWritable()) {
            guarded(handler::writable);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        dead = true;
        link.gone();
        try {
            handler.closed(link.reason());
        } catch (Throwable e) {
            LOG.error("closing a connection failed", e);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(CloseReason.error(cause));
    }

    private interface Step {
        void run() throws WireViolation;
    }

    private void guarded(Step step) {
        try {
            step.run();
        } catch (WireViolation e) {
            end(CloseReason.of(e));
        } catch (Throwable e) {
            LOG.error("a connection failed and was closed", e);
            end(CloseReason.error(e));
        }
    }

    private void end(CloseReason reason) {
        dead = true;
        link.close(reason);
    }
}
