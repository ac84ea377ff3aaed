package org.sallyport.core.engine;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.sallyport.core.discovery.AnnounceFacts;
import org.sallyport.core.discovery.Announcer;
import org.sallyport.core.discovery.PeerFinder;
import org.sallyport.core.metainfo.Magnet;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PeerSource;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TrackerSnapshot;
import org.sallyport.core.swarm.MetadataHost;
import org.sallyport.core.swarm.MetadataSwarm;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.wire.FrameDecoder;

/** One search for what a magnet link stands for: its swarm and its trackers, from start to stop. Network thread only. */
final class MetadataSession implements MetadataHost {
    /** What is left is not known; nothing would be taken for a seed. libtorrent says the same. */
    private static final long LEFT = 16 << 10;
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Services services;
    private final Magnet magnet;
    private final Sharing sharing;
    private final Owner owner;
    private final Company company;
    private final Dialler dialler;
    private final MetadataSwarm swarm;
    private final Optional<Announcer> announcer;
    private final boolean dht;
    private Optional<PeerFinder.Search> search = Optional.empty();

    /** Hears what came of it, on the network thread. */
    interface Owner {
        /** The search has ended. @param peers that may have the torrent */
        void arrived(byte[] info, Set<Known> peers);
    }

    /** @param dht whether it may be looked up in the DHT; nobody is told of us there before the torrent is known to be no private one */
    MetadataSession(Services services, Magnet magnet, Sharing sharing, boolean dht, Owner owner) {
        this.services = services;
        this.magnet = magnet;
        this.sharing = sharing;
        this.owner = owner;
        this.dht = dht;
        this.company = new Company(magnet.hash(), () -> sharing, services);
        this.dialler = new Dialler(magnet.hash(), FrameDecoder.UNKNOWN_PIECES, () -> sharing, () -> false, services);
        this.swarm = new MetadataSwarm(magnet.hash(), this, services.disk().threads().housekeeping(), services.loop());
        this.announcer = discoveryAllowed() ? Optional.of(announcer()) : Optional.empty();
    }

    private Announcer announcer() {
        return new Announcer(magnet.hash(), magnet.tiers(), services.trackers(), services.loop(), services.trackerPool(),
                () -> new AnnounceFacts.Facts(peerId(), listenPort(), 0, 0, LEFT), peers -> swarm.addPeers(peers, PeerSource.TRACKER), company::refused);
    }

    /** As for the torrent itself: one for devices only is asked of devices only. */
    private boolean discoveryAllowed() {
        return !sharing.trustedOnly();
    }

    MetadataSwarm swarm() {
        return swarm;
    }

    /** @param named addresses that the user gave */
    void begin(List<PeerAddress> named) {
        announcer.ifPresent(Announcer::start);
        if (discoveryAllowed()) {
            swarm.addPeers(magnet.peers(), PeerSource.MAGNET);
            if (dht) {
                search = Optional.of(services.dht().find(magnet.hash(), peers -> swarm.addPeers(peers, PeerSource.DHT)));
            }
        }
        name(named);
        callDevices();
    }

    void name(List<PeerAddress> named) {
        if (discoveryAllowed()) {
            swarm.addPeers(named, PeerSource.USER);
        } else if (services.trust().settled()) {
            swarm.addPeers(named.stream().filter(address -> mayDial(address, 0, true)).toList(), PeerSource.USER);
        }
    }

    private void callDevices() {
        if (!discoveryAllowed()) {
            swarm.callDevices(company.guests().addresses(sharing));
        }
    }

    void devicesChanged(List<PeerAddress> named) {
        swarm.review();
        name(named);
        callDevices();
    }

    void tick(long now) {
        swarm.tick(now);
    }

    void networkIsBack() {
        announcer.ifPresent(Announcer::networkIsBack);
    }

    /** Stops at once. @return done when the trackers know, at the latest after two seconds */
    CompletableFuture<Void> end() {
        swarm.stop();
        search.ifPresent(PeerFinder.Search::close);
        return announcer.map(a -> a.stop(FAREWELL)).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    /** Empty if none is asked. */
    Optional<List<TrackerSnapshot>> trackers() {
        return announcer.map(Announcer::snapshots);
    }

    @Override
    public void arrived(byte[] info, Set<Known> peers) {
        end();
        owner.arrived(info, peers);
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
    public boolean mayDial(PeerAddress address, int connectionsOfTorrent, boolean byUs) {
        return company.mayDial(address, connectionsOfTorrent, byUs);
    }

    @Override
    public boolean canDial() {
        return dialler.ready();
    }

    @Override
    public void dial(PeerAddress address, Encryption encryption, BooleanSupplier again, LinkHandler handler) {
        dialler.dial(address, encryption, again, handler);
    }

    @Override
    public LinkSecurity expectedAt(PeerAddress address) {
        return dialler.expectedAt(address);
    }

    @Override
    public void reached(LinkSecurity security) {
        dialler.reached(security);
    }

    @Override
    public void unreached(PeerAddress address, CloseReason reason) {
        dialler.unreached(address, reason);
    }

    @Override
    public boolean mayStay(InetAddress host, LinkSecurity security) {
        return company.mayStay(host, security);
    }

    @Override
    public String nameOf(LinkSecurity security) {
        return company.nameOf(security);
    }

    @Override
    public void ban(InetAddress host, String rule, String sentence) {
        company.ban(host, rule, sentence);
    }

    @Override
    public void needsPeers() {
        announcer.ifPresent(Announcer::needPeers);
        search.ifPresent(PeerFinder.Search::again);
    }
}
