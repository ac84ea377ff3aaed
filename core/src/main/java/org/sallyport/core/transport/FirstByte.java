package org.sallyport.core.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Supplier;

/** Tells TLS from all else by the first byte, and is gone: a plain connection goes on as if this had not been there. */
final class FirstByte extends ChannelInboundHandlerAdapter {
    private final ChannelHandler plain;
    private final Supplier<ChannelHandler> secure;

    /** @param plain the handler that follows @param secure makes the one to take its place for TLS */
    FirstByte(ChannelHandler plain, Supplier<ChannelHandler> secure) {
        this.plain = plain;
        this.secure = secure;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (in.isReadable()) {
            if (in.getByte(in.readerIndex()) == ClientHello.FIRST_BYTE) {
                context.pipeline().replace(plain, "hello", secure.get());
            }
            context.pipeline().remove(this);
        }
        context.fireChannelRead(in);
    }
}
