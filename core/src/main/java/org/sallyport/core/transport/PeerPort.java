package org.sallyport.core.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.wire.Handshake;

/** The one door for peers (I1): listens on one TCP port or none, and dials out. Network thread only, but for open and close. */
public final class PeerPort {
    /** Large reads: a fast peer fills them, and one turn of the loop carries many blocks. */
    static final int READ_BYTES = 256 << 10;
    static final WriteBufferWaterMark OUT_QUEUE = new WriteBufferWaterMark(512 << 10, 2 << 20);
    private static final int BACKLOG = 128;
    /** Dials under way at once; more are turned away until some end. */
    public static final int MAX_PENDING_DIALS = 30;

    private final NetworkLoop loop;
    private final Census census = new Census();
    private final Arrivals arrivals;
    private final Departures departures;
    private final NetworkGuard guard;
    private final Limiter limiter;
    private List<Channel> listeners = List.of();

    /** @param handshakeMillis deadline for a whole handshake, from accept or connect */
    public PeerPort(NetworkLoop loop, LinkHost host, NetworkGuard guard, long handshakeMillis) {
        this(loop, host, guard, new Limiter(loop), handshakeMillis);
    }

    /** @param limiter counts and limits what passes here */
    public PeerPort(NetworkLoop loop, LinkHost host, NetworkGuard guard, Limiter limiter, long handshakeMillis) {
        this(loop, host, guard, limiter, Limits.of(handshakeMillis));
    }

    PeerPort(NetworkLoop loop, LinkHost host, NetworkGuard guard, Limiter limiter, Limits limits) {
        this.limiter = limiter;
        this.loop = loop;
        this.guard = guard;
        MseDesk desk = new MseDesk(loop, limits);
        this.arrivals = new Arrivals(loop, host, limits, census, desk);
        this.departures = new Departures(loop, guard, limiter, limits, census, desk);
    }

    /** Listens on all addresses of this computer. */
    public int open(int port) throws IOException {
        return open(new InetSocketAddress(0).getAddress(), port);
    }

    /**
     * Starts to listen, by the way that traffic may take now: with an interface chosen on its addresses only, all with the same number.
     * Waits; not on the network thread.
     * @param address of this computer, or the wildcard address for all of them
     * @param port 1..65535, or 0 for any free one (tests)
     * @return the port
     * @throws IOException if it is taken, or the address belongs to another interface; nothing else is opened instead
     */
    public int open(InetAddress address, int port) throws IOException {
        NetworkWay way = guard.way();
        List<Channel> opened = new ArrayList<>();
        int number = port;
        try {
            for (InetAddress each : way.listenOn(address)) {
                Channel channel = listen(way, each, number);
                opened.add(channel);
                number = ((InetSocketAddress) channel.localAddress()).getPort();
            }
            if (opened.isEmpty()) {
                throw new IOException(address.getHostAddress() + " is not an address of " + way.name());
            }
        } catch (IOException e) {
            opened.forEach(channel -> channel.close().awaitUninterruptibly());
            throw e;
        }
        listeners = List.copyOf(opened);
        return number;
    }

    private Channel listen(NetworkWay way, InetAddress address, int port) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop.eventLoop())
                .channel(loop.serverType())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, OUT_QUEUE)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        guard.register(channel, way);
                        WireGauge.install(limiter, channel, ((InetSocketAddress) channel.remoteAddress()).getAddress());
                        arrivals.accepted(channel);
                    }
                });
        guard.guard(bootstrap, way, channel -> { });
        ChannelFuture bound = bootstrap.bind(address, port).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on port " + port, bound.cause());
        }
        return bound.channel();
    }

    /** Stops listening; connections stay. Waits; not on the network thread. */
    public void shut() {
        listeners.forEach(channel -> channel.close().awaitUninterruptibly());
        listeners = List.of();
    }

    /** Which network is waited for, so that nobody can be reached; empty when there is none. */
    public String awaitedNetwork() {
        NetworkWay way = guard.way();
        return way.isWaiting() ? way.name() : "";
    }

    /** Why {@code to} must not be dialled now, whoever it is; empty when the network allows it. */
    public Optional<Refusal> refusal(InetAddress to) {
        return guard.refusal(to);
    }

    /** All connections, in either direction and stage. */
    public int connections() {
        return census.connections();
    }

    public boolean canDial() {
        return departures.pending() < MAX_PENDING_DIALS;
    }

    /**
     * Dials a peer; the handler hears of the end in any case.
     * @param ours sent at once; a different info-hash in the answer ends the connection
     */
    public void dial(PeerAddress address, Handshake ours, int pieceCount, LinkHandler handler) {
        departures.dial(address, ours, pieceCount, handler);
    }

    /**
     * The same, obfuscated or not. With {@code PREFER} a second connection in the plain protocol follows when somebody was there who did not go
     * on with an obfuscated handshake; the handler hears of neither before it is opened, and of one end. {@link PeerLink#security} tells what
     * it came to.
     *
     * @param again whether that second call may still be made, asked then
     */
    public void dial(PeerAddress address, Encryption encryption, BooleanSupplier again, Handshake ours, int pieceCount, LinkHandler handler) {
        departures.dial(address, encryption, again, ours, pieceCount, handler);
    }

    /**
     * The same in TLS, and never in clear: if it cannot be set up with the device that the terms name, the handler hears that, by a rule
     * of {@code PeerTls.refusal} or {@code tls.handshake-deadline}, {@code tls.handshake-size}, {@code link.*}.
     * @param ours sent when the other side is known to be that device
     */
    public void dialTls(PeerAddress address, TlsTerms terms, Handshake ours, int pieceCount, LinkHandler handler) {
        departures.dialTls(address, terms, ours, pieceCount, handler);
    }

    /** Connects to a device to be paired with; the handler hears of the end in any case. */
    public void dialPairing(PeerAddress address, TlsTerms terms, PairingHandler handler) {
        departures.dialPairing(address, terms, handler);
    }
}
