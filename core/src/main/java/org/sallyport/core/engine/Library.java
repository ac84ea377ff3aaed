package org.sallyport.core.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.persist.SavedMagnet;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.transport.LocalNetworks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine: takes commands on its own thread, one after another, and carries them to the network thread. */
final class Library implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Library.class);
    private static final long LOOP_ANSWER_SECONDS = 10;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Machinery machinery;
    private final Services services;
    private final Roster roster;
    private final QuitWatch quit;
    private final Watches watches;
    private final MagnetDesk magnets;
    private final TorrentCommands torrents;
    private final RunDesk running;
    private final DetailsDesk details;
    private final QuarantineDesk quarantine;
    private final Intake intake;
    private final SourceReader sources;
    private final PublisherDesk publishers;
    private final ShareDesk shareDesk;
    private final ShareWatch shareWatch;
    private final DeviceExchange exchange;
    private final CommandThread commands;
    private final DeviceCommands devices;
    private final AuthorThread authors;
    private final Removal removal;
    private final Rhythms rhythms;
    private final Bulletin bulletin;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param publishersOf the data directory to which the publisher book belongs */
    Library(Machinery machinery, Services services, Roster roster, Path publishersOf) {
        this.machinery = machinery;
        this.services = services;
        this.roster = roster;
        this.commands = new CommandThread(services);
        WebTorrents web = new WebTorrents(machinery.torrentFetch(), services.trackerPool(), commands, services.clock());
        this.sources = new SourceReader(commands, web);
        this.publishers = new PublisherDesk(publishersOf, services, commands, services.trackerPool(), sources);
        this.authors = new AuthorThread(commands, this::publish, publishers);
        this.exchange = new DeviceExchange(services, roster);
        this.devices = new DeviceCommands(services, roster, commands, exchange,
                new DeviceDeals(services, roster, exchange, new Shelf()), this::publish);
        Admissions admissions = new Admissions(services);
        Placement placement = new Placement(roster, commands, admissions, this::publish);
        this.magnets = new MagnetDesk(services, roster, commands, admissions, placement);
        this.removal = new Removal(services, roster, commands, magnets, this::publish);
        this.rhythms = new Rhythms(services.loop());
        TorrentAccess access = new TorrentAccess(commands, roster, this::publish, this::publishNow);
        TorrentDesk desk = new TorrentDesk(services, commands, access);
        this.running = new RunDesk(access);
        this.details = new DetailsDesk(services, roster);
        this.torrents = new TorrentCommands(desk, admissions, exchange, magnets,
                url -> web.of(url).thenApply(read -> read.map(publishers::withAuthor)));
        this.quarantine = new QuarantineDesk(desk);
        this.intake = new Intake(new Duplicates(desk, torrents.trackers()), placement, magnets, services.events(), services.origins());
        this.quit = new QuitWatch(services);
        this.shareDesk = new ShareDesk(services, roster, admissions, machinery.directory().path(), authors);
        this.shareWatch = new ShareWatch(services, roster);
        this.watches = new Watches(machinery, services, roster, commands);
        machinery.blockade().follow(list -> services.loop().execute(Rhythms.guarded(() -> {
            roster.shutOut(list::contains);
            exchange.shutOut(list::contains);
        })));
        this.bulletin = new Bulletin(machinery, services, roster, new Bulletin.Parts(watches.port(), quit, devices, quarantine));
    }

    /** Starts the rhythms of the network thread: a second for work, half a second for numbers, a minute for a look at our own sockets. */
    void begin() {
        quit.recall();
        roster.onSpent(hash -> remove(hash, false));
        roster.onTurnsDue(bulletin::changed);
        watches.begin();
        exchange.begin();
        services.bandwidth().onChanged(roster::giveTurns);
        rhythms.every(SECOND, services.bandwidth()::look);
        rhythms.every(SECOND, () -> exchange.tick(System.nanoTime()));
        rhythms.every(SECOND, () -> roster.tick(System.nanoTime()));
        rhythms.every(SECOND, () -> services.dht().tick(System.nanoTime()));
        rhythms.every(SECOND, () -> devices.tick(System.nanoTime()));
        rhythms.every(SECOND, () -> shareWatch.tick(System.nanoTime()));
        rhythms.every(SECOND, watches.local()::tick);
        rhythms.every(SECOND.dividedBy(2), this::publishNow);
        services.screening().askSometime();
        rhythms.every(services.surroundings().screening().askEvery(), services.screening()::askNowAndThen);
        rhythms.add(PortWatch.rhythm(services.loop(), Rhythms.guarded(this::auditPort)));
        // who asks right after the start must not be shown an empty library; the loop has restored the torrents before this runs
        CompletableFuture.runAsync(Rhythms.guarded(this::publishNow), services.loop())
                .completeOnTimeout(null, LOOP_ANSWER_SECONDS, TimeUnit.SECONDS).join();
    }

    private void publish() {
        bulletin.changed();
    }

    private void publishNow() {
        bulletin.publish();
    }

    private <T> CompletableFuture<Outcome<T>> command(Callable<Outcome<T>> work) {
        return commands.run(work);
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> add(AddRequest request) {
        if (request.source() instanceof AddSource.MagnetLink magnet) {
            return command(() -> intake.add(magnet.text(), request));
        }
        return sources.read(request.source()).thenCompose(read -> read.then(metainfo -> command(() -> intake.add(metainfo, request))));
    }

    /** Those who call are answered from now on. Network thread. */
    void receive(Reception reception) {
        reception.open(services, exchange, devices.door());
    }

    /** From the list as it was kept, before anything runs. Network thread. */
    void restore(SavedMagnet saved) {
        magnets.restore(saved);
    }

    /** What comes from devices, and what is sent to them. */
    private final class Shelf implements DeviceDeals.Library {
        @Override
        public CompletableFuture<Outcome<InfoHash>> add(Metainfo metainfo, AddRequest request, String device) {
            return commands.run(() -> intake.add(metainfo, request, device));
        }

        @Override
        public CompletableFuture<Outcome<InfoHash>> share(ShareRequest request) {
            return shareDesk.addChosen(request);
        }
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> start(InfoHash hash) {
        return running.start(hash);
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> pause(InfoHash hash) {
        return running.pause(hash);
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> addPeers(InfoHash hash, List<PeerAddress> peers) {
        return running.addPeers(hash, peers);
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> recheck(InfoHash hash) {
        return running.recheck(hash);
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> remove(InfoHash hash, boolean withData) {
        return command(() -> removal.remove(hash, withData));
    }

    @Override
    public CompletableFuture<Outcome<TorrentPreview>> inspect(Path metainfo) {
        return command(() -> Outcome.done(publishers.withAuthor(MetainfoReader.read(metainfo))));
    }

    @Override
    public CompletableFuture<Outcome<TorrentPreview>> create(CreateRequest request, Consumer<Double> progress) {
        return authors.create(request, progress);
    }

    @Override
    public CompletableFuture<Outcome<Settings>> changeSettings(Settings wanted) {
        return command(() -> {
            boolean quitBefore = settings().quit().whenComplete();
            Outcome<Settings> outcome = machinery.change(wanted, services.policy());
            watches.settle();
            commands.onLoop(() -> {
                if (settings().quit().whenComplete() != quitBefore) {
                    quit.expect(!quitBefore);
                }
                services.bandwidth().look();
                watches.local().tick();
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
        return command(() -> Outcome.done(watches.audit()));
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
    public Publishers publishers() {
        return publishers;
    }

    @Override
    public Shares shares() {
        return shareDesk;
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
        return command(() -> commands.onLoop(() -> {
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
        return bulletin.last();
    }

    @Override
    public Subscription onSnapshot(Consumer<EngineSnapshot> listener) {
        return bulletin.listen(listener);
    }

    @Override
    public CompletableFuture<Optional<TorrentDetails>> details(InfoHash hash) {
        return details.of(hash);
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
        watches.close();
        magnets.close();
        authors.close();
        rhythms.close();
        try {
            commands.close();
            torrents.close();
            services.screening().close();
            services.loop().execute(Rhythms.guarded(services.bandwidth()::look)); // the last second counts, too
            services.loop().execute(devices::end);
            services.loop().execute(Rhythms.guarded(exchange::close));
            services.loop().execute(Rhythms.guarded(watches.local()::close));
            CompletableFuture.supplyAsync(this::farewells, services.loop()).thenCompose(told -> told).get(2, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("not everything was said goodbye to in time: {}", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        machinery.close();
    }

    /** On the network thread. @return done when everybody who has to know that we leave does */
    private CompletableFuture<Void> farewells() {
        return CompletableFuture.allOf(Stream.concat(Stream.of(services.dht().end(), roster.magnets().leave()), roster.all().stream()
                .map(story -> CompletableFuture.allOf(story.torrent().leave(), story.torrent().course().sync())))
                .toArray(CompletableFuture[]::new));
    }
}
