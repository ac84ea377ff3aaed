package org.sallyport.core.engine;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.metainfo.Magnet;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.FileChecks;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PieceMap;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.TrackerSnapshot;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.persist.SavedMagnet;
import org.sallyport.core.swarm.MetadataHost;
import org.sallyport.core.swarm.MetadataSwarm;
import org.sallyport.core.swarm.SwarmStanding;
import org.sallyport.core.wire.MseHandshake;

/** A magnet link of the list until it is known what it stands for. Network thread only. */
final class PendingMagnet implements MetadataSession.Owner {
    private static final Verdict NOT_YET = Verdict.notScanned("It has not arrived yet.");

    private final Services services;
    private final Magnet magnet;
    private AddRequest request;
    private final Settler settler;
    private final Bytes mseName;
    private SavedMagnet saved;
    private List<PeerAddress> named;
    private boolean queued;
    private boolean settling;
    private String trouble = "";
    /** Why what arrived may not be added; empty when that is not the trouble. */
    private Optional<Refusal> refusal = Optional.empty();
    private Optional<MetadataSession> session = Optional.empty();
    private Optional<TorrentSnapshot> last = Optional.empty();

    /** Makes torrents of what has arrived. */
    interface Settler {
        /** @param peers that may have the torrent */
        void settle(PendingMagnet magnet, byte[] info, Set<MetadataHost.Known> peers);
    }

    /** @param request what was chosen for the torrent */
    PendingMagnet(Services services, Magnet magnet, AddRequest request, SavedMagnet saved, Settler settler) {
        this.services = services;
        this.magnet = magnet;
        this.request = request;
        this.saved = saved;
        this.settler = settler;
        this.mseName = MseHandshake.nameOf(magnet.hash());
        this.named = request.peers();
    }

    InfoHash hash() {
        return magnet.hash();
    }

    /** By what obfuscated callers name it. */
    Bytes mseName() {
        return mseName;
    }

    Sharing sharing() {
        return request.sharing();
    }

    Magnet magnet() {
        return magnet;
    }

    AddRequest request() {
        return request.withPeers(named).withPaused(!saved.running());
    }

    String name() {
        return magnet.safeName();
    }

    boolean running() {
        return saved.running();
    }

    /** Empty when all is well. */
    String trouble() {
        return trouble;
    }

    boolean inTrouble() {
        return !trouble.isEmpty();
    }

    Optional<MetadataSession> session() {
        return session;
    }

    void start() {
        trouble = "";
        keep(true);
    }

    void pause() {
        trouble = "";
        queued = false;
        end();
        keep(false);
    }

    private void keep(boolean running) {
        saved = saved.withRunning(running);
        services.journal().update(saved);
    }

    /** Replaces what the user chose for the torrent, checked already, whichever files that will be. */
    void choose(TorrentOptions options) {
        boolean otherWays = options.dht() != request.options().dht();
        request = request.withOptions(options);
        saved = saved.withRequest(MagnetChoices.write(request));
        services.journal().update(saved);
        if (otherWays) {
            end(); // it searches on with its next turn, by the ways that are allowed now
        }
    }

    /** Addresses to dial whenever it runs, and then also for the torrent. */
    void name(List<PeerAddress> peers) {
        named = List.copyOf(peers);
        session.ifPresent(now -> now.name(named));
    }

    /** It is its turn to search. */
    void activate() {
        if (services.bandwidth().stopped()) {
            queue();
            return;
        }
        queued = false;
        if (session.isEmpty() && !settling && !inTrouble()) {
            MetadataSession started = new MetadataSession(services, magnet, request.sharing(), request.options().dht(), this);
            session = Optional.of(started);
            started.begin(named);
        }
    }

    /** Waits for its turn. */
    void queue() {
        queued = true;
        end();
    }

    /** Stops for now. @return done when the trackers know */
    CompletableFuture<Void> end() {
        CompletableFuture<Void> told = session.map(MetadataSession::end).orElseGet(() -> CompletableFuture.completedFuture(null));
        session = Optional.empty();
        return told;
    }

    @Override
    public void arrived(byte[] info, Set<MetadataHost.Known> peers) {
        session = Optional.empty();
        settling = true;
        settler.settle(this, info, peers);
    }

