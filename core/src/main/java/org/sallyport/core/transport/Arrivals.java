package org.sallyport.core.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.trust.VerifiedPeer;
import org.sallyport.core.wire.Handshake;
import org.sallyport.core.wire.MseHandshake;
import org.sallyport.core.wire.MseReceiver;
import org.sallyport.core.wire.MseStream;
import org.sallyport.core.wire.WireViolation;

/** Leads connections from outside to their owner: plain and obfuscated ones, and those in TLS of devices that we know. Network thread only. */
final class Arrivals {
    private static final CloseReason RATE = new CloseReason("tls.handshake-rate", "too many secure connections were being set up at once");

    /** Of connections that have not shaken hands; policy turns newcomers away at a few more. */
    private static final int CROWD = 48;
    /** Longer than the way there and back to anybody. */
    private static final long PATIENCE_IN_A_CROWD = TimeUnit.SECONDS.toNanos(1);

    private final NetworkLoop loop;
    private final LinkHost host;
    private final Limits limits;
    private final Census census;
    /** Strangers that have not shaken hands yet, oldest first. */
    private final Set<Arrival> waiting = new LinkedHashSet<>();
    private final HandshakeRate rate;
    private final MseDesk desk;

    Arrivals(NetworkLoop loop, LinkHost host, Limits limits, Census census, MseDesk desk) {
        this.desk = desk;
        this.loop = loop;
        this.host = host;
        this.limits = limits;
        this.census = census;
        this.rate = new HandshakeRate(limits.handshakesPerSecond(), System::nanoTime);
    }

    void accepted(Channel channel) {
        InetAddress from = ((InetSocketAddress) channel.remoteAddress()).getAddress();
        makeRoom();
        if (!host.acceptable(from, census.connections(), census.halfOpen(), census.halfOpenFrom(from), census.halfOpenFromNetworkOf(from))) {
            channel.close();
            return;
        }
        new Arrival(channel, from).begin();
    }

    /** Many who connect and say nothing must not keep out those who do: the one that has been silent longest goes for each that comes. */
    private void makeRoom() {
        if (census.halfOpen() >= CROWD && !waiting.isEmpty()) {
            Arrival oldest = waiting.iterator().next();
            if (System.nanoTime() - oldest.since >= PATIENCE_IN_A_CROWD) {
                waiting.remove(oldest);
                oldest.channel.close();
            }
        }
    }

    /** One connection until its owner is found. */
    private final class Arrival {
        private final Channel channel;
        private final InetAddress from;
        private final Deadline until = Deadline.in(limits.handshakeMillis());
        private final Once settled;
        private final long since = System.nanoTime();

        Arrival(Channel channel, InetAddress from) {
            this.channel = channel;
            this.from = from;
            this.settled = new Once(() -> {
                census.settled(from);
                waiting.remove(this);
            });
        }

        void begin() {
            census.connected();
            census.halfOpened(from);
            waiting.add(this);
            channel.closeFuture().addListener(closed -> {
                settled.run();
                census.disconnected();
            });
            ChannelHandler plain = new Greeting(LinkSecurity.plain(), any -> host.mayBePlain(from));
            channel.pipeline().addLast("first-byte", new FirstByte(plain, () -> new HelloStage(until, loop, this::answer, this::obfuscated)));
            channel.pipeline().addLast("handshake", plain);
        }

        private Optional<ChannelHandler> obfuscated() {
            Encryption encryption = host.encryption();
            return encryption == Encryption.OFF ? Optional.empty() : Optional.of(new Unmasking(desk.receiver(encryption, host::torrentNamed)));
        }

        private Optional<TlsStage> answer(String serverName) {
            return host.callerOf(from, serverName).flatMap(this::secure);
        }

        // counted after the token was found good: strangers cannot use up what devices need
        private Optional<TlsStage> secure(TlsAnswer answer) {
            if (!rate.tryBegin()) {
                fail(answer, RATE);
                return Optional.empty();
            }
            waiting.remove(this); // no stranger
            return Optional.of(new TlsStage(answer.terms(), until, peer -> next(answer, peer), reason -> fail(answer, reason)));
        }

        private ChannelHandler next(TlsAnswer answer, VerifiedPeer peer) {
            if (answer instanceof TlsAnswer.Pairing pairing) {
                settled.run();
                return new PairingStage(pairing.handler(), peer, limits.handshakeMillis(), Deadline.in(limits.pairingMillis()));
            }
            return new Greeting(LinkSecurity.tls(peer.id()), any -> true);
        }

        private void fail(TlsAnswer answer, CloseReason reason) {
            if (answer instanceof TlsAnswer.Pairing pairing) {
                pairing.handler().closed(reason);
            } else if (answer instanceof TlsAnswer.Peer peer) {
                host.turnedAway(from, peer.device(), reason);
            }
        }

        /** Our half of an obfuscated handshake; who cannot go on with it gets nothing more, until the deadline. */
        private final class Unmasking extends MseStage {
            private final MseReceiver handshake;

            Unmasking(MseReceiver handshake) {
                super(until);
                this.handshake = handshake;
            }

            @Override
            MseHandshake handshake() {
                return handshake;
            }

            @Override
            void keyCame(ChannelHandlerContext context) {
                desk.answer(handshake.theirKey(), () -> context.isRemoved() || !channel.isActive(), answer -> say(context, out ->
                        handshake.agreed(answer.keys(), answer.secret(), out)), failure -> end(context, CloseReason.error(failure)));
            }

            @Override
            void broken(ChannelHandlerContext context, WireViolation violation) {
                if (handshake.knowsCaller()) {
                    end(context, CloseReason.of(violation));
                } else {
                    ignore();
                }
            }

            @Override
            ChannelHandler next(MseStream stream, LinkSecurity security) {
                return new Greeting(security, stream.hash()::equals);
            }

            @Override
            void gone(CloseReason reason) {
                // a stranger that never said what it wanted: there is nobody to tell
            }
        }

        /** Our half of a handshake on a connection that somebody else made. */
        private final class Greeting extends HandshakeStage {
            private final LinkSecurity security;
            private final Predicate<InfoHash> allowed;

            Greeting(LinkSecurity security, Predicate<InfoHash> allowed) {
                super(until);
                this.allowed = allowed;
                this.security = security;
            }

            @Override
            Optional<MessageStage> greet(ChannelHandlerContext context, Handshake theirs) {
                if (!allowed.test(theirs.hash())) {
                    return Optional.empty();
                }
                return host.welcome(from, ((InetSocketAddress) channel.remoteAddress()).getPort(), theirs, security).map(welcome -> {
                    settled.run();
                    send(context, welcome.ours());
                    PeerLink link = new PeerLink(channel, loop, true, security, limits.stallMillis());
                    return new MessageStage(link, welcome.handler(), theirs, welcome.pieceCount());
                });
            }

            @Override
            Optional<ChannelHandler> otherwise() {
                return security instanceof LinkSecurity.Plain ? obfuscated() : Optional.empty();
            }

            @Override
            void gone(CloseReason reason) {
                // a stranger that never said what it wanted: there is nobody to tell
            }
        }
    }
}
