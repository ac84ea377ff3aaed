package org.sallyport.core.engine;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.sallyport.core.discovery.AnnounceFacts;
import org.sallyport.core.discovery.Announcer;
import org.sallyport.core.discovery.PeerFinder;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PeerSource;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TrackerSnapshot;
import org.sallyport.core.swarm.PeerHost;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.LinkSecurity;

/**
 * How one info-hash meets others, whether its torrent is known or still sought: who is found, who may come, and how each is called. Network
 * thread only.
 */
abstract class Rendezvous implements PeerHost {
    /** Quitting takes 5 s at most; trackers get this much of it. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final InfoHash hash;
    private final Services services;
    private final Supplier<Sharing> sharing;
    private final Company company;
    private final Dialler dialler;
    private Optional<Announcer> announcer = Optional.empty();
    private Optional<PeerFinder.Search> search = Optional.empty();

    /** @param pieces as for {@code FrameDecoder} @param sharing who may have it, at any moment */
    Rendezvous(Services services, InfoHash hash, int pieces, Supplier<Sharing> sharing) {
        this.services = services;
        this.hash = hash;
        this.sharing = sharing;
        this.company = new Company(hash, sharing, services);
        this.dialler = new Dialler(hash, pieces, sharing, this::tellsNode, services);
    }

    /** Addresses to dial. */
    abstract void found(List<PeerAddress> addresses, PeerSource source);

    /** Where there are devices that it is for. */
    abstract void call(List<PeerAddress> devices);

    /** Whether peers are told of our node of the DHT. */
    boolean tellsNode() {
        return false;
    }

    final Services services() {
        return services;
    }

    final Company company() {
        return company;
    }

    final Sharing sharing() {
        return sharing.get();
    }

    /** Whether strangers may hear of it, and name addresses: trackers, DHT, peer exchange, the local network. The one place that decides. */
    final boolean discoveryAllowed() {
        return !sharing().trustedOnly();
    }

    final void announceTo(List<List<String>> tiers, AnnounceFacts facts) {
        if (discoveryAllowed()) {
            announcer = Optional.of(new Announcer(hash, tiers, services.trackers(), services.loop(), services.trackerPool(), facts,
                    peers -> found(peers, PeerSource.TRACKER), company::refused));
        }
    }

    /** Empty if none is asked. */
    final Optional<Announcer> announcer() {
        return announcer;
    }

    final boolean searching() {
        return search.isPresent();
    }

    /** Looked up in the DHT from now on. */
    final void search(PeerFinder.Search begun) {
        search = Optional.of(begun);
    }

    final void endSearch() {
        search.ifPresent(PeerFinder.Search::close);
        search = Optional.empty();
    }

    /** Addresses that the user gave. For a torrent of devices those of devices count, once it is known which they are. */
    void name(List<PeerAddress> addresses) {
        if (discoveryAllowed()) {
            found(addresses, PeerSource.USER);
        } else if (services.trust().settled()) {
            found(addresses.stream().filter(address -> company.mayDial(address, 0, true)).toList(), PeerSource.USER);
        }
    }

    final void callDevices() {
        if (!discoveryAllowed()) {
            call(company.guests().addresses(sharing()));
        }
    }

    /** Nobody finds us any more. @return done when the trackers know, at the latest after two seconds */
    final CompletableFuture<Void> farewell() {
        endSearch();
        return announcer.map(a -> a.stop(FAREWELL)).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    /** Empty if none is asked. */
    final Optional<List<TrackerSnapshot>> trackers() {
        return announcer.map(Announcer::snapshots);
    }

    final void networkIsBack() {
        announcer.ifPresent(Announcer::networkIsBack);
    }

    @Override
    public final Bytes peerId() {
        return services.peerId();
    }

    @Override
    public final int listenPort() {
        return services.listenPort().get();
    }

    @Override
    public final Encryption encryption() {
        return services.settings().get().encryption();
    }

    @Override
    public final boolean mayDial(PeerAddress address, int connectionsOfTorrent, boolean byUs) {
        return dialler.mayCall(address) && company.mayDial(address, connectionsOfTorrent, byUs);
    }

    @Override
    public final boolean canDial() {
        return dialler.ready();
    }

    @Override
    public final void dial(PeerAddress address, Encryption encryption, BooleanSupplier again, LinkHandler handler) {
        dialler.dial(address, encryption, again, handler);
    }

    @Override
    public final LinkSecurity expectedAt(PeerAddress address) {
        return dialler.expectedAt(address);
    }

    @Override
    public final void reached(LinkSecurity security) {
        dialler.reached(security);
    }

    @Override
    public final void unreached(PeerAddress address, CloseReason reason) {
        dialler.unreached(address, reason);
    }

    @Override
    public final boolean mayStay(InetAddress host, LinkSecurity security) {
        return company.mayStay(host, security);
    }

    @Override
    public final String nameOf(LinkSecurity security) {
        return company.nameOf(security);
    }

    @Override
    public final void ban(InetAddress host, String rule, String sentence) {
        company.ban(host, rule, sentence);
    }

    @Override
    public final void needsPeers() {
        announcer.ifPresent(Announcer::needPeers);
        search.ifPresent(PeerFinder.Search::again);
    }
}
