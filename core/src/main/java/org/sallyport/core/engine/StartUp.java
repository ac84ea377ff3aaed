package org.sallyport.core.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.sallyport.core.discovery.DaemonThreads;
import org.sallyport.core.discovery.SourceGate;
import org.sallyport.core.discovery.TorrentFetch;
import org.sallyport.core.discovery.TrackerClient;
import org.sallyport.core.discovery.WebSeedClient;
import org.sallyport.core.engine.EngineStartException.Cause;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.metainfo.MetainfoReader;
import org.sallyport.core.model.AllowedFolder;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.persist.DataDirectory;
import org.sallyport.core.persist.DataDirectoryBusyException;
import org.sallyport.core.persist.PersistException;
import org.sallyport.core.persist.Recovery;
import org.sallyport.core.persist.SavedEdits;
import org.sallyport.core.persist.SavedMagnet;
import org.sallyport.core.persist.SavedTorrent;
import org.sallyport.core.persist.SavedTraffic;
import org.sallyport.core.persist.SavedVerdict;
import org.sallyport.core.persist.StateDatabase;
import org.sallyport.core.policy.PolicyEngine;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.screening.Screening;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.SettingsFile;
import org.sallyport.core.storage.DiskThreads;
import org.sallyport.core.storage.OpenFiles;
import org.sallyport.core.storage.SegmentPool;
import org.sallyport.core.storage.StorageContext;
import org.sallyport.core.swarm.BanList;
import org.sallyport.core.transport.DatagramPort;
import org.sallyport.core.transport.Limiter;
import org.sallyport.core.transport.NetworkGuard;
import org.sallyport.core.transport.NetworkLoop;
import org.sallyport.core.transport.Outlet;
import org.sallyport.core.transport.PeerPort;
import org.sallyport.core.trust.Identity;
import org.sallyport.core.trust.NativeCrypto;
import org.sallyport.core.trust.PeerTls;
import org.sallyport.core.trust.PublisherBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds an engine from its data directory, in the order in which things can fail: lock, settings, state, port. */
final class StartUp {
    private static final Logger LOG = LoggerFactory.getLogger(StartUp.class);
    private static final String USER_AGENT = "Sallyport/0.1";
    /** BEP 20: client and version 0.1.0. */
    private static final String PEER_ID_PREFIX = "-SY0100-";
    /** A tracker that does not answer holds a thread for 30 s; others must not wait for it. Idle threads end. */
    private static final int TRACKER_THREADS = 32;
    private static final long TRACKER_THREAD_IDLE_SECONDS = 30;
    private static final int OPEN_FILES = 256;
    private static final long READ_MEMORY = 32L << 20;

    private static final Settings.Discovery NO_DISCOVERY = new Settings.Discovery(false, List.of(), false, false);

    private StartUp() { }

    static Engine start(EngineOptions options, Surroundings surroundings) throws EngineStartException {
        DataDirectory directory = lock(options);
        try {
            SettingsFile.Loaded loaded = SettingsFile.load(directory.settingsFile());
            StateDatabase database = StateDatabase.open(directory.databaseFile());
            MoveRecovery moves = new MoveRecovery(database);
            List<SavedTorrent> torrents = database.torrents();
            Map<InfoHash, SavedEdits> edits = database.edits();
            boolean moved = moves.run(torrents, edits);
            Saved saved = new Saved(moved ? database.torrents() : torrents, moved ? database.edits() : edits, moves.told(), database.magnets(),
                    database.queue(), database.allowedFolders(), database.meta(ShareDesk.CHOSEN), database.traffic(),
                    database.meta(BandwidthWatch.TOLD), database.meta(Origins.KEY),
                    database.verdicts().stream().collect(Collectors.groupingBy(SavedVerdict::hash)));
            return build(options, surroundings, directory, loaded, database, saved);
        } catch (PersistException e) {
            abandon(directory);
            throw new EngineStartException(Cause.STATE_UNREADABLE, "The saved state cannot be opened: " + e.getMessage(), e);
        }
    }

    private record Saved(List<SavedTorrent> torrents, Map<InfoHash, SavedEdits> edits, List<String> cutShort, List<SavedMagnet> magnets,
            List<InfoHash> queue, List<AllowedFolder> allowedFolders, String chosen, List<SavedTraffic> traffic,
            String toldOfCap, String origins, Map<InfoHash, List<SavedVerdict>> verdicts) {
        /** What is still shared of it. */
        List<Path> chosenPaths() {
            return ShareDesk.paths(chosen).stream().filter(path -> torrents.stream().anyMatch(torrent -> torrent.sharing().shared()
                    && Path.of(torrent.folder()).resolve(torrent.rootName()).equals(path))).toList();
        }
    }

    private static DataDirectory lock(EngineOptions options) throws EngineStartException {
        try {
            return DataDirectory.open(options.dataDirectory());
        } catch (DataDirectoryBusyException e) {
            throw new EngineStartException(Cause.ALREADY_RUNNING,
                    "Sallyport is running with this data folder already. Use that one, or give another folder with --data.", e);
        } catch (IOException e) {
            String sentence = e instanceof FileSystemException ? "The data folder cannot be used. " + DiskTrouble.sentence(e) : e.getMessage();
            throw new EngineStartException(Cause.STATE_UNREADABLE, sentence, e);
        }
    }

