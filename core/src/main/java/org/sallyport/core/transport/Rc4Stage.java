package org.sallyport.core.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.sallyport.core.wire.MseStream;

/**
 * Every byte of a connection under RC4. What is sent may be somebody else's, such as a block that others get too: so it is changed on its
 * way into another buffer.
 */
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
        ByteBuf plain = (ByteBuf) message;
        ByteBuf obfuscated = context.alloc().directBuffer(Math.max(1, plain.readableBytes()));
        try {
            stream.outgoing().copy(plain, obfuscated);
        } finally {
            plain.release();
        }
        context.write(obfuscated, promise);
    }
}
