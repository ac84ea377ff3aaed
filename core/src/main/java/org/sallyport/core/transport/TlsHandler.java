package org.sallyport.core.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;

/**
 * The TLS handshake of one connection, with no deadlines of its own; what follows is for {@link TlsRecords}. A connection that is closed is
 * closed now: who does not read cannot delay it.
 */
final class TlsHandler extends SslHandler {
    private static final String NAME = "tls";

    private boolean handedOver;

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
        sslCloseFuture().addListener(ended -> {
            if (!handedOver) {
                context.channel().close();
            }
        });
    }

    /** Above the socket's own handlers. */
    void install(ChannelPipeline pipeline, String below) {
        pipeline.addAfter(below, NAME, this);
    }

    /** After the handshake, and not from within this handler: it may be in the middle of what came. */
    void handOver(ChannelPipeline pipeline) {
        ChannelHandlerContext own = pipeline.context(this);
        if (own == null || !own.channel().isActive()) {
            return;
        }
        pipeline.flush();
        handedOver = true;
        pipeline.addAfter(NAME, "records", new TlsRecords(engine()));
        pipeline.remove(this); // hands on what has come of a record
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
