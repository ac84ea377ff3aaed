package org.sallyport.core.transport;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.sallyport.core.transport.DatagramPort.Lane;
import org.sallyport.core.transport.DatagramPort.Receiver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at each datagram that came, and gives it to whom it is for. Network thread only, but for lanes and counts. */
final class DatagramDesk {
    private static final Logger LOG = LoggerFactory.getLogger(DatagramDesk.class);
    /** Of all strangers together; what a DHT node needs to be useful (research/security.md §8). */
    static final int STRANGERS_PER_SECOND = 50;
    /** Of those we asked: far more than is ever asked, and what keeps the network thread free for everybody else. */
    static final int ANSWERS_PER_SECOND = 1000;
    /** A bencoded dictionary: nothing else that we know begins so (BEP 5; BEP 15 answers begin with 0, BEP 29 with a version 1 in the low half). */
    private static final byte DICTIONARY = 'd';

    private final DatagramHost host;
    private final AskedHosts asked;
    private final HandshakeRate strangers;
    private final HandshakeRate answers;
    private final AtomicReferenceArray<Receiver> lanes = new AtomicReferenceArray<>(Lane.values().length);
    private final LongAdder taken = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder overRate = new LongAdder();
    private final LongAdder unclaimed = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private boolean onlyAnswers;
    private boolean stumbled;

    DatagramDesk(DatagramHost host, LongSupplier nanoTime) {
        this.host = host;
        this.asked = new AskedHosts(nanoTime);
        this.strangers = new HandshakeRate(STRANGERS_PER_SECOND, nanoTime);
        this.answers = new HandshakeRate(ANSWERS_PER_SECOND, nanoTime);
    }

    /** Any thread. */
    void attach(Lane lane, Receiver receiver) {
        if (!lanes.compareAndSet(lane.ordinal(), null, receiver)) {
            throw new IllegalStateException("somebody has the lane " + lane);
        }
    }

    /** Any thread. */
    void detach(Lane lane) {
        lanes.set(lane.ordinal(), null);
    }

    DatagramCounts counts() {
        return new DatagramCounts(taken.sum(), refused.sum(), overRate.sum(), unclaimed.sum(), sent.sum());
    }

    void asked(InetSocketAddress to) {
        asked.asked(to);
    }

    void sent() {
        sent.increment();
    }

    void onlyAnswers(boolean only) {
        onlyAnswers = only;
    }

    ChannelHandler handler() {
        return new SimpleChannelInboundHandler<DatagramPacket>() {
            @Override
            protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                LongAdder counted = packet.content().readableBytes() > DatagramPort.MAX_RECEIVED_BYTES || !packet.content().isReadable()
                        ? refused : came(ByteBufUtil.getBytes(packet.content()), packet.sender());
                counted.increment();
            }

            /** A socket without a partner lives on whatever one of them did to it. */
            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                LOG.debug("a datagram could not be received or sent", cause);
            }
        };
    }

    /** @return where it counts */
    LongAdder came(byte[] datagram, InetSocketAddress from) {
        boolean known = asked.contains(from);
        if (from.getPort() == 0 || onlyAnswers && !known) {
            return refused;
        }
        if (!(known ? answers : strangers).tryBegin()) {
            return overRate;
        }
        if (host.refusal(from, true).isPresent()) {
            return refused;
        }
        boolean isTaken = datagram[0] == DICTIONARY ? give(Lane.DHT, datagram, from)
                : give(Lane.TRACKER, datagram, from) || give(Lane.OTHER, datagram, from);
        return isTaken ? taken : unclaimed;
    }

    private boolean give(Lane lane, byte[] datagram, InetSocketAddress from) {
        Receiver receiver = lanes.get(lane.ordinal());
        if (receiver == null) {
            return false;
        }
        try {
            return receiver.receive(ByteBuffer.wrap(datagram), from);
        } catch (RuntimeException | Error e) {
            // of the one thread that everything needs: nothing a datagram does may end it (I11), and a stranger must not fill the log
            if (!stumbled) {
                stumbled = true;
                LOG.error("a datagram of lane {} was too much for its consumer; later ones are logged as debug", lane, e);
            } else {
                LOG.debug("a datagram of lane {} was too much for its consumer", lane, e);
            }
            return true;
        }
    }
}
