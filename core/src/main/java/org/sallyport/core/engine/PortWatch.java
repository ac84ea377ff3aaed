package org.sallyport.core.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.PortAudit;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.SocketSnapshot;
import org.sallyport.core.model.SocketSnapshot.State;
import org.sallyport.core.transport.SystemSocket;
import org.sallyport.core.transport.SystemSockets;

/**
 * Compares the sockets this process has with the one it may have (invariant I1). Command thread, on which the port is moved too, so that
 * a move is never taken for a second door; {@link #unexpected} from any thread.
 */
final class PortWatch {
    private static final int EVERY_SECONDS = 60;
    private static final String FOR_PEERS = "the one port, for peers";

    private final SystemSockets system;
    private final Supplier<PortState> door;
    private final Supplier<Map<Integer, String>> datagrams;
    private final Path commands;
    private final InstantSource clock;
    private final Alarm alarm;
    private Set<String> told = Set.of();
    private volatile int unexpected;

    /** Takes an event. */
    interface Alarm {
        void tell(Severity severity, String id, String sentence, Map<String, String> facts);
    }

    /**
     * @param datagrams the UDP sockets that are open with reason, what for by their numbers
     * @param commands  the Unix socket on which this instance takes commands
     */
    PortWatch(SystemSockets system, Supplier<PortState> door, Supplier<Map<Integer, String>> datagrams, Path commands, InstantSource clock,
            Alarm alarm) {
        this.system = system;
        this.door = door;
        this.datagrams = datagrams;
        this.commands = commands;
        this.clock = clock;
        this.alarm = alarm;
    }

    /** How many were found the last time. */
    int unexpected() {
        return unexpected;
    }

    /** Has {@code audit} called once a minute, the first time in a minute. */
    static ScheduledFuture<?> rhythm(ScheduledExecutorService loop, Runnable audit) {
        return loop.scheduleAtFixedRate(audit, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    PortAudit look() throws IOException {
        return system.isAvailable() ? lookAt(system.read()) : ownRecord();
    }

    private PortAudit lookAt(List<SystemSocket> found) throws IOException {
        List<SystemSocket> sockets = found;
        if (found.stream().anyMatch(this::isUnexpected)) {
            // a name look-up binds its UDP socket a moment before it connects it: what is gone at a second look was such a one
            Set<String> still = inodes(system.read());
            sockets = found.stream().filter(socket -> !isUnexpected(socket) || still.contains(socket.inode())).toList();
        }
        List<SocketSnapshot> shown = new ArrayList<>();
        Set<String> wrong = new HashSet<>();
        for (SystemSocket socket : sockets) {
            shown.add(new SocketSnapshot(socket.protocol(), socket.address(), socket.port(), state(socket), owner(socket), !isUnexpected(socket)));
            if (isUnexpected(socket)) {
                wrong.add(socket.inode());
                if (!told.contains(socket.inode())) {
                    tell(socket);
                }
            }
        }
        shown.sort(Comparator.comparing(SocketSnapshot::expected)); // false first
        told = Set.copyOf(wrong);
        unexpected = wrong.size();
        return new PortAudit(clock.instant(), true, shown, sentence(wrong.size()));
    }

    private Set<String> inodes(List<SystemSocket> sockets) {
        Set<String> inodes = new HashSet<>();
        sockets.stream().filter(this::isUnexpected).forEach(socket -> inodes.add(socket.inode()));
        return inodes;
    }

    private PortAudit ownRecord() {
        PortState state = door.get();
        List<SocketSnapshot> known = new ArrayList<>();
        if (state.kind() == PortState.Kind.OPEN) {
            known.add(new SocketSnapshot("tcp", "", state.port(), State.LISTENING, FOR_PEERS, true));
        }
        datagrams.get().forEach((port, what) -> known.add(new SocketSnapshot("udp", "", port, State.LISTENING, what, true)));
        return new PortAudit(clock.instant(), false, known,
                "This system does not list a program's sockets to it: this is only what Sallyport opened itself. " + state.sentence() + ".");
    }

    private String sentence(int wrong) {
        return door.get().withUnexpected(wrong).sentence()
                + (wrong == 0 ? ", and nothing else." : ". Restart Sallyport; report it if it happens again.");
    }

    private void tell(SystemSocket socket) {
        alarm.tell(Severity.TROUBLE, "port.unexpected", "Something in Sallyport listens on " + socket.protocol() + " " + socket.address() + " port "
                        + socket.port() + ", which is not its one port. Restart Sallyport; report it if it happens again.",
                Map.of("protocol", socket.protocol(), "address", socket.address(), "port", Integer.toString(socket.port())));
    }

    private boolean isUnexpected(SystemSocket socket) {
        return socket.isOpenToStrangers() && !isDoor(socket);
    }

    private boolean isDoor(SystemSocket socket) {
        PortState state = door.get();
        return isDatagrams(socket) ? datagrams.get().containsKey(socket.port())
                : socket.protocol().startsWith("tcp") && state.kind() == PortState.Kind.OPEN && socket.port() == state.port();
    }

    private static boolean isDatagrams(SystemSocket socket) {
        return socket.protocol().equals("udp") || socket.protocol().equals("udp6");
    }

    private static State state(SystemSocket socket) {
        if (socket.isOpenToStrangers()) {
            return State.LISTENING;
        }
        return socket.isConnected() ? State.CONNECTED : socket.isLocal() ? State.LOCAL : State.CLOSING;
    }

    private String owner(SystemSocket socket) {
        if (socket.isLocal()) {
            boolean ours = socket.protocol().equals("unix") && socket.address().equals(commands.toString());
            return ours ? "commands of this user" : "inside this computer, not on the network";
        }
        if (isUnexpected(socket)) {
            return "unknown: Sallyport did not ask for it";
        }
        if (socket.isOpenToStrangers()) {
            return isDatagrams(socket) ? datagrams.get().getOrDefault(socket.port(), FOR_PEERS) : FOR_PEERS;
        }
        return isDoor(socket) ? "a peer that came in through the one port" : "a peer or tracker that Sallyport called";
    }
}
