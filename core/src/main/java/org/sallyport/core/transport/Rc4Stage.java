package org.sallyport.core.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.sallyport.core.wire.MseStream;

/** Every byte of a connection under RC4, changed where it lies: what comes here to be sent belongs to this connection alone. */
final class Rc4Stage extends ChannelDuplexHandler {
    private final MseStream stream;

    Rc4Stage(MseStream stream) {
        this.stream = stream;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        stream.incoming().apply((ByteBuf) message);
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        stream.outgoing().apply((ByteBuf) message);
        context.write(message, promise);
    }
}
