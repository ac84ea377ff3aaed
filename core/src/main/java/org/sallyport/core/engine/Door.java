package org.sallyport.core.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Random;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.PortState.Kind;
import org.sallyport.core.transport.DatagramPort;
import org.sallyport.core.transport.NetworkGuard;
import org.sallyport.core.transport.NetworkWay;
import org.sallyport.core.transport.PeerPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens, moves and shuts the one port (invariant I1), TCP and, while something uses it, UDP of the same number, on the network that may be
 * used; while that is away, nothing is opened and what was wanted is remembered. Command thread; {@link #state} from any thread.
 */
final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    /** IANA's range for private use: nothing well known lives there, and blocks of 6881–6999 do not hit it. */
    private static final int FIRST = 49_152;
    private static final int LAST = 65_535;
    private static final int TRIES = 50;

    private final PeerPort port;
    private final DatagramPort datagrams;
    private final NetworkGuard guard;
    private final InetAddress bind;
    private final Random random = new SecureRandom();
    private NetworkWay openedUnder;
    private volatile PortState state = new PortState(0, Kind.CLOSED, "Not open yet");

    Door(PeerPort port, DatagramPort datagrams, NetworkGuard guard, InetAddress bind) {
        this.port = port;
        this.datagrams = datagrams;
        this.guard = guard;
        this.openedUnder = guard.way();
        this.bind = bind;
    }

    PortState state() {
        NetworkWay way = guard.way();
        PortState last = state;
        return way.isWaiting() && last.kind() != Kind.CLOSED
                ? new PortState(last.port(), Kind.WAITING, way.waitingSentence(), 0, way.name()) : withDatagrams(last);
    }

    /** What there is to say of UDP: it comes and goes with those who use it, while the port stays. */
    private PortState withDatagrams(PortState last) {
        String more = last.kind() == Kind.OPEN && datagrams.state() == DatagramPort.State.BUSY
                ? "; another program has UDP " + last.port() + ", so peers are found without it"
                : last.kind() == Kind.RECEIVE_ONLY && datagrams.state() == DatagramPort.State.OPEN
                ? "; answers to own questions come in by UDP " + datagrams.number() : "";
        return more.isEmpty() ? last : new PortState(last.port(), last.kind(), last.sentence() + more, last.unexpected(), last.network());
    }

    /** The UDP socket that is rightly open besides the TCP port, by its number; empty when there is none. */
    Map<Integer, String> expectedDatagrams() {
        int number = datagrams.number();
        if (number == 0) {
            return Map.of();
        }
        return Map.of(number, datagrams.isForAnswersOnly() ? "answers to what Sallyport asks the DHT and trackers; nobody else is listened to"
                : "the one port, for the DHT and trackers");
    }

    int listenPort() {
        PortState now = state();
        return now.kind() == Kind.OPEN ? now.port() : 0;
    }

    /** Finds a free port for the first start and listens there. */
    int openFirst() throws IOException {
        IOException last = new IOException("no free port was found");
        for (int i = 0; i < TRIES; i++) {
            int candidate = FIRST + random.nextInt(LAST - FIRST + 1);
            try {
                open(candidate);
                return candidate;
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /** @throws IOException if another program has it; nothing else is opened instead */
    void open(int number) throws IOException {
        shut();
        openedUnder = guard.way();
        try {
            if (!openedUnder.isWaiting()) {
                port.open(bind, number);
                datagrams.open(bind, number);
            }
        } catch (IOException e) {
            port.shut(); // both or none
            datagrams.shut();
            state = on(new PortState(number, Kind.BUSY, "Port " + number + " is used by another program"));
            throw e;
        }
        state = on(new PortState(number, Kind.OPEN, "One port: " + number + ", open" + only()));
    }

    /** The network came, went or changed: what was wanted is done again where it has to be. */
    void renew() throws IOException {
        boolean stale = guard.way().needsNewListener(openedUnder);
        switch (state.kind()) {
            case OPEN -> {
                if (stale) {
                    open(state.port());
                }
            }
            case BUSY -> open(state.port());
            case RECEIVE_ONLY -> receiveOnly();
            case CLOSED, WAITING -> { }
        }
    }

    private PortState on(PortState now) {
        return now.withNetwork(openedUnder.name());
    }

    private String only() {
        return openedUnder.isAny() ? "" : " on " + openedUnder.name() + " only";
    }

    void receiveOnly() {
        port.shut();
        openedUnder = guard.way();
        try {
            datagrams.openForAnswers(bind);
        } catch (IOException e) {
            LOG.debug("nothing can be asked by UDP now", e);
        }
        String only = openedUnder.isAny() ? "" : ", " + openedUnder.name() + " only";
        state = on(new PortState(0, Kind.RECEIVE_ONLY, "Receive only: no port is open" + only));
    }

    void shut() {
        port.shut();
        datagrams.shut();
        state = new PortState(0, Kind.CLOSED, "The port is closed");
    }
}
