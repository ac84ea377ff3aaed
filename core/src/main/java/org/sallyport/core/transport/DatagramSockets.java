package org.sallyport.core.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Opens UDP sockets by the way that traffic may take: one for all addresses, or one for each of an interface. Network thread only. */
final class DatagramSockets {
    private static final WriteBufferWaterMark OUT_QUEUE = new WriteBufferWaterMark(64 << 10, 256 << 10);
    private static final int SYSTEM_BUFFER = 512 << 10;

    private final NetworkLoop loop;
    private final NetworkGuard guard;
    private final Supplier<ChannelHandler> handler;

    /** @param handler takes what comes in; one for each socket */
    DatagramSockets(NetworkLoop loop, NetworkGuard guard, Supplier<ChannelHandler> handler) {
        this.loop = loop;
        this.guard = guard;
        this.handler = handler;
    }

    /** All with that number, or none. @param number 0 for any @return fails with an {@link IOException} */
    CompletableFuture<List<Channel>> open(InetAddress bind, int number) {
        return onEach(bind, number, channel -> channel.pipeline().addLast(handler.get()));
    }

    /** Whether they could be opened: they are, and closed at once. Fails with an {@link IOException}. */
    CompletableFuture<Void> tryOut(InetAddress bind, int number) {
        return onEach(bind, number, channel -> { }).thenAccept(opened -> opened.forEach(Channel::close));
    }

    private CompletableFuture<List<Channel>> onEach(InetAddress bind, int number, Consumer<Channel> made) {
        NetworkWay way = guard.way();
        List<InetAddress> addresses = way.listenOn(bind);
        if (addresses.isEmpty()) {
            return CompletableFuture.failedFuture(new IOException(bind.getHostAddress() + " is not an address of " + way.name()));
        }
        CompletableFuture<List<Channel>> opened = new CompletableFuture<>();
        next(way, addresses, number, made, new ArrayList<>(), opened);
        return opened;
    }

    /** One address after the other; the first that fails ends it for all. */
    private void next(NetworkWay way, List<InetAddress> addresses, int number, Consumer<Channel> made, List<Channel> before,
            CompletableFuture<List<Channel>> opened) {
        if (addresses.isEmpty()) {
            opened.complete(before);
            return;
        }
        Bootstrap bootstrap = new Bootstrap().group(loop.eventLoop()).channel(loop.datagramType())
                .option(ChannelOption.SO_RCVBUF, SYSTEM_BUFFER)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, OUT_QUEUE)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DatagramPort.MAX_RECEIVED_BYTES + 1));
        guard.guard(bootstrap, way, made);
        bootstrap.bind(addresses.get(0), number).addListener((ChannelFuture done) -> {
            if (done.isSuccess()) {
                before.add(done.channel());
                next(way, addresses.subList(1, addresses.size()), number, made, before, opened);
            } else {
                before.forEach(Channel::close);
                opened.completeExceptionally(new IOException("cannot use UDP port " + number, done.cause()));
            }
        });
    }
}
