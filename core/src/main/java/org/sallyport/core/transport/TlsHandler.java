package org.sallyport.core.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;

/** TLS of one connection, with no deadlines of its own. A connection that is closed is closed now: who does not read cannot delay it. */
final class TlsHandler extends SslHandler {

    /** @param workers for what is too slow for the network thread: keys and signatures */
    TlsHandler(SSLEngine engine, Executor workers) {
        super(engine, false, workers);
        setHandshakeTimeoutMillis(0);
        setCloseNotifyFlushTimeoutMillis(0);
        setCloseNotifyReadTimeoutMillis(0);
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
