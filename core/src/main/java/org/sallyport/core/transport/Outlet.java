package org.sallyport.core.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Refusal;

/** Sockets for what is not a peer, held to the way that traffic may take. Any thread but the network thread. */
public final class Outlet {
    private final NetworkLoop loop;
    private final NetworkGuard guard;

    public Outlet(NetworkLoop loop, NetworkGuard guard) {
        this.loop = loop;
        this.guard = guard;
    }

    /** The way of this moment. */
    public NetworkWay way() {
        return guard.way();
    }

    /**
     * A blocking TCP socket, not connected yet, never through a proxy of the system. Guarded also while any network may be used: it is
     * cut off like all others when an interface is chosen.
     */
    public Socket socket() {
        try {
            return new Socket(new GuardedSocket(loop, guard)) { };
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends one datagram from a socket that is connected, so that nobody else can answer, and waits for the answer.
     * @param isAnswer whether a datagram is it; called on the network thread
     * @throws IOException when there is none within {@code limit}, or the network does not allow the question
     */
    public Bytes ask(InetSocketAddress server, Bytes question, Predicate<Bytes> isAnswer, Duration limit) throws IOException {
        NetworkWay now = way();
        Optional<Refusal> refusal = now.refusal(server.getAddress());
        if (refusal.isPresent()) {
            throw new IOException(refusal.get().sentence());
        }
        CompletableFuture<Bytes> answer = new CompletableFuture<>();
        Bootstrap bootstrap = new Bootstrap().group(loop.eventLoop()).channel(loop.datagramType());
        ChannelFuture connecting = guard.connect(now, bootstrap, server, channel -> channel.pipeline().addLast(new Answers(isAnswer, answer)));
        Channel channel = connecting.channel();
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                channel.writeAndFlush(Unpooled.wrappedBuffer(question.toArray()));
            } else {
                answer.completeExceptionally(done.cause());
            }
        });
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("no answer from " + server.getAddress().getHostAddress());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } finally {
            channel.close();
        }
    }

    /** Takes the first datagram that is the answer. */
    private static final class Answers extends SimpleChannelInboundHandler<DatagramPacket> {
        private final Predicate<Bytes> isAnswer;
        private final CompletableFuture<Bytes> answer;

        Answers(Predicate<Bytes> isAnswer, CompletableFuture<Bytes> answer) {
            this.isAnswer = isAnswer;
            this.answer = answer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            Bytes bytes = Bytes.copyOf(ByteBufUtil.getBytes(packet.content()));
            if (isAnswer.test(bytes)) {
                answer.complete(bytes);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.completeExceptionally(new SocketException("the network was taken away"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.completeExceptionally(cause);
        }
    }
}
