package org.sallyport.core.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sallyport.core.discovery.Dht;
import org.sallyport.core.discovery.PeerFinder;
import org.sallyport.core.model.DhtState;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.transport.DatagramPort;
import org.sallyport.core.transport.DatagramPort.Purpose;
import org.sallyport.core.transport.Outlet;

/**
 * Our node of the DHT: takes part while the settings want it and a torrent uses it, on the one UDP socket, and keeps its nodes from run to run.
 * Network thread only.
 */
final class DhtDesk implements PeerFinder {
    /** The next torrent begins soon, perhaps; others have us in their tables. */
    private static final long LINGER = TimeUnit.MINUTES.toNanos(2);
    private static final long KEEP_EVERY = TimeUnit.MINUTES.toNanos(10);
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);

    private final Supplier<Settings.Discovery> wanted;
    private final DatagramPort port;
    private final ScheduledExecutorService loop;
    private final DhtFile file;
    private final EventLog events;
    private final Dht dht;
    private Optional<DatagramPort.Use> use = Optional.empty();
    private List<String> beginWith = List.of();
    private long lastUsed = System.nanoTime() - LINGER;
    private long begun;
    private long lastKept;
    private boolean joined;
    private boolean alone;

    /** @param wanted off also when this run may not use it @param lookups where names are looked up */
    DhtDesk(Supplier<Settings.Discovery> wanted, DatagramPort port, ScheduledExecutorService loop, ExecutorService lookups, Outlet outlet,
            DhtFile file,
            EventLog events) {
        this.wanted = wanted;
        this.port = port;
        this.loop = loop;
        this.file = file;
        this.events = events;
        this.dht = new Dht(new Datagrams(), loop, lookups, outlet);
    }

    @Override
    public Search find(InfoHash hash, Consumer<List<PeerAddress>> found) {
        Search search = dht.find(hash, found);
        settle(System.nanoTime());
        return search;
    }

    @Override
    public Search join(InfoHash hash, Consumer<List<PeerAddress>> found) {
        Search search = dht.join(hash, found);
        settle(System.nanoTime());
        return search;
    }

    /** Where others ask us, to be told to peers; 0 while the DHT is off or nobody can. */
    int portForPeers() {
        return use.isPresent() && !port.isForAnswersOnly() ? port.number() : 0;
    }

    /** A peer's own node. */
    void hint(PeerAddress node) {
        if (dht.isOn()) {
            dht.hint(node);
        }
    }

    /** Nodes that a torrent names. */
    void hint(List<String> nodes, boolean allowLocal) {
        if (wanted.get().dht()) {
            dht.hint(nodes, allowLocal);
        }
    }

    /** Once a second. */
    void tick(long now) {
        settle(now);
        if (!dht.isOn()) {
            return;
        }
        int nodes = dht.nodes();
        if (nodes > 0 && now - lastKept > KEEP_EVERY) {
            lastKept = now;
            file.write(dht.saved());
        }
        tell(nodes, now);
    }

    private void tell(int nodes, long now) {
        if (nodes > 0) {
            begun = now;
            alone = false;
            if (!joined) {
                joined = true;
                events.tell(Severity.INFO, "dht.joined", "The DHT answers: peers are also found without trackers.", Map.of());
            }
        } else if (!alone && now - begun > PATIENCE) {
            alone = true;
            joined = false;
            events.tell(Severity.INFO, "dht.alone",
                    "Nobody in the DHT answers, so peers are found by trackers only. If it stays so, check that UDP is "
                    + "not blocked, and the nodes to begin with in Settings.", Map.of());
        }
    }

    /** Does what the settings of this moment ask for. */
    void settle(long now) {
        Settings.Discovery discovery = wanted.get();
        if (dht.searches() > 0) {
            lastUsed = now;
        }
        boolean on = discovery.dht() && now - lastUsed < LINGER;
        if (on && use.isEmpty()) {
            begin(discovery, now);
        } else if (!on && use.isPresent()) {
            end();
        } else if (dht.isOn() && !beginWith.equals(discovery.bootstrap())) {
            beginWith = discovery.bootstrap();
            dht.start(beginWith, new byte[0]);
        }
    }

    private void begin(Settings.Discovery discovery, long now) {
        DatagramPort.Use begun = port.use(DatagramPort.Lane.DHT, this::received);
        use = Optional.of(begun);
        beginWith = discovery.bootstrap();
        this.begun = now;
        lastKept = now;
        // a socket that cannot be had now is tried again by whoever opens it, and questions are lost until then
        CompletableFuture<Boolean> opened = begun.opened().handle((done, failure) -> true);
        file.read().thenAcceptBothAsync(opened, (saved, there) -> {
            if (use.filter(current -> current == begun).isPresent()) {
                dht.start(beginWith, saved);
            }
        }, loop);
    }

    /** Takes part no more. @return done when its nodes are kept; never fails */
    CompletableFuture<Void> end() {
        boolean worthIt = dht.isOn() && dht.nodes() > 0;
        CompletableFuture<Void> kept = worthIt ? file.write(dht.saved()) : CompletableFuture.completedFuture(null);
        dht.stop();
        use.ifPresent(DatagramPort.Use::close);
        use = Optional.empty();
        joined = false;
        return kept;
    }

    /** Another network, or the same again: whoever is known is asked at once. */
    void networkIsBack() {
        if (dht.isOn()) {
            dht.start(beginWith, new byte[0]);
        }
    }

    DhtState state() {
        if (!wanted.get().dht()) {
            return DhtState.OFF;
        }
        int nodes = dht.isOn() ? dht.nodes() : 0;
        return new DhtState(true, nodes, sentence(nodes));
    }

    private String sentence(int nodes) {
        if (use.isEmpty()) {
            return "On: begins with the first torrent that may use it";
        }
        if (port.state() == DatagramPort.State.BUSY) {
            return "Another program has our UDP port, so the DHT cannot be asked. Close that program, or choose another port";
        }
        if (nodes == 0) {
            return alone ? "Nobody answers: check that UDP is not blocked, and the nodes to begin with" : "Looking for others";
        }
        String others = "Connected to " + nodes + (nodes == 1 ? " other" : " others");
        return port.isForAnswersOnly() ? others + "; asks only, for no port is open" : others;
    }

    private boolean received(ByteBuffer datagram, InetSocketAddress from) {
        byte[] packet = new byte[datagram.remaining()];
        datagram.get(packet);
        return dht.received(packet, PeerAddress.of(from));
    }

    private final class Datagrams implements Dht.Way {
        @Override
        public void send(PeerAddress to, byte[] packet, boolean question) {
            // what was refused is a question without an answer
            port.send(ByteBuffer.wrap(packet), to.socketAddress(), question ? Purpose.QUESTION : Purpose.ANSWER);
        }

        @Override
        public int listenPort() {
            return port.isForAnswersOnly() ? 0 : port.number();
        }

        @Override
        public void tooMany(InetAddress from) {
            events.refused("dht.flood", new Refusal("dht.too-many", "One address asks our node of the DHT more than is answered. "
                    + "It gets no answers until it asks less; nothing needs to be done."), from.getHostAddress(),
                            Map.of("address", from.getHostAddress()));
        }
    }
}
