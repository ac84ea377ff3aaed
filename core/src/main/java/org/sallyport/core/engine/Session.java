package org.sallyport.core.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.discovery.AnnounceFacts;
import org.sallyport.core.discovery.Announcer;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PeerSource;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.storage.TorrentStorage;
import org.sallyport.core.swarm.Swarm;
import org.sallyport.core.swarm.SwarmHost;
import org.sallyport.core.swarm.WebCalls;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.transport.Meter;

/** One run of a torrent: its swarm and its trackers, from start to stop. Network thread only. */
final class Session extends Rendezvous implements SwarmHost {
    private final ManagedTorrent torrent;
    private final TorrentStorage storage;
    private final Swarm swarm;
    private List<PeerAddress> named = List.of();

    Session(ManagedTorrent torrent, Services services, TorrentStorage storage) {
        super(services, torrent.hash(), torrent.metainfo().pieceCount(), () -> torrent.saved().sharing());
        this.torrent = torrent;
        this.storage = storage;
        TorrentProgress progress = torrent.progress();
        TorrentOptions options = torrent.saved().options();
        swarm = new Swarm(torrent.metainfo(), storage, this, progress.have(),
                ManifestsFirst.priorities(torrent.metainfo(), options), options.sequential(), progress.down(),
                progress.up());
        swarm.superSeeding(options.superSeeding());
        announceTo(torrent.ledger().tiers(), this::facts);
    }

    @Override
    void found(List<PeerAddress> addresses, PeerSource source) {
        swarm.addPeers(addresses, source);
    }

    @Override
    void call(List<PeerAddress> devices) {
        swarm.callDevices(devices);
    }

    @Override
    boolean tellsNode() {
        return dhtPort() > 0;
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

    private void searchOrNot() {
        if (!dhtAllowed()) {
            endSearch();
        } else if (!searching()) {
            search(services().dht().join(torrent.hash(), peers -> swarm.addPeers(peers, PeerSource.DHT)));
            services().dht().hint(torrent.metainfo().nodes(), services().settings().get().trackers().allowLocal());
        }
    }

    @Override
    public int dhtPort() {
        return dhtAllowed() ? services().dht().portForPeers() : 0;
    }

    @Override
    public void dhtNode(PeerAddress node) {
        if (dhtAllowed()) {
            services().dht().hint(node);
        }
    }

    Swarm swarm() {
        return swarm;
    }

    void begin(List<PeerAddress> addresses) {
        torrent.offer().decide();
        announcer().ifPresent(Announcer::start);
        searchOrNot();
        name(addresses);
        callDevices();
    }

    @Override
    void name(List<PeerAddress> addresses) {
        named = addresses;
        super.name(addresses);
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
            swarm.prioritize(ManifestsFirst.priorities(torrent.metainfo(), now));
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

    void tick(long now) {
        searchOrNot(); // what the user chose for it may have changed
        swarm.tick(now);
    }

    /** Other trackers than before count from now on. */
    void retrack(List<List<String>> tiers) {
        announcer().ifPresent(a -> a.replace(tiers));
    }

    /** Asks its trackers now. @return how long to wait first; empty if nothing may be asked */
    Optional<Duration> announce() {
        return announcer().flatMap(Announcer::askNow);
    }

    private AnnounceFacts.Facts facts() {
        TorrentProgress progress = torrent.progress();
        return new AnnounceFacts.Facts(peerId(), listenPort(), progress.up().total(), progress.down().total(), progress.missingBytes());
    }

    /** How often the blocklist kept a peer out. */
    int blocked() {
        return company().blocked();
    }

    private Map<String, String> hashFact() {
        return Map.of("hash", torrent.hash().hex());
    }

    @Override
    public boolean exchangesPeers() {
        return discoveryAllowed() && torrent.saved().options().exchange() && services().settings().get().discovery().exchange();
    }

    @Override
    public Meter meter() {
        return torrent.meter();
    }

    @Override
    public int uploadSlots() {
        return services().settings().get().limits().uploadSlots();
    }

    @Override
    public Duration snubAfter() {
        return services().surroundings().snubAfter();
    }

    /** No event: what the owner chose is no news to him. */
    @Override
    public boolean mayServe(LinkSecurity security) {
        return services().policy().decide(new PolicyRequest.ServePeer(torrent.hash(), sharing().upload(), torrent.progress().complete(),
                torrent.offer().guests().at(security, sharing()), torrent.verdicts().contents())).allowed();
    }

    @Override
    public void verified(int piece) {
        torrent.progress().verified();
        torrent.course().delivery().verified(piece);
    }

    @Override
    public void complete() {
        announcer().ifPresent(Announcer::completed);
        review();
        torrent.becameComplete();
    }

    @Override
    public void pieceFailed(int piece) {
        services().events().refused("piece.failed", new Refusal("piece.hash", "Part " + piece + " of \"" + torrent.metainfo().name()
                + "\" arrived damaged and is fetched again."), torrent.hash().hex(), hashFact());
    }

    @Override
    public void trouble(StorageException trouble) {
        torrent.course().fail(trouble);
    }

    /** The torrent itself names them, so they are no discovery; strangers hear of it all the same. */
    @Override
    public Optional<WebCalls> webCalls() {
        return discoveryAllowed() ? Optional.of(services().webServers().of(torrent.hash(), torrent.meter())) : Optional.empty();
    }

    @Override
    public void webSeedRefused(String url, String rule, String sentence) {
        services().events().refused(rule, new Refusal(rule, "A web server of \"" + torrent.metainfo().name() + "\" " + sentence
                + ", so it is not asked any more."), torrent.hash().hex(), hashFact());
    }
}
