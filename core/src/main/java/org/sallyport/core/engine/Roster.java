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
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.QueueMove;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.persist.SavedProgress;
import org.sallyport.core.persist.SeedTime;
import org.sallyport.core.swarm.Swarm;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.wire.MseHandshake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The torrents of the library in the order they were added, and whose turn it is. Network thread only. */
final class Roster {
    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);
    private static final long SYNC_EVERY = TimeUnit.SECONDS.toNanos(30);

    private final Map<InfoHash, TorrentStory> torrents = new LinkedHashMap<>();
    private final WakeList<TorrentStory> wakes = new WakeList<>();
    /** By what obfuscated callers name them. */
    private final Map<Bytes, InfoHash> names = new HashMap<>();
    private final TakenPlaces places = new TakenPlaces();
    private final MagnetList magnets = new MagnetList();
    private final Turns turns = new Turns();
    private Consumer<InfoHash> spent = hash -> { };
    private Runnable turnsDue = () -> { };
    private boolean someTurnIsDue;
    private boolean suspended;
    private Optional<Services> services = Optional.empty();
    private long lastSync = System.nanoTime();
    /** The places in the queue that the snapshots tell. */
    private Map<InfoHash, Integer> told = Map.of();
    private List<TorrentSnapshot> snapshots = List.of();
    private int snapshotsOf = -1;
    private int added;

    void open(Services open) {
        services = Optional.of(open);
    }

    /** Turns are given before it is told of, once for all that come in a moment. */
    void put(ManagedTorrent torrent) {
        restore(torrent);
        someTurnIsDue = true;
    }

    /** One of many: whoever puts them in {@linkplain #giveTurns() gives turns} when all are there. */
    void restore(ManagedTorrent torrent) {
        Optional<TorrentStory> before = Optional.ofNullable(torrents.get(torrent.hash()));
        before.ifPresent(this::forget);
        TorrentStory story = new TorrentStory(torrent, before.map(TorrentStory::number).orElseGet(() -> added++));
        torrents.put(torrent.hash(), story);
        wakes.add(story);
        turns.add(torrent.hash());
        places.take(torrent.layout().root());
        torrent.onComplete(this::aTurnIsFree);
        names.put(MseHandshake.nameOf(torrent.hash()), torrent.hash());
    }

    /** For whoever does something with it, or wants to know. */
    Optional<ManagedTorrent> find(InfoHash hash) {
        return story(hash).map(TorrentStory::torrent);
    }

    /** @param name {@link MseHandshake#nameOf} of its info-hash */
    Optional<ManagedTorrent> named(Bytes name) {
        return Optional.ofNullable(names.get(name)).flatMap(this::find);
    }

    Optional<TorrentStory> story(InfoHash hash) {
        Optional<TorrentStory> found = Optional.ofNullable(torrents.get(hash));
        found.ifPresent(wakes::wake);
        return found;
    }

    /** Those that do something, or were asked for in the last second; what runs is among them. */
    List<TorrentStory> awake() {
        return wakes.awake();
    }

    /** Those, and of the others all that are shared, hold files, or are shared only until some day. */
    List<TorrentStory> noted() {
        return wakes.noted();
    }

    void remove(InfoHash hash) {
        Optional.ofNullable(torrents.remove(hash)).ifPresent(this::forget);
        turns.remove(hash);
        names.remove(MseHandshake.nameOf(hash));
        giveTurns();
    }

    private void forget(TorrentStory story) {
        wakes.remove(story);
        places.leave(story.torrent().layout().root());
    }

    /** Where they are. */
    TakenPlaces places() {
        return places;
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
        someTurnIsDue = false;
        services.ifPresent(s -> {
            if (s.bandwidth().stopped() != suspended) {
                suspended = s.bandwidth().stopped();
                List.copyOf(wakes.waiting()).forEach(wakes::wake); // they wait for something else from now on
            }
            if (suspended) {
                Turns.suspend(awake(), Roster::alone);
            } else {
                turns.give(wakes, torrents.keySet(), s.settings().get().limits(), Roster::alone);
            }
        });
    }

    /** Hears of a torrent that has been shared enough and is to leave the list. */
    void onSpent(Consumer<InfoHash> listener) {
        spent = listener;
    }

    /** Likewise if somebody came or a download became complete since. */
    void giveDueTurns() {
        if (someTurnIsDue) {
            giveTurns();
        }
    }

    private void aTurnIsFree() {
        someTurnIsDue = true;
        turnsDue.run();
    }

    /** Is to {@linkplain #giveDueTurns() give} those that are due, soon. */
    void onTurnsDue(Runnable listener) {
        turnsDue = listener;
    }

    /** Once a second. */
    void tick(long now) {
        List<SavedProgress> progress = new ArrayList<>();
        Map<InfoHash, SeedTime> times = new HashMap<>();
        boolean sync = now - lastSync > SYNC_EVERY;
        List<TorrentStory> awake = awake();
        for (TorrentStory story : sync ? List.copyOf(torrents.values()) : wakes.due()) {
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
            if (torrents.get(torrent.hash()) == story) { // what has just been shared enough may be gone
                wakes.settle(story);
            }
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
        return Stream.concat(swarms().flatMap(swarm -> swarm.securities().stream()), magnets.securities())
                .flatMap(security -> security.device().stream()).collect(Collectors.toSet());
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

    /** The same instance as before while nothing happens. @param door how it stands with our port */
    List<TorrentSnapshot> snapshots(PortState.Kind door) {
        Map<InfoHash, Integer> positions = turns.positions(torrents.keySet());
        if (positions != told) {
            told = positions;
            torrents.values().forEach(wakes::wake);
        }
        if (awake().isEmpty() && wakes.changes() == snapshotsOf && magnets.all().isEmpty()) {
            return snapshots;
        }
        List<TorrentSnapshot> all = new ArrayList<>();
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
        snapshotsOf = magnets.all().isEmpty() ? wakes.changes() : -1;
        snapshots = List.copyOf(all);
        return snapshots;
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

    /** Devices have come, gone, or are somewhere else: those that may are called, and those that may not stay have to go. */
    void devicesChanged() {
        torrents.values().forEach(story -> alone(story.torrent(), story.torrent()::devicesChanged));
        magnets.devicesChanged();
    }
}
