package org.sallyport.core.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the ClientHello of whoever begins like TLS, and hands over to TLS only for a caller whose server name is a good token. All
 * others get what garbage gets from {@link HandshakeStage}: they may be obfuscated by chance, and else nothing, until the deadline.
 */
final class HelloStage extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(HelloStage.class);

    private final Deadline until;
    private final Function<String, Optional<TlsStage>> known;
    private final NetworkLoop loop;
    private final Supplier<Optional<? extends ChannelHandler>> otherwise;
    private ClientHello hello = new ClientHello();
    private boolean foreign;
    private Future<?> deadline;

    /**
     * @param known     the stage for the caller with this server name, empty for a stranger; asked at most once
     * @param otherwise the stage for whoever does not come in TLS; empty to throw away what comes
     */
    HelloStage(Deadline until, NetworkLoop loop, Function<String, Optional<TlsStage>> known, Supplier<Optional<? extends ChannelHandler>> otherwise) {
        this.otherwise = otherwise;
        this.until = until;
        this.loop = loop;
        this.known = known;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline = context.executor().schedule(() -> context.channel().close(), until.millisLeft(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (!foreign) {
                switch (hello.add(in)) {
                    case PARTIAL -> { }
                    case FOREIGN -> ignore(context, !in.isReadable());
                    case WHOLE -> answer(context);
                }
            }
        } finally {
            in.release();
        }
    }

    private void answer(ChannelHandlerContext context) {
        Optional<TlsStage> stage = known.apply(hello.serverName());
        if (stage.isEmpty()) {
            ignore(context, true);
            return;
        }
        context.pipeline().replace(this, "tls-handshake", stage.get());
        stage.get().begin(context.pipeline(), loop.tlsWorkers());
        ChannelHandlerContext counted = context.pipeline().context(WireGauge.NAME); // from there: it was counted as it came
        counted.fireChannelRead(hello.received());
        counted.fireChannelReadComplete();
    }

    /** @param whole the hello has all that came */
    private void ignore(ChannelHandlerContext context, boolean whole) {
        foreign = true;
        ByteBuf all = hello.received();
        hello = new ClientHello(); // lets go of what came
        if (whole) {
            otherwise.get().ifPresent(stage -> {
                context.pipeline().replace(this, "handshake", stage);
                context.fireChannelRead(all);
            });
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        deadline.cancel(false);
    }

    /** A reset, or a fault of ours: this connection only. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.error("a caller in TLS could not be answered", cause);
        }
        context.channel().close();
    }
}
