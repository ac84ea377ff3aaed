package org.sallyport.core.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.sallyport.core.discovery.DaemonThreads;
import org.sallyport.core.metainfo.Magnet;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.metainfo.MetainfoReader;
import org.sallyport.core.model.BlocklistState;
import org.sallyport.core.model.EngineSnapshot;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.LocalNetwork;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PortAudit;
import org.sallyport.core.model.QuitMode;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.SharesState;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.persist.SavedMagnet;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.swarm.MetadataHost;
import org.sallyport.core.transport.LocalGroup;
import org.sallyport.core.transport.LocalNetworks;
import org.sallyport.core.transport.NetworkLoop;
import org.sallyport.core.transport.SystemSockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine: takes commands on its own thread, one after another, and carries them to the network thread. */
final class Library implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Library.class);
    private static final long LOOP_ANSWER_SECONDS = 10;

    private final Machinery machinery;
    private final Services services;
    private final Roster roster;
    private final Admissions admissions;
    private final QuitWatch quit;
    private final LoopWatch loopWatch;
    private final PortWatch watch;
    private final NetworkWatch network;
    private final MagnetDesk magnets;
    private final TorrentCommands torrents;
    private final QuarantineDesk quarantine;
    private final Duplicates duplicates;
    private final LocalDiscovery local;
    private final ShareDesk shareDesk;
    private final ShareWatch shareWatch;
    private final ShareList shareList;
    private final DeviceExchange exchange;
    private final CommandThread commands;
    private final DeviceCommands devices;
    private final ExecutorService authors = Executors.newSingleThreadExecutor(DaemonThreads.named("sallyport-create"));
    private final List<Consumer<EngineSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private final List<ScheduledFuture<?>> rhythms = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile EngineSnapshot snapshot;

    Library(Machinery machinery, Services services, Roster roster) {
        this.machinery = machinery;
        this.services = services;
        this.shareList = new ShareList(services.trust());
        this.roster = roster;
        this.commands = new CommandThread(services);
        this.exchange = new DeviceExchange(services, roster);
        this.devices = new DeviceCommands(services, roster, commands, exchange, new DeviceDeals(services, roster, exchange, new Shelf()), this::publish);
        this.admissions = new Admissions(services);
        this.magnets = new MagnetDesk(services, roster, commands, admissions, new MagnetLibrary());
        TorrentDesk desk = new TorrentDesk(services, commands, new TorrentAccess(commands, roster, this::publish));
        this.torrents = new TorrentCommands(desk, admissions, exchange, magnets);
        this.quarantine = new QuarantineDesk(desk);
        this.duplicates = new Duplicates(desk, torrents.trackers());
        this.quit = new QuitWatch(services);
        this.loopWatch = new LoopWatch(services.loop(), NetworkLoop.THREAD, LoopWatch.PATIENCE, services.events()::tell);
        this.local = new LocalDiscovery(new LocalGroup(machinery.loop(), machinery.guard()), services, roster);
        this.shareDesk = new ShareDesk(services, roster, admissions, machinery.directory().path(), new ShareThreads());
        this.shareWatch = new ShareWatch(services, roster);
        this.watch = new PortWatch(SystemSockets.ofThisProcess(), machinery.door()::state,
                () -> local.withExpectedSocket(machinery.door().expectedDatagrams()), machinery.directory().socketFile(), services.clock(),
                services.events()::tell);
        this.network = new NetworkWatch(machinery.guard(), machinery.door(), commands, services.events()::tell,
                () -> services.loop().execute(guarded(() -> {
                    roster.networkIsBack();
                    services.dht().networkIsBack();
                })));
        machinery.blockade().follow(list -> services.loop().execute(guarded(() -> {
            roster.shutOut(list::contains);
            exchange.shutOut(list::contains);
        })));
        this.snapshot = new EngineSnapshot(services.clock().instant(), List.of(), 0, 0, machinery.door().state(), -1, 0);
    }

    /** Starts the rhythms of the network thread: a second for work, half a second for numbers, a minute for a look at our own sockets. */
    void begin() {
        quit.recall();
        roster.onSpent(hash -> remove(hash, false));
        network.begin();
        exchange.begin();
        services.bandwidth().onChanged(roster::giveTurns);
        loopWatch.begin();
        rhythms.add(services.loop().scheduleAtFixedRate(guarded(services.bandwidth()::look), 1000, 1000, TimeUnit.MILLISECONDS));
        rhythms.add(services.loop().scheduleAtFixedRate(guarded(() -> exchange.tick(System.nanoTime())), 1000, 1000, TimeUnit.MILLISECONDS));
        rhythms.add(services.loop().scheduleAtFixedRate(guarded(() -> roster.tick(System.nanoTime())), 1000, 1000, TimeUnit.MILLISECONDS));
        rhythms.add(services.loop().scheduleAtFixedRate(guarded(() -> services.dht().tick(System.nanoTime())), 1000, 1000, TimeUnit.MILLISECONDS));
        rhythms.add(services.loop().scheduleAtFixedRate(guarded(() -> devices.tick(System.nanoTime())), 1000, 1000, TimeUnit.MILLISECONDS));
        rhythms.add(services.loop().scheduleAtFixedRate(guarded(() -> shareWatch.tick(System.nanoTime())), 1000, 1000, TimeUnit.MILLISECONDS));
        rhythms.add(services.loop().scheduleAtFixedRate(guarded(local::tick), 1000, 1000, TimeUnit.MILLISECONDS));
        rhythms.add(services.loop().scheduleAtFixedRate(guarded(this::publish), 500, 500, TimeUnit.MILLISECONDS));
        long ask = services.surroundings().screening().askEvery().toMillis();
        rhythms.add(services.loop().scheduleAtFixedRate(guarded(services.screening()::askSometime), 0, ask, TimeUnit.MILLISECONDS));
        rhythms.add(PortWatch.rhythm(services.loop(), guarded(this::auditPort)));
        // who asks right after the start must not be shown an empty library; the loop has restored the torrents before this runs
        CompletableFuture.runAsync(guarded(this::publish), services.loop()).completeOnTimeout(null, LOOP_ANSWER_SECONDS, TimeUnit.SECONDS).join();
    }

    /** A periodic task that throws is never run again; this one goes on. */
    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("the engine's rhythm stumbled", e);
            }
        };
    }

    private void publish() {
        roster.sample(System.nanoTime());
        var all = roster.snapshots(machinery.door().state().kind());
        SharesState shares = shareList.state(roster, services.places(), services.clock().instant());
        long down = all.stream().mapToLong(t -> t.downRate()).sum();
        long up = all.stream().mapToLong(t -> t.upRate()).sum();
        snapshot = new EngineSnapshot(services.clock().instant(), all, down, up, machinery.door().state().withUnexpected(watch.unexpected()),
                machinery.freeSpace().bytes(), services.port().connections(), quit.look(roster, System.nanoTime()), devices.state(), shares,
                services.bandwidth().state(), services.dht().state(), quarantine.state());
        listeners.forEach(listener -> listener.accept(snapshot));
        quit.endIfDue();
    }

    private <T> CompletableFuture<Outcome<T>> command(Callable<Outcome<T>> work) {
        return commands.run(work);
    }

    private <T> T onLoop(Callable<T> work) throws ExecutionException, TimeoutException {
        return commands.onLoop(work);
    }

    private CompletableFuture<Outcome<InfoHash>> with(InfoHash hash, Consumer<ManagedTorrent> change, Consumer<PendingMagnet> magnetChange) {
        return command(() -> onLoop(() -> {
            Optional<ManagedTorrent> found = roster.find(hash);
            Optional<PendingMagnet> magnet = roster.magnets().find(hash);
            found.ifPresent(change);
            magnet.ifPresent(magnetChange);
            roster.giveTurns();
            roster.magnets().giveTurns();
            publish();
            return found.isPresent() || magnet.isPresent() ? Outcome.done(hash) : unknown(hash);
        }));
    }

    private static <T> Outcome<T> unknown(InfoHash hash) {
        return Outcome.failed("There is no torrent " + hash.shortHex() + "… in the list.");
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> add(AddRequest request) {
        return command(() -> request.source() instanceof AddSource.MagnetLink magnet ? add(magnet.text(), request)
                : admit(MetainfoReader.read(((AddSource.MetainfoFile) request.source()).path()), request));
    }

    private Outcome<InfoHash> add(String link, AddRequest request) throws RefusedException, IOException, ExecutionException, TimeoutException {
        Magnet magnet = Magnet.parse(link);
        Optional<InfoHash> known = duplicates.settle(magnet.hash(), magnet.tiers(), request.mergeTrackers());
        return known.isPresent() ? Outcome.done(known.get()) : magnets.add(link, request);
    }

    /** From the list as it was kept, before anything runs. Network thread. */
    void restore(SavedMagnet saved) {
        magnets.restore(saved);
    }

    private final class MagnetLibrary implements MagnetDesk.Library {
        @Override
        public InfoHash admit(Metainfo metainfo, AddRequest request, Set<MetadataHost.Known> peers)
                throws RefusedException, IOException, ExecutionException, TimeoutException {
            return put(admissions.admit(metainfo, request, new KnownTorrents()), peers);
        }

        @Override
        public void publish() {
            Library.this.publish();
        }
    }

    private Outcome<InfoHash> admit(Metainfo metainfo, AddRequest request) throws RefusedException, IOException, ExecutionException, TimeoutException {
        Optional<InfoHash> known = duplicates.settle(metainfo.hash(), metainfo.tiers(), request.mergeTrackers());
        if (known.isPresent()) {
            return Outcome.done(known.get());
        }
        InfoHash hash = put(admissions.admit(metainfo, request, new KnownTorrents()), Set.of());
        services.events().info("torrent.added", hash, "\"" + metainfo.name() + "\" was added.");
        return Outcome.done(hash);
    }

    /** In the place of its magnet link, if there was one. */
    private InfoHash put(ManagedTorrent torrent, Set<MetadataHost.Known> peers) throws ExecutionException, TimeoutException {
        return onLoop(() -> {
            torrent.acquaint(peers);
            roster.magnets().remove(torrent.hash());
            roster.put(torrent);
            publish();
            return torrent.hash();
        });
    }

    /** What comes from devices, and what is sent to them. */
    private final class Shelf implements DeviceDeals.Library {
        @Override
        public CompletableFuture<Outcome<InfoHash>> add(Metainfo metainfo, AddRequest request) {
            return commands.run(() -> admit(metainfo, request));
        }

        @Override
        public CompletableFuture<Outcome<InfoHash>> share(ShareRequest request) {
            return shareDesk.addChosen(request);
        }
    }

    private final class KnownTorrents implements Admissions.Known {
        @Override
        public boolean has(InfoHash hash) throws ExecutionException, TimeoutException {
            return onLoop(() -> roster.find(hash).isPresent());
        }

        @Override
        public boolean occupies(Path root) throws ExecutionException, TimeoutException {
            return onLoop(() -> roster.all().stream().anyMatch(story -> story.torrent().layout().root().equals(root)));
        }
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> start(InfoHash hash) {
        return with(hash, torrent -> torrent.course().start(), PendingMagnet::start);
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> pause(InfoHash hash) {
        return with(hash, torrent -> torrent.course().pause(), PendingMagnet::pause);
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> addPeers(InfoHash hash, List<PeerAddress> peers) {
        return with(hash, torrent -> torrent.name(peers), magnet -> magnet.name(peers));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> recheck(InfoHash hash) {
        return command(() -> Outcome.done(onLoop(() -> roster.find(hash).map(torrent -> torrent.course().recheck())))).thenCompose(found -> found.fold(
                read -> read.map(future -> future.thenApply(all -> all ? Outcome.done(hash)
                        : Outcome.<InfoHash>failed("The check was stopped before everything was read.")))
                        .orElseGet(() -> CompletableFuture.completedFuture(unknown(hash))),
                refusal -> CompletableFuture.completedFuture(Outcome.refused(refusal)),
                problem -> CompletableFuture.completedFuture(Outcome.failed(problem))));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> remove(InfoHash hash, boolean withData) {
        return command(() -> {
            Optional<Outcome<InfoHash>> magnet = magnets.remove(hash);
            if (magnet.isPresent()) {
                return magnet.get();
            }
            Optional<ManagedTorrent> found = onLoop(() -> {
                Optional<ManagedTorrent> torrent = roster.find(hash);
                torrent.ifPresent(t -> {
                    t.withdraw();
                    roster.remove(hash);
                    publish();
                });
                return torrent;
            });
            if (found.isEmpty()) {
                return unknown(hash);
            }
            ManagedTorrent torrent = found.get();
            List<String> problems = withData && !torrent.saved().existing() ? discard(torrent) : List.of();
            try {
                services.journal().remove(hash).join();
            } catch (CompletionException e) {
                onLoop(() -> {
                    ManagedTorrent again = new ManagedTorrent(services, torrent.metainfo(), torrent.saved(), torrent.ledger().edits());
                    again.verdicts().recall(torrent.verdicts().all());
                    roster.put(again);
                    publish();
                    return true;
                });
                return Outcome.failed("The list of torrents could not be saved, so it stays in the list: " + e.getCause().getMessage());
            }
            services.events().info("torrent.removed", hash, "\"" + torrent.metainfo().name() + "\" was removed from the list.");
            return problems.isEmpty() ? Outcome.done(hash)
                    : Outcome.failed("It was removed from the list, but not all files could be removed. " + String.join(" ", problems));
        });
    }

    /** Before the list is saved: who removes a download because the disk is full needs its room for that. */
    private List<String> discard(ManagedTorrent torrent) {
        torrent.course().held().ifPresent(hold -> hold.over().join());
        services.disk().threads().piecesSettled().join(); // or a late write would leave a part behind
        return CompletableFuture.supplyAsync(() -> torrent.files().moves().discard(services.surroundings().trash()),
                services.disk().threads().housekeeping()).join();
    }

    @Override
    public CompletableFuture<Outcome<TorrentPreview>> inspect(Path metainfo) {
        return command(() -> Outcome.done(MetainfoReader.read(metainfo).preview()));
    }

    @Override
    public CompletableFuture<Outcome<TorrentPreview>> create(CreateRequest request, Consumer<Double> progress) {
        Authoring authoring = new Authoring(request, progress);
        CompletableFuture<Outcome<TorrentPreview>> outcome = commands.run(authors, authoring::run);
        outcome.whenComplete((done, failure) -> authoring.cancelIf(outcome.isCancelled()));
        return outcome;
    }

    @Override
    public CompletableFuture<Outcome<Settings>> changeSettings(Settings wanted) {
        return command(() -> {
            boolean quitBefore = settings().quit().whenComplete();
            Outcome<Settings> outcome = machinery.change(wanted, services.policy());
            network.settle();
            onLoop(() -> {
                if (settings().quit().whenComplete() != quitBefore) {
                    quit.expect(!quitBefore);
                }
                services.bandwidth().look();
                local.tick();
                services.dht().settle(System.nanoTime());
                roster.giveTurns();
                publish();
                return true;
            });
            return outcome;
        });
    }

    @Override
    public CompletableFuture<Outcome<PortAudit>> auditPort() {
        return command(() -> Outcome.done(watch.look()));
    }

    @Override
    public CompletableFuture<Outcome<BlocklistState>> loadBlocklist(Path file) {
        return commands.run(machinery.blockade().thread(), () -> machinery.blockade().load(file));
    }

    @Override
    public CompletableFuture<Outcome<BlocklistState>> clearBlocklist() {
        return commands.run(machinery.blockade().thread(), machinery.blockade()::clear);
    }

    @Override
    public BlocklistState blocklist() {
        return machinery.blockade().state();
    }

    @Override
    public CompletableFuture<Outcome<List<LocalNetwork>>> networks() {
        return command(() -> Outcome.done(LocalNetworks.all()));
    }

    @Override
    public Settings settings() {
        return services.settings().get();
    }

    @Override
    public Devices devices() {
        return devices;
    }

    @Override
    public Torrents torrents() {
        return torrents;
    }

    @Override
    public Quarantine quarantine() {
        return quarantine;
    }

    @Override
    public Shares shares() {
        return shareDesk;
    }

    private final class ShareThreads implements ShareDesk.Threads {
        @Override
        public <T> CompletableFuture<Outcome<T>> command(Callable<Outcome<T>> work) {
            return Library.this.command(work);
        }

        @Override
        public <T> CompletableFuture<Outcome<T>> slow(Callable<Outcome<T>> work) {
            return commands.run(authors, work);
        }

        @Override
        public <T> T onLoop(Callable<T> work) throws ExecutionException, TimeoutException {
            return Library.this.onLoop(() -> {
                T result = work.call();
                publish();
                return result;
            });
        }
    }

    @Override
    public CompletableFuture<Outcome<QuitMode>> quitWhen(QuitMode mode) {
        return quitting(() -> quit.choose(mode, roster));
    }

    @Override
    public CompletableFuture<Outcome<QuitMode>> keepOpen() {
        return quitting(quit::keepOpen);
    }

    private CompletableFuture<Outcome<QuitMode>> quitting(Callable<Outcome<QuitMode>> change) {
        return command(() -> onLoop(() -> {
            Outcome<QuitMode> outcome = change.call();
            publish();
            return outcome;
        }));
    }

    @Override
    public Subscription onQuit(Runnable handler) {
        return quit.onQuit(handler);
    }

    @Override
    public EngineSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public Subscription onSnapshot(Consumer<EngineSnapshot> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public CompletableFuture<Optional<TorrentDetails>> details(InfoHash hash) {
        try {
            return CompletableFuture.supplyAsync(() -> roster.story(hash).map(TorrentStory::details)
                    .or(() -> roster.magnets().find(hash).map(PendingMagnet::details)), services.loop());
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
    }

    @Override
    public CompletableFuture<List<Event>> events(long since, int max) {
        return services.journal().run(db -> db.events(since, max));
    }

    @Override
    public Subscription onEvent(Consumer<Event> listener) {
        return services.events().listen(listener);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        loopWatch.close();
        network.close();
        magnets.close();
        authors.shutdownNow();
        rhythms.forEach(rhythm -> rhythm.cancel(false));
        try {
            commands.close();
            torrents.close();
            services.screening().close();
            services.loop().execute(guarded(services.bandwidth()::look)); // the last second counts, too
            services.loop().execute(devices::end);
            services.loop().execute(guarded(exchange::close));
            services.loop().execute(guarded(local::close));
            CompletableFuture.supplyAsync(() -> CompletableFuture.allOf(Stream.concat(Stream.of(services.dht().end(), roster.magnets().leave()), roster.all().stream()
                    .map(story -> CompletableFuture.allOf(story.torrent().leave(), story.torrent().course().sync())))
                    .toArray(CompletableFuture[]::new)), services.loop()).thenCompose(farewells -> farewells).get(2, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("not everything was said goodbye to in time: {}", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        machinery.close();
    }
}
