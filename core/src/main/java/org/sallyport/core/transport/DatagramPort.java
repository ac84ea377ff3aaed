package org.sallyport.core.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.sallyport.core.model.Refusal;

/**
 * The one UDP socket (I1): of the same number as the TCP port, both address families, open while something uses it and no longer. The
 * engine says where it may be ({@link #open}, {@link #openForAnswers}, {@link #shut}); who needs it says {@link #use}, from any thread.
 *
 * <p>What comes in goes to the consumer of its {@link Lane}; what nobody takes is counted and never answered. In receive-only there is no
 * fixed number: a socket of any free one, which takes datagrams only from whom it asked lately ({@link #isForAnswersOnly}).
 *
 * <p>Everything else belongs to the network thread. What a consumer throws is logged, and costs that datagram only.
 */
public final class DatagramPort {
    /** The most in one datagram that leaves: what fits an Ethernet frame over IPv4, so that it is never taken apart. */
    public static final int MAX_SENT_BYTES = 1472;
    /** The most in one that is looked at. */
    public static final int MAX_RECEIVED_BYTES = 2048;

    /** Rules of {@link #send}. */
    public static final String CLOSED = "udp.closed";
    public static final String TOO_LONG = "udp.length";
    public static final String QUEUE_FULL = "udp.queue";

    private static final long RETRY_SECONDS = 30;
    private static final long PATIENCE_SECONDS = 10;
    private static final Refusal NOT_OPEN = new Refusal(CLOSED, "The UDP port is not open, so nothing can be sent by it.");
    private static final Refusal LENGTH = new Refusal(TOO_LONG, "This is too long for one datagram, so it was not sent.");
    private static final Refusal QUEUE = new Refusal(QUEUE_FULL, "More is to be sent by UDP than the network takes, so this was left out.");

    /** Who a datagram is for, by its first bytes: {@code d} is the DHT; a transaction that a tracker consumer knows; all that remains (later uTP). */
    public enum Lane { DHT, TRACKER, OTHER }

    /** QUESTION: an answer is expected, and is let in even when strangers send too much. ANSWER: to somebody who asked. */
    public enum Purpose { QUESTION, ANSWER }

    /** UNUSED: nobody needs it. BUSY: another program has the number, and it is tried again. CLOSED: there is no port now. */
    public enum State { UNUSED, OPEN, BUSY, CLOSED }

