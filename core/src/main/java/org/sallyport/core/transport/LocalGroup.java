package org.sallyport.core.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The multicast group in which programs of one network tell each other of torrents (BEP 14): a socket of its own on UDP 6771, for the
 * standard names that port, shared with other programs of this computer; IPv4. Open only while the user wants it, and nothing that is sent
 * goes further than the own network. Network thread only, but for {@link #isOpen} and {@link #networks}.
 */
public final class LocalGroup {
    /** The one that BEP 14 names. */
    public static final int PORT = 6771;
    /** What is longer is not looked at. */
    public static final int MAX_BYTES = 1400;
    static final InetAddress GROUP = group();
    /** Of everybody in the network together: a message may name many torrents, and each of them speaks every five minutes. */
    private static final int PER_SECOND = 20;
    private static final Logger LOG = LoggerFactory.getLogger(LocalGroup.class);

    private final NetworkLoop loop;
    private final NetworkGuard guard;
    private final HandshakeRate rate = new HandshakeRate(PER_SECOND, System::nanoTime);
    private final List<NetworkInterface> joined = new ArrayList<>();
    private Optional<DatagramChannel> channel = Optional.empty();
    private volatile boolean open;

    public LocalGroup(NetworkLoop loop, NetworkGuard guard) {
        this.loop = loop;
        this.guard = guard;
    }

    private static InetAddress group() {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 239, (byte) 192, (byte) 152, (byte) 143});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** Any thread. */
    public boolean isOpen() {
        return open;
    }

    /** The interfaces on which there may be a group now: that of the way, or all that reach an own network. Blocks for a moment. */
    public List<NetworkInterface> networks() {
        NetworkWay way = guard.way();
        if (way.isWaiting()) {
            return List.of();
        }
        try {
            return NetworkInterface.networkInterfaces().filter(each -> way.isAny() ? isOwnNetwork(each) : each.getName().equals(way.name()))
                    .filter(LocalGroup::canJoin).toList();
        } catch (SocketException e) {
            LOG.warn("the network interfaces cannot be listed", e);
            return List.of();
        }
    }

    /** With a private or link-local address; the internet is no place for a group, and a VPN only if it was chosen. */
    private static boolean isOwnNetwork(NetworkInterface each) {
        return each.inetAddresses().filter(Inet4Address.class::isInstance)
                .anyMatch(address -> address.isSiteLocalAddress() || address.isLinkLocalAddress());
    }

    private static boolean canJoin(NetworkInterface each) {
        try {
            return each.isUp() && (each.supportsMulticast() || each.isLoopback()) && each.inetAddresses().anyMatch(Inet4Address.class::isInstance);
        } catch (SocketException e) {
            LOG.debug("{} went while it was looked at", each.getName(), e);
            return false;
        }
    }

    /**
     * Opens the socket and joins the group on each of {@code networks}.
     * @param receiver gets what somebody said, at most {@link #MAX_BYTES}; what it throws is logged
     * @return fails with an {@link IOException} when another program has the port for itself
     */
    public CompletableFuture<Void> open(List<NetworkInterface> networks, BiConsumer<ByteBuffer, InetSocketAddress> receiver) {
        close();
        Bootstrap bootstrap = new Bootstrap().group(loop.eventLoop()).channelFactory(loop::groupChannel)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.IP_MULTICAST_TTL, 1)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_BYTES + 1));
        guard.guard(bootstrap, guard.way(), made -> made.pipeline().addLast(new Ears(receiver)));
        CompletableFuture<Void> opened = new CompletableFuture<>();
        bootstrap.bind(new InetSocketAddress(PORT)).addListener((ChannelFuture done) -> {
            if (!done.isSuccess()) {
                opened.completeExceptionally(new IOException("cannot use UDP port " + PORT, done.cause()));
                return;
            }
            close();
            DatagramChannel made = (DatagramChannel) done.channel();
            channel = Optional.of(made);
            open = true;
            made.closeFuture().addListener(closed -> gone(made));
            networks.forEach(network -> join(made, network));
            opened.complete(null);
        });
        return opened;
    }

    private void join(DatagramChannel made, NetworkInterface network) {
        made.joinGroup(new InetSocketAddress(GROUP, PORT), network).addListener(done -> {
            if (done.isSuccess()) {
                joined.add(network);
            } else {
                LOG.debug("no group on {}", network.getName(), done.cause());
            }
        });
    }

    private void gone(DatagramChannel which) {
        if (channel.filter(which::equals).isPresent()) {
            channel = Optional.empty();
            joined.clear();
            open = false;
        }
    }

    /** Says something to everybody in the own network. */
    public void send(ByteBuffer message) {
        channel.ifPresent(to -> {
            for (NetworkInterface network : joined) {
                to.config().setNetworkInterface(network);
                to.writeAndFlush(new DatagramPacket(Unpooled.copiedBuffer(message), new InetSocketAddress(GROUP, PORT)));
            }
        });
    }

    /** Leaves the group and closes the socket. */
    public void close() {
        channel.ifPresent(now -> {
            gone(now);
            now.close();
        });
    }

    /** Hands over what is not too long and not too often. */
    private final class Ears extends SimpleChannelInboundHandler<DatagramPacket> {
        private final BiConsumer<ByteBuffer, InetSocketAddress> receiver;

        Ears(BiConsumer<ByteBuffer, InetSocketAddress> receiver) {
            this.receiver = receiver;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            if (packet.content().readableBytes() <= MAX_BYTES && rate.tryBegin()) {
                receiver.accept(ByteBuffer.wrap(ByteBufUtil.getBytes(packet.content())), packet.sender());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("what was said in the own network was not understood", cause);
        }
    }
}
