package org.sallyport.core.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one network thread. Everything that belongs to a swarm happens on it, so nothing there needs a lock. It also
 * gathers writes: each connection written to in one turn of the loop is flushed once, at the end of that turn.
 */
public final class NetworkLoop implements AutoCloseable {
    /** How its thread's name begins. */
    public static final String THREAD = "sallyport-network";

    private static final int TLS_WORKERS = 2;
    /** A connection has one task at a time; those that find no room here fail. */
    private static final int MAX_TLS_TASKS = 256;

    private final EventLoopGroup group;
    private final EventLoop loop;
    private final boolean epoll = Epoll.isAvailable();
    private final List<PeerLink> dirty = new ArrayList<>();
    private final ThreadPoolExecutor tlsWorkers = new ThreadPoolExecutor(TLS_WORKERS, TLS_WORKERS, 10, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_TLS_TASKS), new DefaultThreadFactory("sallyport-tls", true));
    private boolean flushPlanned;

    public NetworkLoop() {
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(THREAD, true), io);
        loop = group.next();
        tlsWorkers.allowCoreThreadTimeOut(true);
    }

    /** Runs and schedules work on the network thread. */
    public ScheduledExecutorService executor() {
        return loop;
    }

    public boolean inLoop() {
        return loop.inEventLoop();
    }

    EventLoop eventLoop() {
        return loop;
    }

    Class<? extends ServerChannel> serverType() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    Class<? extends Channel> clientType() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    Class<? extends Channel> datagramType() {
        return epoll ? EpollDatagramChannel.class : NioDatagramChannel.class;
    }

    /** A channel for groups of IPv4. */
    DatagramChannel groupChannel() {
        return epoll ? new EpollDatagramChannel(SocketProtocolFamily.INET) : new NioDatagramChannel(SocketProtocolFamily.INET);
    }

    /** Sockets can be bound to an interface, whatever its addresses are. */
    boolean knowsDevices() {
        return epoll;
    }

    /** For keys and signatures of TLS handshakes, which would hold up the network thread. */
    Executor tlsWorkers() {
        return tlsWorkers;
    }

    void flushLater(PeerLink link) {
        dirty.add(link);
        if (!flushPlanned) {
            flushPlanned = true;
            loop.execute(this::flushAll);
        }
    }

    private void flushAll() {
        flushPlanned = false;
        // by index: a flush may close a connection, whose handler may write to others
        for (int i = 0; i < dirty.size(); i++) {
            dirty.get(i).flushNow();
        }
        dirty.clear();
    }

    /** Ends the thread after what is queued, within 1 s. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
        tlsWorkers.shutdownNow();
    }
}
