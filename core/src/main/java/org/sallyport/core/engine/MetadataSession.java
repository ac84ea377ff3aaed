package org.sallyport.core.engine;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.discovery.AnnounceFacts;
import org.sallyport.core.discovery.Announcer;
import org.sallyport.core.metainfo.Magnet;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PeerSource;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.swarm.MetadataHost;
import org.sallyport.core.swarm.MetadataSwarm;
import org.sallyport.core.wire.FrameDecoder;

/** One search for what a magnet link stands for: its swarm and its trackers, from start to stop. Network thread only. */
final class MetadataSession extends Rendezvous implements MetadataHost {
    /** What is left is not known; nothing would be taken for a seed. libtorrent says the same. */
    private static final long LEFT = 16 << 10;

    private final Magnet magnet;
    private final Owner owner;
    private final MetadataSwarm swarm;
    private final boolean dht;

    /** Hears what came of it, on the network thread. */
    interface Owner {
        /** The search has ended. @param peers that may have the torrent */
        void arrived(byte[] info, Set<Known> peers);
    }

    /** @param dht whether it may be looked up in the DHT; nobody is told of us there before the torrent is known to be no private one */
    MetadataSession(Services services, Magnet magnet, Sharing sharing, boolean dht, Owner owner) {
        super(services, magnet.hash(), FrameDecoder.UNKNOWN_PIECES, () -> sharing);
        this.magnet = magnet;
        this.owner = owner;
        this.dht = dht;
        this.swarm = new MetadataSwarm(magnet.hash(), this, services.disk().threads().housekeeping(), services.loop());
        announceTo(magnet.tiers(), () -> new AnnounceFacts.Facts(peerId(), listenPort(), 0, 0, LEFT));
    }

    MetadataSwarm swarm() {
        return swarm;
    }

    /** @param named addresses that the user gave */
    void begin(List<PeerAddress> named) {
        announcer().ifPresent(Announcer::start);
        if (discoveryAllowed()) {
            swarm.addPeers(magnet.peers(), PeerSource.MAGNET);
            if (dht) {
                search(services().dht().find(magnet.hash(), peers -> found(peers, PeerSource.DHT)));
            }
        }
        name(named);
        callDevices();
    }

    @Override
    void found(List<PeerAddress> addresses, PeerSource source) {
        swarm.addPeers(addresses, source);
    }

    @Override
    void call(List<PeerAddress> devices) {
        swarm.callDevices(devices);
    }

    void devicesChanged(List<PeerAddress> named) {
        swarm.review();
        name(named);
        callDevices();
    }

    void tick(long now) {
        swarm.tick(now);
    }

    /** Stops at once. @return done when the trackers know, at the latest after two seconds */
    CompletableFuture<Void> end() {
        swarm.stop();
        return farewell();
    }

    @Override
    public void arrived(byte[] info, Set<Known> peers) {
        end();
        owner.arrived(info, peers);
    }}
