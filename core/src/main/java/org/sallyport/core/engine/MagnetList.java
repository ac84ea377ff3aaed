package org.sallyport.core.engine;

import java.net.InetAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.swarm.MetadataSwarm;
import org.sallyport.core.transport.LinkSecurity;

/** The magnet links of the list whose torrents are not known yet, in the order they were added. Network thread only. */
final class MagnetList {
    /** Each search may hold 8 MiB of what strangers send. */
    private static final int SEARCHES = 5;

    private final Map<InfoHash, PendingMagnet> magnets = new LinkedHashMap<>();

    void put(PendingMagnet magnet) {
        magnets.put(magnet.hash(), magnet);
        giveTurns();
    }

    /** Stops its search, too. */
    void remove(InfoHash hash) {
        Optional.ofNullable(magnets.remove(hash)).ifPresent(PendingMagnet::end);
        giveTurns();
    }

    Optional<PendingMagnet> find(InfoHash hash) {
        return Optional.ofNullable(magnets.get(hash));
    }

    /** The one that an obfuscated caller names, if strangers may know of it. */
    Optional<InfoHash> named(Bytes name) {
        return magnets.values().stream().filter(magnet -> magnet.mseName().equals(name) && !magnet.sharing().trustedOnly())
                .map(PendingMagnet::hash).findFirst();
    }

    Collection<PendingMagnet> all() {
        return magnets.values();
    }

    /** Lets the first ones search; the others wait. */
    void giveTurns() {
        int left = SEARCHES;
        for (PendingMagnet magnet : List.copyOf(magnets.values())) {
            if (magnet.running() && !magnet.inTrouble()) {
                if (left-- > 0) {
                    magnet.activate();
                } else {
                    magnet.queue();
                }
            }
        }
    }

    /** Once a second. */
    void tick(long now) {
        sessions().forEach(session -> session.tick(now));
        giveTurns();
    }

    List<TorrentSnapshot> snapshots() {
        return magnets.values().stream().map(PendingMagnet::snapshot).toList();
    }

    void devicesChanged() {
        List.copyOf(magnets.values()).forEach(PendingMagnet::devicesChanged);
    }

    void networkIsBack() {
        sessions().forEach(MetadataSession::networkIsBack);
    }

    void shutOut(Predicate<InetAddress> unwelcome) {
        swarms().forEach(swarm -> swarm.shutOut(unwelcome));
    }

    void drop(Predicate<LinkSecurity> unwanted) {
        swarms().forEach(swarm -> swarm.drop(unwanted));
    }

    Stream<LinkSecurity> securities() {
        return swarms().flatMap(swarm -> swarm.securities().stream());
    }

    /** Ends all searches. @return done when the trackers know */
    CompletableFuture<Void> leave() {
        return CompletableFuture.allOf(magnets.values().stream().map(PendingMagnet::end).toArray(CompletableFuture[]::new));
    }

    private Stream<MetadataSwarm> swarms() {
        return sessions().map(MetadataSession::swarm);
    }

    private Stream<MetadataSession> sessions() {
        return List.copyOf(magnets.values()).stream().flatMap(magnet -> magnet.session().stream());
    }
}
