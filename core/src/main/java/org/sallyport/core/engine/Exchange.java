package org.sallyport.core.engine;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.swarm.MetadataHost;
import org.sallyport.core.transport.LinkHandler;

/** A torrent's session while it exchanges with others, and the addresses that the next one begins with. Network thread only. */
final class Exchange {
    private final Supplier<Session> sessions;
    private List<PeerAddress> named = List.of();
    private Set<MetadataHost.Known> known = Set.of();
    private Optional<Session> session = Optional.empty();

    Exchange(Supplier<Session> sessions) {
        this.sessions = sessions;
    }

    /** Addresses to dial whenever it runs. */
    void name(List<PeerAddress> peers) {
        named = List.copyOf(peers);
        session.ifPresent(now -> now.name(named));
    }

    /** Addresses to try when it first runs. */
    void acquaint(Set<MetadataHost.Known> peers) {
        known = Set.copyOf(peers);
    }

    void inherit(Exchange other) {
        named = other.named;
    }

    Optional<Session> session() {
        return session;
    }

    boolean on() {
        return session.isPresent();
    }

    void begin() {
        Session started = sessions.get();
        session = Optional.of(started);
        started.begin(named);
        known.forEach(peer -> started.swarm().addPeers(List.of(peer.address()), peer.source()));
        known = Set.of();
    }

    /** Stops at once. @return done when trackers know, at the latest after their deadline */
    CompletableFuture<Void> end() {
        CompletableFuture<Void> told = session.map(Session::end).orElseGet(() -> CompletableFuture.completedFuture(null));
        session = Optional.empty();
        return told;
    }

    /** The same, because nobody may have it any more: not even what the connections have already. */
    CompletableFuture<Void> cut() {
        CompletableFuture<Void> told = session.map(Session::cut).orElseGet(() -> CompletableFuture.completedFuture(null));
        session = Optional.empty();
        return told;
    }

    /** Takes a connection from outside; empty when it does not run. */
    Optional<LinkHandler> incoming(InetAddress host, int port) {
        return session.map(s -> s.swarm().incoming(new PeerAddress(host, Math.max(1, port))));
    }
}
