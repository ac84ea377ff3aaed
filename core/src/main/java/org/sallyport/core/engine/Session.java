package org.sallyport.core.engine;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.sallyport.core.discovery.AnnounceFacts;
import org.sallyport.core.discovery.Announcer;
import org.sallyport.core.discovery.PeerFinder;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PeerSource;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.TrackerSnapshot;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.storage.TorrentStorage;
import org.sallyport.core.swarm.PiecePriorities;
import org.sallyport.core.swarm.Swarm;
import org.sallyport.core.swarm.SwarmHost;
import org.sallyport.core.swarm.WebCalls;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.transport.Meter;

/** One run of a torrent: its swarm and its trackers, from start to stop. Network thread only. */
final class Session implements SwarmHost {
    /** Quitting takes 5 s at most; trackers get this much of it. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final ManagedTorrent torrent;
    private final Services services;
    private final TorrentStorage storage;
    private final Dialler dialler;
    private final Company company;
    private final Swarm swarm;
    private final Optional<Announcer> announcer;
    private List<PeerAddress> named = List.of();
    private Optional<PeerFinder.Search> search = Optional.empty();

    Session(ManagedTorrent torrent, Services services, TorrentStorage storage) {
        this.torrent = torrent;
        this.services = services;
        this.storage = storage;
        this.dialler = new Dialler(torrent.hash(), torrent.metainfo().pieceCount(), this::sharing, () -> dhtPort() > 0, services);
        this.company = new Company(torrent.hash(), this::sharing, services);
        TorrentProgress progress = torrent.progress();
        TorrentOptions options = torrent.saved().options();
        swarm = new Swarm(torrent.metainfo(), storage, this, progress.have(),
                PiecePriorities.of(torrent.metainfo(), options.priorities(), options.firstAndLast()), options.sequential(), progress.down(), progress.up());
        swarm.superSeeding(options.superSeeding());
        announcer = discoveryAllowed() ? Optional.of(announcer()) : Optional.empty();
    }

    private Announcer announcer() {
        return new Announcer(torrent.hash(), torrent.ledger().tiers(), services.trackers(), services.loop(), services.trackerPool(),
                this::facts, peers -> swarm.addPeers(peers, PeerSource.TRACKER), company::refused);
    }

    /** Whether strangers may hear of it, and name addresses: trackers, DHT, peer exchange, the local network. The one place that decides. */
    private boolean discoveryAllowed() {
        return !sharing().trustedOnly();
    }

    /** Whether the own network may hear of it (BEP 14, 27). */
    boolean mayBeFoundLocally() {
        return discoveryAllowed() && !torrent.metainfo().privateTorrent();
    }

    void foundLocally(PeerAddress address) {
        swarm.addPeers(List.of(address), PeerSource.LOCAL_NETWORK);
    }

    /** Whether it is looked up and announced in the DHT, and peers are told of our node: never for a private torrent (BEP 27). */
    boolean dhtAllowed() {
        return discoveryAllowed() && !torrent.metainfo().privateTorrent() && torrent.saved().options().dht();
    }

    private void search() {
        if (!dhtAllowed()) {
            search.ifPresent(PeerFinder.Search::close);
            search = Optional.empty();
        } else if (search.isEmpty()) {
            search = Optional.of(services.dht().join(torrent.hash(), peers -> swarm.addPeers(peers, PeerSource.DHT)));
            services.dht().hint(torrent.metainfo().nodes(), services.settings().get().trackers().allowLocal());
        }
    }

    @Override
    public int dhtPort() {
        return dhtAllowed() ? services.dht().portForPeers() : 0;
    }

    @Override
    public void dhtNode(PeerAddress node) {
        if (dhtAllowed()) {
            services.dht().hint(node);
        }
    }

    private Sharing sharing() {
        return torrent.saved().sharing();
    }

    Swarm swarm() {
        return swarm;
    }

    void begin(List<PeerAddress> addresses) {
        torrent.offer().decide();
        announcer.ifPresent(Announcer::start);
        search();
        name(addresses);
        callDevices();
    }

    /** Addresses that the user gave. For a torrent of devices those of devices count, once it is known which they are. */
    void name(List<PeerAddress> addresses) {
        named = addresses;
        if (discoveryAllowed()) {
            swarm.addPeers(addresses, PeerSource.USER);
        } else if (services.trust().settled()) {
            swarm.addPeers(addresses.stream().filter(address -> mayDial(address, 0, true)).toList(), PeerSource.USER);
        }
    }