    /** What arrived cannot be a torrent of the list: it stays as it is until the user starts it again. */
    void failed(String sentence) {
        settling = false;
        refusal = Optional.empty();
        trouble = sentence;
    }

    /** What arrived may not be added as it was chosen; likewise. */
    void refused(Refusal reason) {
        failed(reason.sentence());
        refusal = Optional.of(reason);
    }

    /** Whether its list of files arrived and was refused for the names in it. */
    boolean hasRiskyNames() {
        return inTrouble() && refusal.filter(reason -> WhyLook.isAboutNames(reason.rule())).isPresent();
    }

    /** What is to become of files with risky names, from now on; it goes on. */
    void answer(AddRequest.Risky risky) {
        request = request.withRisky(risky);
        saved = saved.withRequest(MagnetChoices.write(request));
        start();
    }

    /** What arrived is not wanted any more, or could not be looked at. */
    void settled() {
        settling = false;
    }

    void devicesChanged() {
        session.ifPresent(now -> now.devicesChanged(named));
    }

    /** The same instance as before when nothing changed. */
    TorrentSnapshot snapshot() {
        TorrentSnapshot now = tell();
        if (last.isEmpty() || !last.get().equals(now)) {
            last = Optional.of(now);
        }
        return last.get();
    }

    private TorrentSnapshot tell() {
        Optional<MetadataSwarm> swarm = session.map(MetadataSession::swarm);
        TorrentState state = inTrouble() ? TorrentState.TROUBLE : !saved.running() ? TorrentState.PAUSED : queued ? TorrentState.QUEUED
                : TorrentState.METADATA;
        int peers = swarm.map(MetadataSwarm::connectedPeers).orElse(0);
        return new TorrentSnapshot(hash(), name(), state, sentence(state, peers), 0, 0, 0, 0, 0, 0, 0, -1, peers, 0,
                swarm.map(MetadataSwarm::knownPeers).orElse(0), Path.of(request.folder().toString(), name()), saved.addedAt(), false,
                trouble, NOT_YET, request.sharing(), request.options(), 0,
                refusal.isPresent() && inTrouble() ? WhyLook.ofRefused(refusal.get())
                : WhyLook.ofMagnet(services, state, trouble, request.sharing().trustedOnly(),
                        swarm.map(s -> new SwarmStanding(s.knownPeers(), s.connectedPeers(), 0, 0, 0, 0)),
                        session.flatMap(MetadataSession::trackers).orElse(List.of())),
                FileChecks.NONE, services.origins().ofLink(hash()));
    }

    private String sentence(TorrentState state, int peers) {
        return switch (state) {
            case TROUBLE -> trouble;
            case PAUSED -> "Paused";
            case QUEUED -> "Waiting for its turn";
            default -> searching(peers);
        };
    }

    private String searching(int peers) {
        String network = services.port().awaitedNetwork();
        if (!network.isEmpty()) {
            return "Waiting for " + network + ": nothing is sent or received";
        }
        return peers == 0 ? "Looking for people who have its list of files" : "Getting the list of files from "
                + (peers == 1 ? "1 person" : peers + " people");
    }

    /** What the link says; nothing of it is proved but the hash. */
    static TorrentPreview preview(Magnet magnet) {
        return new TorrentPreview(magnet.hash(), magnet.safeName(), false, false, true, List.of(), 0, 0, 0, "", "", Instant.EPOCH,
                magnet.tiers(), magnet.webSeeds(), magnet.notes());
    }

    TorrentDetails details() {
        return new TorrentDetails(snapshot(), preview(magnet), new PieceMap(0, new BitSet(), new BitSet(), new byte[0]), List.of(),
                session.map(s -> s.swarm().peerSnapshots()).orElse(List.of()), session.flatMap(MetadataSession::trackers)
                .orElseGet(this::idleTrackers), List.of());
    }

    private List<TrackerSnapshot> idleTrackers() {
        List<TrackerSnapshot> idle = new ArrayList<>();
        for (int tier = 0; tier < magnet.trackers().size(); tier++) {
            idle.add(new TrackerSnapshot(magnet.trackers().get(tier), tier, TrackerSnapshot.Status.NOT_CONTACTED, "", Instant.EPOCH, -1, -1, -1, 0));
        }
        return idle;
    }
}