    private static void abandon(DataDirectory directory) {
        try {
            directory.close();
        } catch (IOException e) {
            LOG.warn("the lock of the data folder could not be released", e);
        }
    }

    private static Engine build(EngineOptions options, Surroundings surroundings, DataDirectory directory, SettingsFile.Loaded loaded,
            StateDatabase database, Saved saved) throws EngineStartException {
        AtomicReference<Settings> settings = new AtomicReference<>(loaded.settings());
        Clock clock = surroundings.clock();
        Journal journal = new Journal(database);
        EventLog events = new EventLog(journal, clock);
        Blockade blockade = new Blockade(directory.blocklistFile(), clock, events::tell);
        PolicyEngine policy = PolicyEngine.standard(settings::get, blockade::inForce);
        NetworkLoop loop = new NetworkLoop();
        if (NativeCrypto.isReady()) {
            DaemonThreads.named("sallyport-native").newThread(() -> loadNative(directory.keyFolder())).start();
        }
        DiskThreads disk = new DiskThreads(Runtime.getRuntime().availableProcessors());
        OpenFiles files = new OpenFiles(OPEN_FILES);
        StorageContext context = new StorageContext(loop.executor(), disk, files,
                new SegmentPool(settings.get().limits().pieceMemoryBytes()), new SegmentPool(READ_MEMORY));
        Roster roster = new Roster();
        Reception reception = new Reception(roster);
        NetworkGuard guard = new NetworkGuard(loop);
        guard.choose(options.networkInterface().isEmpty() ? settings.get().network().interfaceName() : options.networkInterface());
        Limiter limiter = new Limiter(loop);
        PeerPort port = new PeerPort(loop, reception, guard, limiter, surroundings.handshake().toMillis());
        DatagramPort datagrams = new DatagramPort(loop, guard, new DatagramRules(policy, events));
        Door door = new Door(port, datagrams, guard, options.bind());
        Outlet outlet = new Outlet(loop, guard);
        SourceGate sources = (hash, url, resolved) -> guard.refusal(resolved)
                .or(() -> policy.decide(new PolicyRequest.UseSource(hash, url, resolved)).reason());
        TrackerClient trackers = new TrackerClient(sources, USER_AGENT, outlet, datagrams, loop.executor());
        WebServers webServers = new WebServers(new WebSeedClient(sources, USER_AGENT, outlet), loop.executor(), limiter);
        ThreadPoolExecutor trackerPool = new ThreadPoolExecutor(TRACKER_THREADS, TRACKER_THREADS, TRACKER_THREAD_IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), DaemonThreads.named("sallyport-tracker"));
        trackerPool.allowCoreThreadTimeOut(true);
        Machinery machinery = new Machinery(directory, loop, disk, files, guard, door, trackers, trackerPool, webServers, journal,
                new FreeSpace(() -> settings.get().downloadPath(), disk.housekeeping()), settings, blockade,
                new TorrentFetch(sources, USER_AGENT, outlet));
        DhtDesk dht = new DhtDesk(() -> options.dht() ? settings.get().discovery() : NO_DISCOVERY, datagrams, loop.executor(), trackerPool, outlet,
                new DhtFile(directory.dhtFile(), disk.housekeeping()), events);
        SharePlaces places = new SharePlaces(policy, surroundings.home(), directory.path(), saved.allowedFolders(), saved.chosenPaths());
        OwnDevice own = new OwnDevice(options.bind(), guard::way, door::listenPort);
        BandwidthWatch bandwidth = new BandwidthWatch(limiter, settings::get, clock, journal, events, options.rates(), new DataUse(saved.traffic()),
                saved.toldOfCap());
        Inspector inspector = Inspector.of(new Screening(() -> settings.get().screening(), clock));
        ScreeningDesk screening = new ScreeningDesk(surroundings.screening().inspector().apply(inspector), events);
        Services services = new Services(loop.executor(), port, limiter, bandwidth, datagrams, dht, context, journal, events, policy,
                settings::get, new BanList(), trackers, trackerPool, webServers, screening,
                new Origins(publishers(options, clock), clock, journal, saved.origins()), new TrustCircle(directory.keyFolder(), clock, own),
                places, surroundings, clock, peerId(), door::listenPort);
        blockade.restore();
        try {
            openDoor(options, machinery);
        } catch (IOException e) {
            machinery.close();
            throw new EngineStartException(Cause.PORT_BUSY, "Port " + wantedPort(options, settings.get())
                    + " is used by another program. Close that one, or choose another port with --port.", e);
        }
        try {
            if (settings.get() != loaded.settings()) { // somebody has put others there since
                SettingsFile.save(directory.settingsFile(), settings.get());
            }
        } catch (IOException e) {
            machinery.close();
            throw new EngineStartException(Cause.STATE_UNREADABLE, "The settings cannot be saved in the data folder (" + e.getMessage()
                    + "). Free some space there, or check its permissions.", e);
        }
        report(loaded, database.recovery(), events);
        saved.cutShort().forEach(sentence -> events.tell(Severity.TROUBLE, "torrent.move-cut", sentence, Map.of()));
        services.origins().book().tampered().ifPresent(refusal -> events.tell(Severity.TROUBLE, refusal.rule(), refusal.sentence(), Map.of()));
        Library library = new Library(machinery, services, roster, options.publishersOf());
        loop.executor().execute(() -> {
            roster.open(services);
            library.receive(reception);
            bandwidth.look(); // before a torrent runs: it may be an hour in which none does
            roster.recallQueue(saved.queue());
            saved.torrents().forEach(torrent -> restore(torrent, saved, services, roster));
            saved.magnets().forEach(library::restore);
            roster.giveTurns();
        });
        library.begin();
        services.trust().onChanged(roster::devicesChanged);
        greetDevices(services);
        return library;
    }

    /** Off the way to the first window: reading the key takes a moment. Until then devices are strangers that try again, and nobody is called. */
    private static void greetDevices(Services services) {
        TrustCircle circle = services.trust();
        services.journal().run(db -> {
            circle.own().look();
            if (circle.hasIdentity() || !db.devices().isEmpty()) {
                circle.open(db);
                circle.trouble().ifPresent(refusal -> services.events().tell(Severity.TROUBLE, refusal.rule(), refusal.sentence(), Map.of()));
            }
            circle.own().load(db); // only a name: who the devices are must not depend on it
            return true;
        }).whenCompleteAsync((done, failure) -> {
            if (failure != null) {
                LOG.error("no device is trusted: the key of this one cannot be used", failure);
                circle.trouble().ifPresent(refusal -> services.events().tell(Severity.TROUBLE, refusal.rule(), refusal.sentence(), Map.of()));
            }
            if (failure != null && circle.whenOpen().isEmpty() && circle.trouble().isEmpty()) {
                // not settled: an address that is called in clear now could be that of a device (invariants I5, I7)
                services.events().tell(Severity.TROUBLE, "trust.list-unread", "It could not be read which devices are trusted, so nobody is called. "
                        + "Check the permissions of the data folder, and start Sallyport again.", Map.of());
            } else {
                circle.settle();
            }
            circle.serve();
        }, services.loop());
    }

    private static PublisherBook publishers(EngineOptions options, Clock clock) {
        return PublisherBook.open(DataDirectory.keyFolderOf(options.publishersOf()), clock);
    }

    private static int wantedPort(EngineOptions options, Settings settings) {
        return options.port().orElse(settings.port());
    }

    /** There before the first piece is whole and the first device calls or is called, mostly. A window is shown first; it waits for them then. */
    private static void loadNative(Path keyFolder) {
        NativeCrypto.preferDigests();
        if (Identity.exists(keyFolder)) {
            PeerTls.load();
        }
    }

    private static void openDoor(EngineOptions options, Machinery machinery) throws IOException {
        Settings settings = machinery.current().get();
        boolean receiveOnly = options.port().isPresent() ? options.port().getAsInt() == 0 : settings.receiveOnly();
        if (receiveOnly) {
            machinery.door().receiveOnly();
        } else if (wantedPort(options, settings) != 0) {
            machinery.door().open(wantedPort(options, settings));
        } else {
            machinery.current().set(settings.withPort(machinery.door().openFirst()));
        }
    }

    private static void report(SettingsFile.Loaded loaded, Recovery recovery, EventLog events) {
        if (!loaded.problem().isEmpty()) {
            events.tell(Severity.TROUBLE, "settings.damaged", loaded.problem(), Map.of());
        }
        if (!recovery.sentence().isEmpty()) {
            events.tell(Severity.TROUBLE, "state.damaged", recovery.sentence(), Map.of());
        }
    }

    private static void restore(SavedTorrent saved, Saved all, Services services, Roster roster) {
        try {
            Metainfo metainfo = MetainfoReader.read(saved.metainfo().toArray());
            ManagedTorrent torrent = new ManagedTorrent(services, metainfo, saved, all.edits().getOrDefault(saved.hash(), SavedEdits.NONE));
            torrent.verdicts().recall(all.verdicts().getOrDefault(saved.hash(), List.of()));
            roster.restore(torrent);
        } catch (RefusedException e) {
            LOG.error("the saved torrent {} cannot be read any more", saved.hash().shortHex(), e);
            services.events().tell(Severity.TROUBLE, "torrent.unreadable", "A saved torrent cannot be read any more: "
                    + e.refusal().sentence(), Map.of("hash", saved.hash().hex(), "rule", e.refusal().rule()));
        }
    }

    private static Bytes peerId() {
        byte[] id = new byte[20];
        new SecureRandom().nextBytes(id);
        byte[] prefix = PEER_ID_PREFIX.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(prefix, 0, id, 0, prefix.length);
        return Bytes.copyOf(id);
    }
}
