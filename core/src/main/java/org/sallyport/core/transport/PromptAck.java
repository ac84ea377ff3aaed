package org.sallyport.core.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the system acknowledge at the end of a turn what a connection has received in it. By itself it holds the acknowledgement of a lone last
 * packet back for up to 40 ms on connections that send something, too, such as requests for blocks; a sender whose window has shrunk after a loss
 * waits as long. Only for Linux, which returns to its ways by itself: it is asked each time.
 */
final class PromptAck extends ChannelInboundHandlerAdapter {
    /** Less in one turn is talk, not blocks: its acknowledgement may wait for a message of ours that carries it. */
    static final int LEAST_BYTES = 1 << 10;
    private static final Logger LOG = LoggerFactory.getLogger(PromptAck.class);

    private final Runnable request;
    private boolean refused;
    private int bytes;

    PromptAck(Runnable request) {
        this.request = request;
    }

    /** Next to the socket, if it knows how. */
    static void install(Channel channel) {
        if (channel instanceof EpollSocketChannel socket) {
            channel.pipeline().addFirst(new PromptAck(() -> socket.config().setTcpQuickAck(true)));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        bytes += ((ByteBuf) message).readableBytes();
        context.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        boolean many = bytes >= LEAST_BYTES;
        bytes = 0;
        context.fireChannelReadComplete();
        if (many && !refused && context.channel().isOpen()) {
            ask();
        }
    }

    private void ask() {
        try {
            request.run();
        } catch (ChannelException e) {
            refused = true;
            LOG.debug("this system does not acknowledge at once", e);
        }
    }
}
