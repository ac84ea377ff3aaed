package org.sallyport.core.transport;

import io.netty.bootstrap.AbstractBootstrap;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.sallyport.core.model.Refusal;

/**
 * Decides which way traffic may take now, and holds every socket to it: what makes one asks here, and one that was made under a way that
 * no longer holds is cut off. {@link #way} and {@link #refusal} from any thread.
 */
public final class NetworkGuard {
    /** The name of an interface and its end mark, in the kernel's {@code struct ifreq}. */
    private static final int IFNAMSIZ = 16;
    /** SOL_SOCKET and SO_BINDTODEVICE of Linux (socket(7)); anybody may set it on a fresh socket since Linux 5.7. */
    private static final RawUnixChannelOption BIND_TO_DEVICE = new RawUnixChannelOption("SO_BINDTODEVICE", 1, 25, IFNAMSIZ);
    private static final AttributeKey<NetworkWay> OPENED_UNDER = AttributeKey.valueOf(NetworkGuard.class, "way");

    private final NetworkLoop loop;
    private final LocalNetworks.Source source;
    private final boolean byDevice;
    private final ChannelGroup open;
    private final AtomicReference<NetworkWay> way = new AtomicReference<>(NetworkWay.ANY);

    /** Lets everything through until an interface is chosen. */
    public NetworkGuard(NetworkLoop loop) {
        this(loop, LocalNetworks::find, loop.knowsDevices());
    }

    /** @param byDevice bind sockets to the device, not to addresses */
    NetworkGuard(NetworkLoop loop, LocalNetworks.Source source, boolean byDevice) {
        this.loop = loop;
        this.source = source;
        this.byDevice = byDevice;
        this.open = new DefaultChannelGroup(loop.eventLoop());
    }

    public NetworkWay way() {
        return way.get();
    }

    /** Why nothing may be sent to {@code to} now; empty when it may. */
    public Optional<Refusal> refusal(InetAddress to) {
        return way().refusal(to);
    }

    /** Uses this interface and no other from now on; empty for any. What was opened before lives until {@link #cutOff}. Blocks. */
    public void choose(String name) {
        way.set(find(name));
    }

    /** Looks whether the interface is as it was. Blocks for a moment. @return whether that changed the way */
    public boolean look() {
        NetworkWay before = way.get();
        NetworkWay now = find(before.name());
        return !now.equals(before) && way.compareAndSet(before, now);
    }

    private NetworkWay find(String name) {
        if (name.isEmpty()) {
            return NetworkWay.ANY;
        }
        return source.find(name).map(up -> new NetworkWay(name, up.index(), up.addresses(), byDevice))
                .orElseGet(() -> NetworkWay.none(name, byDevice));
    }

    /** Ends what was opened under a way that no longer holds, listeners included. Any thread; done soon. */
    public void cutOff() {
        loop.executor().execute(() -> open.forEach(this::abortIfStale));
    }

    private void abortIfStale(Channel channel) {
        if (isStale(channel)) {
            abort(channel);
        }
    }

    private boolean isStale(Channel channel) {
        InetSocketAddress local = (InetSocketAddress) channel.localAddress();
        InetAddress address = local == null ? new InetSocketAddress(0).getAddress() : local.getAddress();
        return !way().keeps(channel.attr(OPENED_UNDER).get(), address);
    }

    /** Without a goodbye: what the kernel would still send and repeat after a close could leave by another network. */
    private static void abort(Channel channel) {
        if (channel instanceof SocketChannel && channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        channel.close();
    }

    /**
     * Connects by a way that does not refuse {@code to}.
     * @param now  the {@link #way} of this moment; if another holds by then, the connection ends
     * @param made gets the channel before it is connected
     */
    ChannelFuture connect(NetworkWay now, Bootstrap bootstrap, InetSocketAddress to, Consumer<Channel> made) {
        guard(bootstrap, now, made);
        ChannelFuture connecting = now.source(to.getAddress()).map(from -> bootstrap.connect(to, new InetSocketAddress(from, 0)))
                .orElseGet(() -> bootstrap.connect(to));
        return connecting.addListener((ChannelFuture done) -> abortIfStale(done.channel())); // only now it has an address
    }

    /** Has every channel of {@code bootstrap} opened under {@code now}, or not at all: an option that cannot be set ends the channel. */
    void guard(AbstractBootstrap<?, ?> bootstrap, NetworkWay now, Consumer<Channel> made) {
        bootstrap.handler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                hold(channel, now);
                made.accept(channel);
            }
        });
    }

    private void hold(Channel channel, NetworkWay now) {
        channel.attr(OPENED_UNDER).set(now);
        if (now.byDevice() && !now.isAny()) {
            channel.config().setOption(BIND_TO_DEVICE, ByteBuffer.wrap(deviceName(now.name())));
        }
        register(channel, now);
    }

    /** A connection that came in through a listener opened under {@code now}, which is held to the same interface. */
    void register(Channel channel, NetworkWay now) {
        channel.attr(OPENED_UNDER).set(now);
        open.add(channel);
        abortIfStale(channel);
    }

    private static byte[] deviceName(String name) {
        byte[] field = new byte[IFNAMSIZ];
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        if (text.length >= IFNAMSIZ) {
            throw new IllegalArgumentException("no interface has so long a name: " + name);
        }
        System.arraycopy(text, 0, field, 0, text.length);
        return field;
    }
}
