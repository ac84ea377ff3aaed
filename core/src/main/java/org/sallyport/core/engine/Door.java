package org.sallyport.core.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Random;
import org.sallyport.core.model.PortState;
import org.sallyport.core.transport.PeerPort;

/** Opens, moves and shuts the one port (invariant I1). Command thread; {@link #state} from any thread. */
final class Door {
    /** IANA's range for private use: nothing well known lives there, and blocks of 6881–6999 do not hit it. */
    private static final int FIRST = 49_152;
    private static final int LAST = 65_535;
    private static final int TRIES = 50;

    private final PeerPort port;
    private final InetAddress bind;
    private final Random random = new SecureRandom();
    private volatile PortState state = new PortState(0, PortState.Kind.CLOSED, "Not open yet");

    Door(PeerPort port, InetAddress bind) {
        this.port = port;
        this.bind = bind;
    }

    PortState state() {
        return state;
    }

    int listenPort() {
        return state.kind() == PortState.Kind.OPEN ? state.port() : 0;
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
        try {
            port.open(bind, number);
        } catch (IOException e) {
            state = new PortState(number, PortState.Kind.BUSY, "Port " + number + " is used by another program");
            throw e;
        }
        state = new PortState(number, PortState.Kind.OPEN, "One port: " + number + ", open");
    }

    void receiveOnly() {
        shut();
        state = new PortState(0, PortState.Kind.RECEIVE_ONLY, "Receive only: no port is open");
    }

    void shut() {
        port.shut();
        state = new PortState(0, PortState.Kind.CLOSED, "The port is closed");
    }
}
