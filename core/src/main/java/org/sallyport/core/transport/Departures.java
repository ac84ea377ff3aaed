package org.sallyport.core.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.trust.VerifiedPeer;
import org.sallyport.core.wire.Handshake;

/** Makes connections, plain or in TLS as it is told and never the other way. Network thread only. */
final class Departures {
    private static final int CONNECT_MILLIS = 10_000;

    private final NetworkLoop loop;
    private final Limits limits;
    private final Census census;
    private int pending;

    Departures(NetworkLoop loop, Limits limits, Census census) {
        this.loop = loop;
        this.limits = limits;
        this.census = census;
    }

    /** Connections that did not shake hands yet. */
    int pending() {
        return pending;
    }

    void dial(PeerAddress address, Handshake ours, int pieceCount, LinkHandler handler) {
        connect(address, handler::closed, (channel, settled) -> channel.pipeline().addLast("handshake",
                new Greeting(ours, pieceCount, handler, LinkSecurity.plain(), Deadline.in(limits.handshakeMillis()), settled)));
    }

    void dialTls(PeerAddress address, TlsTerms terms, Handshake ours, int pieceCount, LinkHandler handler) {
        connect(address, handler::closed, (channel, settled) -> {
            Deadline until = Deadline.in(limits.handshakeMillis());
            secure(channel, terms, until, handler::closed, peer -> new Greeting(ours, pieceCount, handler, LinkSecurity.tls(peer.id()), until, settled));
        });
    }

    void dialPairing(PeerAddress address, TlsTerms terms, PairingHandler handler) {
        connect(address, handler::closed, (channel, settled) -> {
            Deadline until = Deadline.in(limits.handshakeMillis());
            secure(channel, terms, until, handler::closed, peer -> {
                settled.run();
                return new PairingStage(handler, peer, limits.handshakeMillis(), Deadline.in(limits.pairingMillis()));
            });
        });
    }

    private void secure(Channel channel, TlsTerms terms, Deadline until, Consumer<CloseReason> failed, Function<VerifiedPeer, ChannelHandler> next) {
        TlsStage stage = new TlsStage(terms, until, next, failed);
        channel.pipeline().addLast("tls-handshake", stage);
        stage.begin(channel.pipeline(), loop.tlsWorkers());
    }

    /** @param connected gets the channel, and what to run when this is no dial under way any more; the end of the channel runs it, too */
    private void connect(PeerAddress address, Consumer<CloseReason> failed, BiConsumer<Channel, Once> connected) {
        pending++;
        Once settled = new Once(() -> pending--);
        Bootstrap bootstrap = new Bootstrap()
                .group(loop.eventLoop())
                .channel(loop.clientType())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(PeerPort.READ_BYTES))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, PeerPort.OUT_QUEUE)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        census.connected();
                        channel.closeFuture().addListener(closed -> census.disconnected());
                    }
                });
        bootstrap.connect(address.socketAddress()).addListener((ChannelFuture done) -> {
            if (!done.isSuccess()) {
                settled.run();
                failed.accept(new CloseReason("link.unreachable", "nobody answered at that address"));
                return;
            }
            done.channel().closeFuture().addListener(closed -> settled.run());
            connected.accept(done.channel(), settled);
        });
    }

    /** Our half of a handshake on a connection that we made. */
    private final class Greeting extends HandshakeStage {
        private final Handshake ours;
        private final int pieceCount;
        private final LinkHandler handler;
        private final LinkSecurity security;
        private final Once settled;
        private boolean greeted;

        Greeting(Handshake ours, int pieceCount, LinkHandler handler, LinkSecurity security, Deadline until, Once settled) {
            super(until);
            this.ours = ours;
            this.pieceCount = pieceCount;
            this.handler = handler;
            this.security = security;
            this.settled = settled;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            super.handlerAdded(context);
            send(context, ours);
        }

        @Override
        Optional<MessageStage> greet(ChannelHandlerContext context, Handshake theirs) {
            if (!theirs.hash().equals(ours.hash())) {
                return Optional.empty();
            }
            greeted = true;
            settled.run();
            return Optional.of(new MessageStage(new PeerLink(context.channel(), loop, false, security, limits.stallMillis()), handler, theirs, pieceCount));
        }

        @Override
        void gone(CloseReason reason) {
            if (!greeted) {
                // who proved itself and hangs up then is there, and has nothing for us
                handler.closed(security.isTls() && reason == CloseReason.REMOTE ? CloseReason.OTHER_TORRENT : reason);
            }
        }
    }
}
