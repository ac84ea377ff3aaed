package org.sallyport.core.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.trust.VerifiedPeer;
import org.sallyport.core.wire.Handshake;
import org.sallyport.core.wire.MseHandshake;
import org.sallyport.core.wire.MseInitiator;
import org.sallyport.core.wire.MseKeys;
import org.sallyport.core.wire.MseStream;
import org.sallyport.core.wire.WireViolation;

/** Makes connections, plain, obfuscated or in TLS as it is told; none that should be in TLS is ever made otherwise. Network thread only. */
final class Departures {
    private static final int CONNECT_MILLIS = 10_000;

    private final NetworkLoop loop;
    private final Limits limits;
    private final Census census;
    private final NetworkGuard guard;
    private final MseDesk desk;
    private final Limiter limiter;
    private int pending;

    Departures(NetworkLoop loop, NetworkGuard guard, Limiter limiter, Limits limits, Census census, MseDesk desk) {
        this.limiter = limiter;
        this.desk = desk;
        this.loop = loop;
        this.guard = guard;
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

    /** As {@link PeerPort#dial} says. */
    void dial(PeerAddress address, Encryption encryption, BooleanSupplier again, Handshake ours, int pieceCount, LinkHandler handler) {
        if (encryption == Encryption.OFF) {
            dial(address, ours, pieceCount, handler);
            return;
        }
        boolean only = encryption == Encryption.REQUIRE;
        Consumer<CloseReason> failed = reason -> {
            if (!only && again.getAsBoolean()) {
                dial(address, ours, pieceCount, handler);
            } else {
                handler.closed(reason);
            }
        };
        connect(address, handler::closed, (channel, settled) -> {
            long millis = only ? limits.handshakeMillis() : limits.attemptMillis();
            Function<LinkSecurity, ChannelHandler> next = security ->
                    new Greeting(ours, pieceCount, handler, security, Deadline.in(limits.handshakeMillis()), settled);
            channel.pipeline().addLast("handshake", new Masking(encryption, ours, Deadline.in(millis), next, failed));
        });
    }

    void dialTls(PeerAddress address, TlsTerms terms, Handshake ours, int pieceCount, LinkHandler handler) {
        connect(address, handler::closed, (channel, settled) -> {
            Deadline until = Deadline.in(limits.handshakeMillis());
            secure(channel, terms, until, handler::closed,
                    peer -> new Greeting(ours, pieceCount, handler, LinkSecurity.tls(peer.id()), until, settled));
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
        NetworkWay way = guard.way();
        Optional<Refusal> refusal = way.refusal(address.host());
        if (refusal.isPresent()) {
            loop.executor().execute(() -> failed.accept(new CloseReason(refusal.get().rule(), refusal.get().sentence())));
            return;
        }
        pending++;
        Once settled = new Once(() -> pending--);
        Bootstrap bootstrap = new Bootstrap()
                .group(loop.eventLoop())
                .channel(loop.clientType())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, PeerPort.OUT_QUEUE);
        guard.connect(way, bootstrap, address.socketAddress(), channel -> {
            WireGauge.install(limiter, channel, address.host());
            census.connected();
            channel.closeFuture().addListener(closed -> census.disconnected());
        }).addListener((ChannelFuture done) -> {
            if (!done.isSuccess()) {
                settled.run();
                failed.accept(new CloseReason("link.unreachable", "nobody answered at that address"));
                return;
            }
            done.channel().closeFuture().addListener(closed -> settled.run());
            connected.accept(done.channel(), settled);
        });
    }

    /** Our half of an obfuscated handshake; the handshake proper goes along in it. */
    private final class Masking extends MseStage {
        private final Encryption encryption;
        private final Handshake ours;
        private final Function<LinkSecurity, ChannelHandler> next;
        private final Consumer<CloseReason> failed;
        private Optional<Talk> talk = Optional.empty();

        /** Begun with these keys. */
        private record Talk(MseKeys keys, MseInitiator handshake) { }

        Masking(Encryption encryption, Handshake ours, Deadline until, Function<LinkSecurity, ChannelHandler> next, Consumer<CloseReason> failed) {
            super(until);
            this.encryption = encryption;
            this.ours = ours;
            this.next = next;
            this.failed = failed;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            super.handlerAdded(context);
            context.channel().config().setAutoRead(false); // nothing is understood before there are keys
            desk.makeKeys(keys -> {
                MseInitiator handshake = desk.initiator(encryption, ours.hash(), bytes(ours), keys);
                talk = Optional.of(new Talk(keys, handshake));
                say(context, handshake::begin);
                context.channel().config().setAutoRead(true);
            }, failure -> end(context, CloseReason.error(failure)));
        }

        private static Bytes bytes(Handshake handshake) {
            ByteBuf whole = Unpooled.buffer(Handshake.LENGTH);
            handshake.encode(whole);
            return Bytes.copyOf(ByteBufUtil.getBytes(whole));
        }

        @Override
        MseHandshake handshake() {
            return talk.orElseThrow().handshake();
        }

        @Override
        void keyCame(ChannelHandlerContext context) {
            Talk begun = talk.orElseThrow();
            desk.agree(begun.keys(), begun.handshake().theirKey(), secret -> say(context, out -> begun.handshake().agreed(secret, out)),
                    failure -> end(context, CloseReason.error(failure)));
        }

        @Override
        void broken(ChannelHandlerContext context, WireViolation violation) {
            end(context, CloseReason.of(violation));
        }

        @Override
        ChannelHandler next(MseStream stream, LinkSecurity security) {
            return next.apply(security);
        }

        @Override
        void gone(CloseReason reason) {
            failed.accept(reason);
        }
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
            if (!(security instanceof LinkSecurity.Obfuscated)) { // there it went along already
                send(context, ours);
            }
        }

        @Override
        Optional<MessageStage> greet(ChannelHandlerContext context, Handshake theirs) {
            if (!theirs.hash().equals(ours.hash())) {
                return Optional.empty();
            }
            greeted = true;
            settled.run();
            return Optional.of(new MessageStage(new PeerLink(context.channel(), loop, false, security, limits.stallMillis()), handler,
                    theirs, pieceCount));
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
