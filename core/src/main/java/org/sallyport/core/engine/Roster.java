package org.sallyport.core.engine;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.QueueMove;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.persist.SavedProgress;
import org.sallyport.core.persist.SeedTime;
import org.sallyport.core.policy.PolicyEngine;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.policy.PolicyRequest.Audience;
import org.sallyport.core.swarm.Swarm;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.LinkHost;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.transport.TlsAnswer;
import org.sallyport.core.trust.Caller;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.wire.DeviceMessage;
import org.sallyport.core.wire.FrameDecoder;
import org.sallyport.core.wire.Handshake;
import org.sallyport.core.wire.MseHandshake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The torrents of the library in the order they were added, whose turn it is, and who gets a connection from outside. Network thread only. */
final class Roster implements LinkHost {
    /** What is full is full for everybody: one event, however many call then. */
    private static final Set<String> FULL = Set.of("policy.connection-limit", "policy.half-open-limit");
    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);
    /** What every port on the internet is tried with: told now and then for all of it together, not for each who tries. */
    private static final Set<String> EVERYDAY = Set.of("tls.no-token", "tls.unknown-token");
    private static final long SYNC_EVERY = TimeUnit.SECONDS.toNanos(30);

    private static final Refusal PLAIN = new Refusal("encryption.plain", "A connection that was not obfuscated came in and was closed, because the "
            + "settings require obfuscation. To let such peers in, choose \"Prefer\" there.");

    private final Map<InfoHash, TorrentStory> torrents = new LinkedHashMap<>();
    /** By what obfuscated callers name them. */
    private final Map<Bytes, InfoHash> names = new HashMap<>();
    private final MagnetList magnets = new MagnetList();
    private final Turns turns = new Turns();
    private Consumer<InfoHash> spent = hash -> { };
    private Optional<Services> services = Optional.empty();
    private Optional<DeviceExchange> exchange = Optional.empty();
    private Optional<PairingDoor> pairings = Optional.empty();
    private long lastSync = System.nanoTime();
    /** The places in the queue that the snapshots tell. */
    private Map<InfoHash, Integer> told = Map.of();

    void open(Services open) {
        services = Optional.of(open);
    }

    /** Whom devices talk to that call for no torrent. */
    void talk(DeviceExchange with) {
        exchange = Optional.of(with);
    }

    /** Before the port is used. */
    void answerPairings(PairingDoor door) {
        pairings = Optional.of(door);
    }

    void put(ManagedTorrent torrent) {
        restore(torrent);
        giveTurns();
    }

    /** One of many: whoever puts them in {@linkplain #giveTurns() gives turns} when all are there. */
    void restore(ManagedTorrent torrent) {
        torrents.put(torrent.hash(), new TorrentStory(torrent));
        turns.add(torrent.hash());
        names.put(MseHandshake.nameOf(torrent.hash()), torrent.hash());
    }

    /** For whoever does something with it, or wants to know. */
    Optional<ManagedTorrent> find(InfoHash hash) {
        return story(hash).map(TorrentStory::torrent);
    }

    Optional<TorrentStory> story(InfoHash hash) {
        Optional<TorrentStory> found = Optional.ofNullable(torrents.get(hash));
        found.ifPresent(TorrentStory::wake);
        return found;
    }

    /** Those that do something, or were asked for in the last second; what runs is among them. */
    List<TorrentStory> awake() {
        List<TorrentStory> some = new ArrayList<>();
        for (TorrentStory story : torrents.values()) {
            if (story.awake()) {
                some.add(story);
            }
        }
        return some;
    }

    void remove(InfoHash hash) {
        torrents.remove(hash);
        turns.remove(hash);
        names.remove(MseHandshake.nameOf(hash));
        giveTurns();
    }

    /** Those of which only the magnet link is known; what connections and devices do concerns them, too. */
    MagnetList magnets() {
        return magnets;
    }

    Collection<TorrentStory> all() {
        return torrents.values();
    }

    /** The order that was kept, before the torrents are put in. */
    void recallQueue(List<InfoHash> kept) {
        turns.recall(kept);
    }

    /** Moves a torrent in the queue, which is kept. */
    void move(InfoHash hash, QueueMove where) {
        turns.move(hash, where, torrents.keySet(), order -> services.ifPresent(s -> s.journal().saveQueue(order)));
    }

    /** Lets the first downloads and seeds run, within the limits; the others wait. */
    void giveTurns() {
        services.ifPresent(s -> {
            if (s.bandwidth().stopped()) {
                suspendAll();
            } else {
                turns.give(awake(), torrents.keySet(), s.settings().get().limits(), Roster::alone);
            }
        });
    }

    /** Hears of a torrent that has been shared enough and is to leave the list. */
    void onSpent(Consumer<InfoHash> listener) {
        spent = listener;
    }

    private void suspendAll() {
        for (TorrentStory story : torrents.values()) {
            ManagedTorrent torrent = story.torrent();
            if (torrent.course().running() && !torrent.course().idle() && !torrent.trouble().inTrouble()) {
                alone(torrent, torrent.course()::suspend);
            }
        }
    }

    /** Once a second. */
    void tick(long now) {
        List<SavedProgress> progress = new ArrayList<>();
        Map<InfoHash, SeedTime> times = new HashMap<>();
        boolean sync = now - lastSync > SYNC_EVERY;
        List<TorrentStory> awake = awake();
        for (TorrentStory story : List.copyOf(torrents.values())) {
            ManagedTorrent torrent = story.torrent();
            alone(torrent, () -> torrent.tick(now));
            if (sync) {
                torrent.course().sync();
            }
            if (torrent.progress().takeUnsaved()) {
                progress.add(torrent.progress().toSave());
            }
            if ((sync || torrent.course().seeding().countsTime()) && torrent.ledger().seedClock().takeUnsaved()) {
                times.put(torrent.hash(), torrent.ledger().seedClock().time());
            }
            if (torrent.course().seeding().takeSpent()) {
                spent.accept(torrent.hash());
            }
            story.settle();
        }
        if (sync) {
            lastSync = now;
        }
        if (!progress.isEmpty()) {
            services.ifPresent(s -> s.journal().saveProgress(progress));
        }
        if (!times.isEmpty()) {
            services.ifPresent(s -> s.journal().saveSeedTimes(times));
        }
        services.ifPresent(s -> turns.look(awake, s.settings().get().bandwidth().slowBelow(), now));
        giveTurns();
        magnets.tick(now);
    }

    /** Ends the connections with those that are not welcome any more. */
    void shutOut(Predicate<InetAddress> unwelcome) {
        torrents.values().forEach(story -> story.torrent().session().ifPresent(session -> session.swarm().shutOut(unwelcome)));
        magnets.shutOut(unwelcome);
    }

    /** Ends the connections that are secured like this, whichever torrent they are for. */
    void drop(Predicate<LinkSecurity> unwanted) {
        List.copyOf(torrents.values()).forEach(story -> story.torrent().session().ifPresent(session -> session.swarm().drop(unwanted)));
        magnets.drop(unwanted);
    }

    /** The devices with which there is a connection now. */
    Set<DeviceId> connectedDevices() {
        return Stream.concat(swarms().flatMap(swarm -> swarm.securities().stream()), magnets.securities()).flatMap(security -> security.device().stream()).collect(Collectors.toSet());
    }

    private Stream<Swarm> swarms() {
        return awake().stream().flatMap(story -> story.torrent().session().stream()).map(Session::swarm);
    }

    /** What waited for the network goes on. */
    void networkIsBack() {
        torrents.values().forEach(story -> story.torrent().session().ifPresent(Session::networkIsBack));
        magnets.networkIsBack();
    }

    void sample(long now) {
        for (TorrentStory story : awake()) {
            TorrentProgress progress = story.torrent().progress();
            progress.down().sample(now);
            progress.up().sample(now);
            story.torrent().session().ifPresent(session -> session.swarm().sample(now));
        }
    }

    /** @param door how it stands with our port */
    List<TorrentSnapshot> snapshots(PortState.Kind door) {
        List<TorrentSnapshot> all = new ArrayList<>();
        Map<InfoHash, Integer> positions = turns.positions(torrents.keySet());
        if (positions != told) {
            told = positions;
            torrents.values().forEach(TorrentStory::wake);
        }
        long allRate = awake().stream().mapToLong(story -> story.torrent().progress().down().rate()).sum();
        for (TorrentStory story : torrents.values()) {
            if (!story.awake()) {
                story.last().ifPresent(all::add);
                continue;
            }
            int ahead = positions.get(story.torrent().hash()) - 1;
            services.ifPresent(sv -> story.isAmong(new WhyLook.Around(sv.settings().get(), door, sv.bandwidth().state(), ahead, allRate)));
            alone(story.torrent(), () -> all.add(story.snapshot()));
        }
        all.addAll(magnets.snapshots());
        return all;
    }

    /** Whatever goes wrong with one torrent stops that one, not the others. */
    private static void alone(ManagedTorrent torrent, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("torrent {} stumbled", torrent.hash().shortHex(), e);
            torrent.course().fail(Trouble.of(e));
        }
    }

    @Override
    public boolean acceptable(InetAddress host, int connections, int halfOpen, int halfOpenFromHost, int halfOpenFromNetwork) {
        return services.map(s -> {
            boolean banned = s.bans().isBanned(host, System.nanoTime());
            return allowed(s, new PolicyRequest.AcceptPeer(host, connections, halfOpen, halfOpenFromHost, halfOpenFromNetwork, banned), host);
        }).orElse(false);
    }

    /** Devices have come, gone, or are somewhere else: those that may are called, and those that may not stay have to go. */
    void devicesChanged() {
        torrents.values().forEach(story -> alone(story.torrent(), story.torrent()::devicesChanged));
        magnets.devicesChanged();
    }

    @Override
    public Encryption encryption() {
        return services.map(s -> s.settings().get().encryption()).orElse(Encryption.OFF);
    }

    @Override
    public Optional<InfoHash> torrentNamed(Bytes name) {
        return Optional.ofNullable(names.get(name)).filter(hash -> find(hash).filter(torrent -> !torrent.saved().sharing().trustedOnly()).isPresent())
                .or(() -> magnets.named(name));
    }

    @Override
    public boolean mayBePlain(InetAddress host) {
        if (encryption() != Encryption.REQUIRE) {
            return true;
        }
        services.ifPresent(s -> s.events().refused("policy.denied", PLAIN, host.getHostAddress(), Map.of("address", host.getHostAddress())));
        return false;
    }

    @Override
    public Optional<Welcome> welcome(InetAddress host, int port, Handshake theirs) {
        return welcome(host, port, theirs, LinkSecurity.plain());
    }

    /** Whoever a torrent is not for gets what an info-hash gets that is in no list: the connection is closed without a byte. */
    @Override
    public Optional<Welcome> welcome(InetAddress host, int port, Handshake theirs, LinkSecurity security) {
        return theirs.hash().equals(DeviceMessage.CHANNEL) ? security.device().flatMap(this::channel) : toTorrent(host, port, theirs, security);
    }

    private Optional<Welcome> toTorrent(InetAddress host, int port, Handshake theirs, LinkSecurity security) {
        return services.flatMap(s -> find(theirs.hash()).isEmpty() ? toMagnet(s, host, port, theirs, security) : find(theirs.hash()).flatMap(torrent -> {
            Audience audience = new GuestList(s.trust(), s.clock()).at(security, torrent.saved().sharing());
            boolean banned = s.bans().isBanned(host, System.nanoTime());
            int fromHost = torrent.session().map(session -> session.swarm().connectedFrom(host)).orElse(0);
            int connected = FullSwarm.connectionsBeside(torrent.session(), s, host, places ->
                    new PolicyRequest.AdmitPeer(theirs.hash(), host, places, fromHost, banned, true, audience));
            if (torrent.session().isEmpty() || !allowed(s, new PolicyRequest.AdmitPeer(theirs.hash(), host, connected, fromHost, banned, true, audience), host)) {
                return Optional.<Welcome>empty();
            }
            Optional<LinkHandler> handler = torrent.exchange().incoming(host, port);
            return handler.map(h -> new Welcome(Handshake.ours(theirs.hash(), s.peerId())
                    .withDht(torrent.session().filter(session -> session.dhtPort() > 0).isPresent()), torrent.metainfo().pieceCount(), h));
        }));
    }

    private Optional<Welcome> toMagnet(Services s, InetAddress host, int port, Handshake theirs, LinkSecurity security) {
        return magnets.find(theirs.hash()).flatMap(magnet -> magnet.session().flatMap(session -> {
            Audience audience = new GuestList(s.trust(), s.clock()).at(security, magnet.sharing());
            boolean banned = s.bans().isBanned(host, System.nanoTime());
            int connected = session.swarm().connectedPeers();
            int fromHost = session.swarm().connectedFrom(host);
            if (!allowed(s, new PolicyRequest.AdmitPeer(theirs.hash(), host, connected, fromHost, banned, true, audience), host)) {
                return Optional.<Welcome>empty();
            }
            LinkHandler handler = session.swarm().incoming(new PeerAddress(host, Math.max(1, port)));
            return Optional.of(new Welcome(Handshake.ours(theirs.hash(), s.peerId()), FrameDecoder.UNKNOWN_PIECES, handler));
        }));
    }

    /** Devices talk there; in clear this hash is as unknown as any other. */
    private Optional<Welcome> channel(DeviceId device) {
        return services.flatMap(s -> s.trust().find(device).flatMap(known -> exchange.map(talks ->
                new Welcome(Handshake.ours(DeviceMessage.CHANNEL, s.peerId()), 0, talks.incoming(device)))));
    }

    @Override
    public Optional<TlsAnswer> callerOf(InetAddress host, String serverName) {
        return services.flatMap(s -> answer(s, host, s.trust().caller(serverName)));
    }

    private Optional<TlsAnswer> answer(Services s, InetAddress host, Caller caller) {
        Optional<TrustCircle.Open> circle = s.trust().whenOpen();
        return switch (caller.kind()) {
            case PAIRED -> circle.map(open -> TlsAnswer.paired(open.tls(), ((Caller.Paired) caller).device()));
            case AWAITED -> pairings.flatMap(door -> door.awaited(((Caller.Awaited) caller).device()));
            case INVITED -> pairings.flatMap(door -> door.invited(((Caller.Invited) caller).offer()));
            case STRANGER -> {
                Refusal refusal = ((Caller.Stranger) caller).refusal();
                String subject = EVERYDAY.contains(refusal.rule()) ? "" : host.getHostAddress();
                s.events().refused("device.stranger", refusal, subject, Map.of("address", host.getHostAddress()));
                yield Optional.empty();
            }
        };
    }

    @Override
    public void turnedAway(InetAddress host, DeviceId device, CloseReason reason) {
        services.ifPresent(s -> {
            String name = s.trust().find(device).map(known -> known.name().text()).orElse("A device");
            s.events().refused("device.turned-away", new Refusal(reason.rule(), "\"" + name + "\" called, but did not prove to be that device ("
                    + reason.sentence() + "). The connection was closed. If it happens again, pair the two devices anew."), device.shortText(),
                    Map.of("device", device.text(), "address", host.getHostAddress()));
        });
    }

    private static boolean allowed(Services s, PolicyRequest request, InetAddress host) {
        PolicyEngine policy = s.policy();
        return policy.decide(request).fold(() -> true, deny -> {
            boolean full = FULL.contains(deny.refusal().rule());
            String address = host.getHostAddress();
            s.events().refused("policy.denied", deny.refusal(), full ? "" : address, full ? Map.of() : Map.of("address", address));
            return false;
        });
    }
}