    private void callDevices() {
        if (!discoveryAllowed()) {
            swarm.callDevices(torrent.offer().guests().addresses(sharing()));
        }
    }

    /** Devices were paired, removed, or are somewhere else. */
    void devicesChanged() {
        swarm.review();
        name(named);
        callDevices();
    }

    /** Other files are wanted, or in another order. */
    void choose(TorrentOptions before, TorrentOptions now) {
        swarm.sequential(now.sequential());
        swarm.superSeeding(now.superSeeding());
        if (!before.priorities().equals(now.priorities()) || before.firstAndLast() != now.firstAndLast()) {
            swarm.prioritize(PiecePriorities.of(torrent.metainfo(), now.priorities(), now.firstAndLast()));
        }
    }

    /** Who may get it has changed. */
    void review() {
        torrent.offer().decide();
        swarm.review();
    }

    /** Stops at once. @return done when the trackers know, at the latest after two seconds */
    CompletableFuture<Void> end() {
        storage.gate().shut();
        swarm.stop();
        storage.release(true);
        return farewell();
    }

    /** The same, because nobody may have it any more: not even what the connections have already. */
    CompletableFuture<Void> cut() {
        storage.gate().shut();
        swarm.cut();
        storage.release(false);
        return farewell();
    }

    private CompletableFuture<Void> farewell() {
        search.ifPresent(PeerFinder.Search::close);
        search = Optional.empty();
        return announcer.map(a -> a.stop(FAREWELL)).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    void tick(long now) {
        search(); // what the user chose for it may have changed
        swarm.tick(now);
    }

    /** Empty if none is asked. */
    Optional<List<TrackerSnapshot>> trackers() {
        return announcer.map(Announcer::snapshots);
    }

    /** Other trackers than before count from now on. */
    void retrack(List<List<String>> tiers) {
        announcer.ifPresent(a -> a.replace(tiers));
    }

    /** Asks its trackers now. @return how long to wait first; empty if nothing may be asked */
    Optional<Duration> announce() {
        return announcer.flatMap(Announcer::askNow);
    }

    void networkIsBack() {
        announcer.ifPresent(Announcer::networkIsBack);
    }

    private AnnounceFacts.Facts facts() {
        TorrentProgress progress = torrent.progress();
        return new AnnounceFacts.Facts(peerId(), listenPort(), progress.up().total(), progress.down().total(), progress.missingBytes());
    }

    /** How often the blocklist kept a peer out. */
    int blocked() {
        return company.blocked();
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
    public boolean exchangesPeers() {
        return discoveryAllowed() && torrent.saved().options().exchange() && services.settings().get().discovery().exchange();
    }

    @Override
    public Encryption encryption() {
        return services.settings().get().encryption();
    }

    @Override
    public Meter meter() {
        return torrent.meter();
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

    /** No event: what the owner chose is no news to him. */
    @Override
    public boolean mayServe(LinkSecurity security) {
        return services.policy().decide(new PolicyRequest.ServePeer(torrent.hash(), sharing().upload(), torrent.progress().complete(),
                torrent.offer().guests().at(security, sharing()))).allowed();
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
    public void verified(int piece) {
        torrent.progress().verified();
    }

    @Override
    public void complete() {
        announcer.ifPresent(Announcer::completed);
        review();
        torrent.course().becameComplete();
    }

    @Override
    public void pieceFailed(int piece) {
        services.events().refused("piece.failed", new Refusal("piece.hash", "Part " + piece + " of \"" + torrent.metainfo().name()
                + "\" arrived damaged and is fetched again."), torrent.hash().hex(), hashFact());
    }

    @Override
    public void trouble(StorageException trouble) {
        torrent.course().fail(trouble);
    }

    @Override
    public void needsPeers() {
        announcer.ifPresent(Announcer::needPeers);
        search.ifPresent(PeerFinder.Search::again);
    }

    /** The torrent itself names them, so they are no discovery; strangers hear of it all the same. */
    @Override
    public Optional<WebCalls> webCalls() {
        return discoveryAllowed() ? Optional.of(services.webServers().of(torrent.hash(), torrent.meter())) : Optional.empty();
    }

    @Override
    public void webSeedRefused(String url, String rule, String sentence) {
        services.events().refused(rule, new Refusal(rule, "A web server of \"" + torrent.metainfo().name() + "\" " + sentence
                + ", so it is not asked any more."), torrent.hash().hex(), hashFact());
    }
}
