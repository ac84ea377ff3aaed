package org.sallyport.core.engine;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.discovery.LocalSearch;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.transport.LocalGroup;

/**
 * Finds peers in the own network (BEP 14) while the user wants that, for torrents of which strangers may hear. Network thread only, but for
 * {@link #withExpectedSocket}.
 */
final class LocalDiscovery {
    private static final long RETRY = TimeUnit.MINUTES.toNanos(1);
    private static final String OWNER = "finds peers in your own network, as you chose in Settings";

    private final LocalGroup group;
    private final LocalSearch search = new LocalSearch(new SecureRandom());
    private final Services services;
    private final Roster roster;
    private boolean opening;
    private boolean told;
    private long notBefore = System.nanoTime();

    LocalDiscovery(LocalGroup group, Services services, Roster roster) {
        this.group = group;
        this.services = services;
        this.roster = roster;
    }

    /** Adds its socket besides the one port, what for by its number; none while it is off. Any thread. */
    Map<Integer, String> withExpectedSocket(Map<Integer, String> others) {
        if (!group.isOpen()) {
            return others;
        }
        Map<Integer, String> all = new HashMap<>(others);
        all.put(LocalGroup.PORT, OWNER);
        return all;
    }

    /** Once a second, and when the settings have changed. */
    void tick() {
        boolean wanted = services.settings().get().discovery().localNetwork();
        if (!wanted) {
            group.close();
            told = false;
        } else if (group.isOpen()) {
            search.due(hashes(), services.listenPort().get()).forEach(group::send);
        } else if (!opening && System.nanoTime() - notBefore >= 0) {
            open();
        }
    }

    private List<InfoHash> hashes() {
        return roster.awake().stream().filter(story -> story.torrent().session().filter(Session::mayBeFoundLocally).isPresent())
                .map(story -> story.torrent().hash()).toList();
    }

    private void open() {
        opening = true;
        notBefore = System.nanoTime() + RETRY;
        CompletableFuture.supplyAsync(group::networks, services.trackerPool())
                .thenComposeAsync(networks -> networks.isEmpty() || !services.settings().get().discovery().localNetwork()
                        ? CompletableFuture.completedFuture(null) : group.open(networks, this::heard), services.loop())
                .whenCompleteAsync((done, failure) -> {
                    opening = false;
                    if (failure != null && !told) {
                        told = true;
                        services.events().tell(Severity.TROUBLE, "local-discovery.busy",
                                "UDP port " + LocalGroup.PORT + " is used by another program that does "
                                + "not share it, so no peers are looked for in your own network. Close that program, or switch this off in Settings.",
                                Map.of("port", Integer.toString(LocalGroup.PORT)));
                    }
                    tick();
                }, services.loop());
    }

    private void heard(ByteBuffer message, InetSocketAddress from) {
        search.read(message, from).ifPresent(found -> found.hashes().forEach(hash -> roster.find(hash)
                .flatMap(ManagedTorrent::session).filter(Session::mayBeFoundLocally).ifPresent(session -> session.foundLocally(found.address()))));
    }

    void close() {
        group.close();
    }
}
