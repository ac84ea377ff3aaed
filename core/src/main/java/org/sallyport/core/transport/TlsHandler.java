package org.sallyport.core.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;

/**
 * TLS of one connection, with no deadlines of its own. A connection that is closed is closed now: who does not read cannot delay it. What comes
 * is gathered in arrays, where the JDK decrypts in place; from memory outside the heap its ciphers copy it piece by piece.
 */
final class TlsHandler extends SslHandler {

    /** @param workers for what is too slow for the network thread: keys and signatures */
    TlsHandler(SSLEngine engine, Executor workers) {
        super(engine, false, workers);
        setCumulator(TlsHandler::gather);
        setHandshakeTimeoutMillis(0);
        setCloseNotifyFlushTimeoutMillis(0);
        setCloseNotifyReadTimeoutMillis(0);
    }

    private static ByteBuf gather(ByteBufAllocator memory, ByteBuf before, ByteBuf came) {
        try {
            return memory.heapBuffer(Math.max(1, before.readableBytes() + came.readableBytes())).writeBytes(before).writeBytes(came);
        } finally {
            before.release();
            came.release();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
        super.handlerAdded(context);
        // the other side says that no more will come: there is nothing that we would go on telling it
        sslCloseFuture().addListener(ended -> context.channel().close());
    }

    /** Says close_notify if there is room for it, and does not wait until it was taken. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (handshakeFuture().isSuccess()) {
            closeOutbound();
        }
        context.close(promise);
    }
}