    /** Takes what comes in on a lane. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Network thread; must not block.
         * @param datagram 1..{@link #MAX_RECEIVED_BYTES} bytes of its own, which may be kept
         * @return whether it was for this consumer
         */
        boolean receive(ByteBuffer datagram, InetSocketAddress from);
    }

    /** Keeps the socket open until it is closed. */
    public interface Use extends AutoCloseable {
        /** Done on the network thread when the socket is open; fails with an {@link IOException} when it cannot be had. Later moves are not told. */
        CompletableFuture<Void> opened();

        /** Any thread; idempotent. The lane takes nothing from then on. */
        @Override
        void close();
    }

    /** @param forAnswers any number, and only answers come in */
    private record Place(InetAddress bind, int number, boolean forAnswers) { }

    private final NetworkLoop loop;
    private final NetworkGuard guard;
    private final DatagramHost host;
    private final DatagramDesk desk;
    private final DatagramSockets sockets;
    private final List<Channel> channels = new ArrayList<>();
    private Optional<Place> place = Optional.empty();
    private int uses;
    private int round;
    private boolean flushPlanned;
    private volatile State state = State.CLOSED;
    private volatile int number;
    private volatile boolean forAnswers;

    public DatagramPort(NetworkLoop loop, NetworkGuard guard, DatagramHost host) {
        this.loop = loop;
        this.guard = guard;
        this.host = host;
        this.desk = new DatagramDesk(host, System::nanoTime);
        this.sockets = new DatagramSockets(loop, guard, desk::handler);
    }

    /** Any thread. */
    public State state() {
        return state;
    }

    /** The number it has now, 0 while it is not open. Any thread. */
    public int number() {
        return number;
    }

    /** No number is ours: nobody can ask us anything, and who takes part in a DHT must say so (BEP 43). Any thread. */
    public boolean isForAnswersOnly() {
        return forAnswers;
    }

    /** Any thread. */
    public DatagramCounts counts() {
        return desk.counts();
    }

    /**
     * Needs the socket from now on, for what comes in on {@code lane}. Any thread.
     * @throws IllegalStateException if somebody else has that lane
     */
    public Use use(Lane lane, Receiver receiver) {
        desk.attach(lane, receiver);
        Held held = new Held(lane);
        loop.executor().execute(() -> {
            uses++;
            pass(settle(false), held.opened);
        });
        return held;
    }

    private static void pass(CompletableFuture<Void> from, CompletableFuture<Void> to) {
        from.whenComplete((done, failure) -> {
            if (failure == null) {
                to.complete(null);
            } else {
                to.completeExceptionally(failure);
            }
        });
    }

    private final class Held implements Use {
        private final Lane lane;
        private final CompletableFuture<Void> opened = new CompletableFuture<>();
        private boolean closed;

        Held(Lane lane) {
            this.lane = lane;
        }

        @Override
        public CompletableFuture<Void> opened() {
            return opened;
        }

        @Override
        public void close() {
            if (loop.inLoop()) {
                end();
            } else if (!loop.executor().isShutdown()) {
                loop.executor().execute(this::end);
            }
        }

        private void end() {
            if (!closed) {
                closed = true;
                desk.detach(lane);
                uses--;
                if (uses == 0) {
                    settle(true);
                }
            }
        }
    }

    /**
     * Sends one datagram, soon. Nothing is said when the network loses it.
     * @param datagram 1..{@link #MAX_SENT_BYTES} bytes; not to be changed afterwards
     * @return why it was not sent, by {@link #CLOSED}, {@link #TOO_LONG}, {@link #QUEUE_FULL}, a rule of the network or of policy
     */
    public Optional<Refusal> send(ByteBuffer datagram, InetSocketAddress to, Purpose purpose) {
        if (!datagram.hasRemaining() || datagram.remaining() > MAX_SENT_BYTES) {
            return Optional.of(LENGTH);
        }
        Optional<Refusal> refusal = guard.refusal(to.getAddress()).or(() -> host.refusal(to, false));
        if (refusal.isPresent()) {
            return refusal;
        }
        Optional<Channel> channel = channelTo(to.getAddress());
        if (channel.isEmpty()) {
            return Optional.of(NOT_OPEN);
        }
        if (!channel.get().isWritable()) {
            return Optional.of(QUEUE);
        }
        if (purpose == Purpose.QUESTION) {
            desk.asked(to);
        }
        desk.sent();
        channel.get().write(new DatagramPacket(Unpooled.wrappedBuffer(datagram), to));
        flushLater();
        return Optional.empty();
    }

    /** With one address each, the one of the family; a socket on all addresses takes both. */
    private Optional<Channel> channelTo(InetAddress to) {
        return channels.stream().filter(channel -> {
            InetAddress own = ((InetSocketAddress) channel.localAddress()).getAddress();
            return own.isAnyLocalAddress() || own instanceof Inet4Address == to instanceof Inet4Address;
        }).findFirst();
    }

    private void flushLater() {
        if (!flushPlanned) {
            flushPlanned = true;
            loop.executor().execute(() -> {
                flushPlanned = false;
                List.copyOf(channels).forEach(Channel::flush);
            });
        }
    }

    /**
     * Where it may be from now on; opened at once if something uses it, otherwise only tried: who uses it later should not find it taken.
     * Waits; not on the network thread.
     * @throws IOException if another program has that number, or the address belongs to another interface; nothing else is opened instead
     */
    public void open(InetAddress bind, int port) throws IOException {
        move(Optional.of(new Place(bind, port, false)));
    }

    /** The same with any free number, for answers only: receive-only. */
    public void openForAnswers(InetAddress bind) throws IOException {
        move(Optional.of(new Place(bind, 0, true)));
    }

    /** No place for it any more; who uses it goes on to use it where it is opened next. Waits; not on the network thread. */
    public void shut() {
        try {
            move(Optional.empty());
        } catch (IOException e) {
            throw new IllegalStateException("closing fails for nobody", e);
        }
    }

    private void move(Optional<Place> to) throws IOException {
        CompletableFuture<Void> moved = new CompletableFuture<>();
        loop.executor().execute(() -> {
            boolean same = place.equals(to) && to.filter(Place::forAnswers).isPresent();
            place = to;
            forAnswers = to.filter(Place::forAnswers).isPresent();
            desk.onlyAnswers(forAnswers);
            pass(settle(!same).thenCompose(settled -> to.filter(at -> uses == 0 && !at.forAnswers()).map(at -> sockets.tryOut(at.bind(), at.number()))
                    .orElseGet(() -> CompletableFuture.completedFuture(null))), moved);
        });
        try {
            moved.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the network thread does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Opens or closes what has to be. @param anew what is open is opened again. Fails with an {@link IOException}. */
    private CompletableFuture<Void> settle(boolean anew) {
        if (state == State.OPEN && !anew) {
            return CompletableFuture.completedFuture(null);
        }
        closeAll();
        if (place.isEmpty()) {
            state = State.CLOSED;
            return uses > 0 && !anew ? CompletableFuture.failedFuture(new IOException("no port is open")) : CompletableFuture.completedFuture(null);
        }
        Place at = place.get();
        if (uses == 0) {
            state = State.UNUSED;
            return CompletableFuture.completedFuture(null);
        }
        if (guard.way().listenOn(at.bind()).isEmpty()) { // the network is away, which is told where it is noticed
            state = State.CLOSED;
            return CompletableFuture.failedFuture(new IOException("no network for " + at.bind().getHostAddress()));
        }
        int of = round;
        return sockets.open(at.bind(), at.number()).handle((opened, failure) -> opened(of, at, opened, failure)).thenCompose(done -> done);
    }

    private CompletableFuture<Void> opened(int of, Place at, List<Channel> opened, @Nullable Throwable failure) {
        if (failure != null) {
            if (of == round) {
                busy(at);
            }
            return CompletableFuture.failedFuture(failure);
        }
        if (of != round) {
            opened.forEach(Channel::close);
            return CompletableFuture.failedFuture(new IOException("the port was moved"));
        }
        channels.addAll(opened);
        opened.forEach(channel -> channel.closeFuture().addListener(closed -> gone(channel)));
        number = ((InetSocketAddress) opened.get(0).localAddress()).getPort();
        state = State.OPEN;
        return CompletableFuture.completedFuture(null);
    }

    private void closeAll() {
        round++;
        number = 0;
        List<Channel> before = List.copyOf(channels);
        channels.clear();
        before.forEach(Channel::close);
    }

    private void busy(Place at) {
        if (state != State.BUSY) {
            state = State.BUSY;
            host.busy(at.number());
        }
        int of = round;
        loop.executor().schedule(() -> {
            if (of == round && state == State.BUSY) {
                settle(true);
            }
        }, RETRY_SECONDS, TimeUnit.SECONDS);
    }

    /** Cut off with its network; whoever moves the TCP port opens it again. */
    private void gone(Channel channel) {
        if (channels.remove(channel) && channels.isEmpty()) {
            number = 0;
            state = State.CLOSED;
        }
    }
}
