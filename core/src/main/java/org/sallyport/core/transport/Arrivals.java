package org.sallyport.core.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.sallyport.core.trust.VerifiedPeer;
import org.sallyport.core.wire.Handshake;

/** Leads connections from outside to their owner: plain ones, and those in TLS of devices that we know. Network thread only. */
final class Arrivals {
    private static final CloseReason RATE = new CloseReason("tls.handshake-rate", "too many secure connections were being set up at once");

    private final NetworkLoop loop;
    private final LinkHost host;
    private final Limits limits;
    private final Census census;
    private final HandshakeRate rate;

    Arrivals(NetworkLoop loop, LinkHost host, Limits limits, Census census) {
        this.loop = loop;
        this.host = host;
        this.limits = limits;
        this.census = census;
        this.rate = new HandshakeRate(limits.handshakesPerSecond(), System::nanoTime);
    }

    void accepted(Channel channel) {
        InetAddress from = ((InetSocketAddress) channel.remoteAddress()).getAddress();
        if (!host.acceptable(from, census.connections(), census.halfOpen(), census.halfOpenFrom(from), census.halfOpenFromNetworkOf(from))) {
            channel.close();
            return;
        }
        new Arrival(channel, from).begin();
    }

    /** One connection until its owner is found. */
    private final class Arrival {
        private final Channel channel;
        private final InetAddress from;
        private final Deadline until = Deadline.in(limits.handshakeMillis());
        private final Once settled;

        Arrival(Channel channel, InetAddress from) {
            this.channel = channel;
            this.from = from;
            this.settled = new Once(() -> census.settled(from));
        }

        void begin() {
            census.connected();
            census.halfOpened(from);
            channel.closeFuture().addListener(closed -> {
                settled.run();
                census.disconnected();
            });
            ChannelHandler plain = new Greeting(LinkSecurity.plain());
            channel.pipeline().addLast("first-byte", new FirstByte(plain, () -> new HelloStage(until, loop, this::answer)));
            channel.pipeline().addLast("handshake", plain);
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
            return Optional.of(new TlsStage(answer.terms(), until, peer -> next(answer, peer), reason -> fail(answer, reason)));
        }

        private ChannelHandler next(TlsAnswer answer, VerifiedPeer peer) {
            if (answer instanceof TlsAnswer.Pairing pairing) {
                settled.run();
                return new PairingStage(pairing.handler(), peer, limits.handshakeMillis(), Deadline.in(limits.pairingMillis()));
            }
            return new Greeting(LinkSecurity.tls(peer.id()));
        }

        private void fail(TlsAnswer answer, CloseReason reason) {
            if (answer instanceof TlsAnswer.Pairing pairing) {
                pairing.handler().closed(reason);
            } else if (answer instanceof TlsAnswer.Peer peer) {
                host.turnedAway(from, peer.device(), reason);
            }
        }

        /** Our half of a handshake on a connection that somebody else made. */
        private final class Greeting extends HandshakeStage {
            private final LinkSecurity security;

            Greeting(LinkSecurity security) {
                super(until);
                this.security = security;
            }

            @Override
            Optional<MessageStage> greet(ChannelHandlerContext context, Handshake theirs) {
                return host.welcome(from, ((InetSocketAddress) channel.remoteAddress()).getPort(), theirs, security).map(welcome -> {
                    settled.run();
                    send(context, welcome.ours());
                    PeerLink link = new PeerLink(channel, loop, true, security, limits.stallMillis());
                    return new MessageStage(link, welcome.handler(), theirs, welcome.pieceCount());
                });
            }

            @Override
            void gone(CloseReason reason) {
                // a stranger that never said what it wanted: there is nobody to tell
            }
        }
    }
}
