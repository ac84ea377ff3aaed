package org.sallyport.core.engine;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.discovery.AnnounceFacts;
import org.sallyport.core.discovery.Announcer;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TrackerSnapshot;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.storage.TorrentStorage;
import org.sallyport.core.swarm.Swarm;
import org.sallyport.core.swarm.SwarmHost;

/** One run of a torrent: its swarm and its trackers, from start to stop. Network thread only. */
final class Session implements SwarmHost {
    /** Quitting takes 5 s at most; trackers get this much of it. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final ManagedTorrent torrent;
    private final Services services;
    private final TorrentStorage storage;
    private final Swarm swarm;
    private final Announcer announcer;

    Session(ManagedTorrent torrent, Services services, TorrentStorage storage) {
        this.torrent = torrent;
        this.services = services;
        this.storage = storage;
        TorrentProgress progress = torrent.progress();
        swarm = new Swarm(torrent.metainfo(), storage, services.port(), this, progress.have(), progress.wanted(),
                torrent.saved().sequential(), progress.down(), progress.up());
        announcer = new Announcer(torrent.hash(), torrent.metainfo().tiers(), services.trackers(), services.loop(), services.trackerPool(),
                this::facts, peers -> swarm.addPeers(peers, false), this::sourceRefused);
    }

    Swarm swarm() {
        return swarm;
    }

    void begin(List<PeerAddress> named) {
        services.policy().decide(new PolicyRequest.ShareTorrent(torrent.hash(), true)).fold(() -> {
            storage.gate().open();
            return true;
        }, deny -> {
            services.events().refused("policy.denied", deny.refusal(), torrent.hash().hex(), hashFact());
            return false;
        });
        announcer.start();
        swarm.addPeers(named, true);
    }

    /** Stops at once. @return done when the trackers know, at the latest after two seconds */
    CompletableFuture<Void> end() {
        storage.gate().shut();
        swarm.stop();
        return announcer.stop(FAREWELL);
    }

    void tick(long now) {
        swarm.tick(now);
    }

    List<TrackerSnapshot> trackers() {
        return announcer.snapshots();
    }

    private AnnounceFacts.Facts facts() {
        TorrentProgress progress = torrent.progress();
        return new AnnounceFacts.Facts(peerId(), listenPort(), progress.up().total(), progress.down().total(), progress.missingBytes());
    }

    private void sourceRefused(Refusal refusal) {
        services.events().refused("policy.denied", refusal, torrent.hash().hex(), hashFact());
    }

    private Map<String, String> hashFact() {
        return Map.of("hash", torrent.hash().hex());
    }

    @Override
    public Bytes peerId() {
        return services.peerId();
    }

    @Override
    public int listenPort() {
        return services.listenPort().get();
    }

    @Override
    public Encryption encryption() {
        return services.settings().get().encryption();
    }

    @Override
    public int uploadSlots() {
        return services.settings().get().limits().uploadSlots();
    }

    @Override
    public Duration snubAfter() {
        return services.surroundings().snubAfter();
    }

    @Override
    public boolean mayDial(PeerAddress address, int connectionsOfTorrent, boolean named) {
        boolean banned = services.bans().isBanned(address.host(), System.nanoTime());
        PolicyRequest request = new PolicyRequest.DialPeer(torrent.hash(), address, services.port().connections(), connectionsOfTorrent, banned, named);
        return services.policy().decide(request).fold(() -> true, deny -> {
            services.events().refused("policy.denied", deny.refusal(), torrent.hash().hex(), hashFact());
            return false;
        });
    }

    @Override
    public boolean mayStay(InetAddress host) {
        // the limits were asked when we dialled: this connection counts among those there are
        return services.policy().decide(new PolicyRequest.AdmitPeer(torrent.hash(), host, 0, 0, false, false)).fold(() -> true, deny -> {
            services.events().refused("policy.denied", deny.refusal(), torrent.hash().hex(), hashFact());
            return false;
        });
    }

    @Override
    public void ban(InetAddress host, String rule, String sentence) {
        if (!services.bans().ban(host, System.nanoTime())) {
            return;
        }
        services.events().tell(Severity.REFUSED, "peer.banned",
                "A stranger's computer was shut out for at least an hour: " + sentence + ".",
                Map.of("hash", torrent.hash().hex(), "rule", rule, "address", host.getHostAddress(), "reason", sentence));
    }

    @Override
    public void verified(int piece) {
        torrent.progress().verified();
    }

    @Override
    public void complete() {
        announcer.completed();
        torrent.becameComplete();
    }

    @Override
    public void pieceFailed(int piece) {
        services.events().refused("piece.failed", new Refusal("piece.hash", "Part " + piece + " of \"" + torrent.metainfo().name()
                + "\" arrived damaged and is fetched again."), torrent.hash().hex(), hashFact());
    }

    @Override
    public void trouble(StorageException trouble) {
        torrent.fail(trouble);
    }

    @Override
    public void needsPeers() {
        announcer.needPeers();
    }
}
