package org.sallyport.ui.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.function.UnaryOperator;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.engine.CreateRequest;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.engine.AddSource;
import org.sallyport.core.model.BandwidthState;
import org.sallyport.core.model.BlocklistState;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.DhtState;
import org.sallyport.core.model.EngineSnapshot;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.FileChecks;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.LocalNetwork;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PortAudit;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.Provenance;
import org.sallyport.core.model.QuitMode;
import org.sallyport.core.model.QuitState;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.SocketSnapshot;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.settings.Settings;

/** A library of torrents without network or disk: commands change the list, the next snapshot shows it. For window tests. */
public final class MemoryEngine implements Engine {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(r -> {
        Thread t = new Thread(r, "memory-engine");
        t.setDaemon(true);
        return t;
    });
    private final Map<InfoHash, TorrentSnapshot> torrents = new LinkedHashMap<>();
    private final Map<InfoHash, TorrentPreview> infos = new LinkedHashMap<>();
    private final Map<Path, Outcome<TorrentPreview>> metainfos = new LinkedHashMap<>();
    private final List<Consumer<EngineSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final Map<InfoHash, Provenance> provenances = new ConcurrentHashMap<>();
    private final List<CreateRequest> creations = new CopyOnWriteArrayList<>();
    private final List<AddRequest> adds = new CopyOnWriteArrayList<>();
    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
    private volatile Settings settings = Settings.DEFAULT.withPort(51413).withWelcomed(true);
    private volatile PortState port = new PortState(51413, PortState.Kind.OPEN, "One port: 51413, open");
    private volatile QuitState quit = QuitState.NONE;
    private final MemoryPublishers publishers = new MemoryPublishers();
    private final MemoryTorrents changes = new MemoryTorrents(new ChangesHost());
    private final MemoryShares shares = new MemoryShares(new SharesHost());
    private volatile List<SocketSnapshot> sockets = List.of(
            new SocketSnapshot("tcp6", "::", 51413, SocketSnapshot.State.LISTENING, "the one port, for peers", true),
            new SocketSnapshot("tcp6", "10.0.0.5", 51413, SocketSnapshot.State.CONNECTED, "a peer that came in through the one port", true),
            new SocketSnapshot("tcp6", "10.0.0.5", 40122, SocketSnapshot.State.CONNECTED, "a peer or tracker that Sallyport called", true),
            new SocketSnapshot("unix", "/home/me/.local/share/sallyport/control", 0, SocketSnapshot.State.LOCAL, "commands of this user", true));
    private volatile String auditSentence = "One port: 51413, open, and nothing else.";
    private volatile BlocklistState blocklist = BlocklistState.NONE;
    private final MemoryQuarantine quarantine = new MemoryQuarantine(this);
    private final MemoryDevices devices;
    private volatile BandwidthState bandwidth = BandwidthState.FREE;
    private volatile DhtState dht = new DhtState(true, 214, "Connected to 214 others");
    private volatile EngineSnapshot latest;
    private volatile CountDownLatch creationMayEnd = new CountDownLatch(0);

    public MemoryEngine() {
        this("This computer");
    }

    /** @param deviceName what it calls itself towards other devices */
    public MemoryEngine(String deviceName) {
        devices = new MemoryDevices(this, deviceName);
        latest = make();
        thread.scheduleAtFixedRate(this::publish, 250, 250, TimeUnit.MILLISECONDS);
    }

    /** Puts a torrent on the list. */
    public MemoryEngine with(TorrentPreview info, TorrentState state, String sentence, double done) {
        return onThread(() -> {
            infos.put(info.hash(), info);
            torrents.put(info.hash(), Torrents.snapshot(info, state, sentence, done, torrents.size()));
            changes.joined(info.hash());
            publish();
            return this;
        }).join();
    }

    /** What reading {@code file} comes to. */
    public void metainfo(Path file, Outcome<TorrentPreview> outcome) {
        metainfos.put(file, outcome);
    }

    /** Makes creations wait until the latch is open. */
    public void holdCreations(CountDownLatch mayEnd) {
        creationMayEnd = mayEnd;
    }

    /** Refuses every command of this name from now on. */
    public void refuse(String name, String rule, String sentence) {
        refusals.put(name, new Refusal(rule, sentence));
    }

    /** Refuses it no longer. */
    public void allow(String name) {
        refusals.remove(name);
    }

    public void port(PortState state) {
        port = state;
    }

    /** What may be sent and received from now on. */
    public MemoryEngine bandwidth(BandwidthState state) {
        return onThread(() -> {
            bandwidth = state;
            publish();
            return this;
        }).join();
    }

    /** How far the end of the program is from now on. */
    public MemoryEngine quit(QuitState state) {
        return onThread(() -> {
            quit = state;
            publish();
            return this;
        }).join();
    }

    /** Where a torrent came from, and who made it. */
    public void provenance(InfoHash hash, Provenance value) {
        provenances.put(hash, value);
        edit(hash, torrent -> Snapshots.from(torrent, value));
    }

    /** What was found in the files of a torrent. */
    public void screened(InfoHash hash, Verdict verdict, FileChecks checks) {
        edit(hash, torrent -> Snapshots.screened(torrent, verdict, checks));
    }

    /** What torrents were asked to be made, in order. */
    public List<CreateRequest> creations() {
        return creations;
    }

    /** Commands in the order they came, such as {@code pause 0123…}. */
    public List<String> commands() {
        return commands;
    }

    public List<AddRequest> adds() {
        return adds;
    }

    private <T> CompletableFuture<T> onThread(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, thread);
    }

    private EngineSnapshot make() {
        List<TorrentSnapshot> all = List.copyOf(torrents.values());
        return new EngineSnapshot(Instant.now(), all, all.stream().mapToLong(TorrentSnapshot::downRate).sum(),
                all.stream().mapToLong(TorrentSnapshot::upRate).sum(), port, 212_400_000_000L, 9, quit, devices.state(), shares.state(),
                bandwidth, dht, quarantine.state());
    }

    private void publish() {
        EngineSnapshot now = make();
        latest = now;
        listeners.forEach(listener -> listener.accept(now));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> add(AddRequest request) {
        return onThread(() -> {
            adds.add(request);
            if (request.source() instanceof AddSource.MagnetLink link && changes.looked(link.text()).isEmpty()) {
                return addUnknown(link.text());
            }
            return whatIs(request.source()).fold(info -> {
                commands.add("add " + info.name());
                if (torrents.containsKey(info.hash()) && !request.mergeTrackers()) {
                    boolean news = !infos.get(info.hash()).tiers().containsAll(info.tiers());
                    return Outcome.<InfoHash>refused(news ? "engine.duplicate-trackers" : "engine.duplicate", "This torrent is on the list already.");
                }
                if (torrents.containsKey(info.hash())) {
                    return Outcome.done(info.hash());
                }
                infos.put(info.hash(), info);
                TorrentState state = request.paused() ? TorrentState.PAUSED : request.existing() ? TorrentState.SEEDING : TorrentState.DOWNLOADING;
                String sentence = request.paused() ? "Paused" : request.existing() ? "Shared with 3 people" : "Downloading from 6 people";
                torrents.put(info.hash(), Torrents.snapshot(info, state, sentence, request.existing() ? 1 : 0.12, torrents.size()));
                changes.joined(info.hash());
                publish();
                return Outcome.done(info.hash());
            }, Outcome::refused, Outcome::failed);
        });
    }

    private Outcome<TorrentPreview> whatIs(AddSource source) {
        if (source instanceof AddSource.WebAddress web) {
            return changes.looked(web.url()).orElseGet(() -> Outcome.failed("The web server could not be reached."));
        }
        return source instanceof AddSource.MagnetLink link ? changes.looked(link.text()).orElseThrow()
                : metainfos.getOrDefault(((AddSource.MetainfoFile) source).path(), Outcome.failed("The file is not there."));
    }

    /** A link of which nobody has told yet what it stands for. */
    private Outcome<InfoHash> addUnknown(String link) {
        InfoHash hash = new InfoHash(link.replaceFirst(".*urn:btih:([0-9a-f]{40}).*", "$1"));
        TorrentPreview info = Torrents.unknown(hash, link.contains("dn=") ? link.replaceFirst(".*dn=([^&]*).*", "$1") : hash.hex());
        commands.add("add " + info.name());
        infos.put(hash, info);
        torrents.put(hash, Torrents.snapshot(info, TorrentState.METADATA, "Asking others for the list of files", 0, torrents.size()));
        changes.joined(hash);
        publish();
        return Outcome.done(hash);
    }

    private CompletableFuture<Outcome<InfoHash>> command(String name, InfoHash hash, Runnable change) {
        return onThread(() -> {
            commands.add(name + " " + hash.hex());
            if (refusals.containsKey(name)) {
                return Outcome.<InfoHash>refused(refusals.get(name));
            }
            if (!torrents.containsKey(hash)) {
                return Outcome.<InfoHash>refused("library.unknown", "This torrent is not on the list.");
            }
            change.run();
            publish();
            return Outcome.done(hash);
        });
    }

    private void state(InfoHash hash, TorrentState state, String sentence) {
        TorrentSnapshot old = torrents.get(hash);
        TorrentSnapshot now = Torrents.snapshot(infos.get(hash), state, sentence, old.progress(), 0);
        torrents.put(hash, Snapshots.inState(old, state, sentence, now));
    }

    @Override
    public MemoryPublishers publishers() {
        return publishers;
    }

    @Override
    public MemoryTorrents torrents() {
        return changes;
    }

    /** What changing torrents asks of the library. */
    private final class ChangesHost implements MemoryTorrents.Host {
        @Override
        public <T> CompletableFuture<T> run(Supplier<T> work) {
            return onThread(work);
        }

        @Override
        public void publish() {
            MemoryEngine.this.publish();
        }

        @Override
        public void note(String command) {
            commands.add(command);
        }

        @Override
        public Optional<Refusal> refusal(String command) {
            return Optional.ofNullable(refusals.get(command));
        }

        @Override
        public Optional<TorrentSnapshot> find(InfoHash hash) {
            return Optional.ofNullable(torrents.get(hash));
        }

        @Override
        public void put(TorrentSnapshot torrent) {
            torrents.put(torrent.hash(), torrent);
        }

        @Override
        public List<List<String>> trackersOf(InfoHash hash) {
            return infos.get(hash).tiers();
        }
    }

    /** One thing of a torrent changes by itself. */
    public void edit(InfoHash hash, UnaryOperator<TorrentSnapshot> edit) {
        onThread(() -> {
            torrents.computeIfPresent(hash, (h, torrent) -> edit.apply(torrent));
            publish();
            return hash;
        }).join();
    }

    @Override
    public MemoryQuarantine quarantine() {
        return quarantine;
    }

    @Override
    public MemoryDevices devices() {
        return devices;
    }

    /** A snapshot with what is new goes out soon. */
    void changed() {
        if (!thread.isShutdown()) {
            thread.execute(this::publish);
        }
    }

    void note(String command) {
        commands.add(command);
    }

    Optional<Refusal> refusal(String command) {
        return Optional.ofNullable(refusals.get(command));
    }

    /** Puts on the list what goes to a paired device or comes from one. */
    InfoHash take(String name, long bytes, boolean own) {
        TorrentPreview info = Torrents.preview(name, name + "/a.bin", bytes);
        with(info, own ? TorrentState.SEEDING : TorrentState.DOWNLOADING, own ? "Offered, waiting "
                + "for a yes" : "Downloading from 1 person", own ? 1 : 0.1);
        return info.hash();
    }

    @Override
    public MemoryShares shares() {
        return shares;
    }

    /** What sharing asks of the library. */
    private final class SharesHost implements MemoryShares.Host {
        @Override
        public <T> CompletableFuture<T> run(Supplier<T> work) {
            return onThread(work);
        }

        @Override
        public void publish() {
            MemoryEngine.this.publish();
        }

        @Override
        public void note(String command) {
            commands.add(command);
        }

        @Override
        public Optional<Sharing> change(InfoHash hash, UnaryOperator<Sharing> change) {
            TorrentSnapshot now = torrents.computeIfPresent(hash, (h, torrent) -> Snapshots.shared(torrent, change.apply(torrent.sharing())));
            return Optional.ofNullable(now).map(TorrentSnapshot::sharing);
        }

        @Override
        public Optional<Refusal> refusal(String command) {
            return Optional.ofNullable(refusals.get(command));
        }

        @Override
        public String nameOf(String device) {
            return devices.state().devices().stream().filter(d -> d.id().equals(device)).map(DeviceSnapshot::name).findFirst().orElse(device);
        }
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> start(InfoHash hash) {
        return command("start", hash, () -> state(hash, TorrentState.DOWNLOADING, "Downloading from 6 people"));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> pause(InfoHash hash) {
        return command("pause", hash, () -> state(hash, TorrentState.PAUSED, "Paused"));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> remove(InfoHash hash, boolean withData) {
        return command(withData ? "removeData" : "remove", hash, () -> torrents.remove(hash));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> addPeers(InfoHash hash, List<PeerAddress> peers) {
        return command("addPeers " + peers, hash, () -> { });
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> recheck(InfoHash hash) {
        return command("recheck", hash, () -> state(hash, TorrentState.CHECKING, "Checking what is on the disk"));
    }

    @Override
    public CompletableFuture<Outcome<TorrentPreview>> inspect(Path metainfo) {
        return onThread(() -> metainfos.getOrDefault(metainfo, Outcome.failed("The file cannot be read: it is not there.")));
    }

    @Override
    public CompletableFuture<Outcome<TorrentPreview>> create(CreateRequest request, Consumer<Double> progress) {
        creations.add(request);
        commands.add("create " + request.source().getFileName() + " " + request.tiers());
        TorrentPreview made = Torrents.preview(request.source().getFileName().toString(), request.source().getFileName().toString(), 5_000_000);
        metainfos.put(request.target(), Outcome.done(made));
        CountDownLatch mayEnd = creationMayEnd;
        return CompletableFuture.supplyAsync(() -> {
            try {
                progress.accept(0.42);
                if (!mayEnd.await(20, TimeUnit.SECONDS)) {
                    return Outcome.failed("Nobody let it end.");
                }
                Files.writeString(request.target(), "made");
                return Outcome.done(made);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                return Outcome.failed("Interrupted.");
            }
        });
    }

    @Override
    public CompletableFuture<Outcome<Settings>> changeSettings(Settings wanted) {
        return onThread(() -> {
            commands.add("settings");
            if (!Path.of(wanted.downloadFolder().replace("~", "/home")).isAbsolute()) {
                return Outcome.<Settings>refused("settings.folder", "The download folder must be a whole path that begins with /. "
                        + "The old one stays.");
            }
            settings = wanted;
            return Outcome.done(wanted);
        });
    }

    /** What the next audits find. */
    public void audit(List<SocketSnapshot> found, String sentence) {
        sockets = List.copyOf(found);
        auditSentence = sentence;
    }

    @Override
    public CompletableFuture<Outcome<PortAudit>> auditPort() {
        return onThread(() -> {
            commands.add("auditPort");
            return Outcome.done(new PortAudit(Instant.now(), true, sockets, auditSentence));
        });
    }

    @Override
    public CompletableFuture<Outcome<BlocklistState>> loadBlocklist(Path file) {
        return onThread(() -> {
            commands.add("loadBlocklist " + file.getFileName());
            if (refusals.containsKey("loadBlocklist")) {
                return Outcome.<BlocklistState>refused(refusals.get("loadBlocklist"));
            }
            blocklist = new BlocklistState(BlocklistState.Kind.LOADED, 312_480, 3, Instant.parse("2026-03-01T10:15:00Z"),
                    "312,480 address ranges are blocked. 3 lines of its file say nothing and were skipped.");
            return Outcome.done(blocklist);
        });
    }

    @Override
    public CompletableFuture<Outcome<BlocklistState>> clearBlocklist() {
        return onThread(() -> {
            commands.add("clearBlocklist");
            blocklist = BlocklistState.NONE;
            return Outcome.done(blocklist);
        });
    }

    @Override
    public CompletableFuture<Outcome<List<LocalNetwork>>> networks() {
        return onThread(() -> Outcome.done(List.of(new LocalNetwork("eth0", true, List.of("192.168.1.20", "2001:db8::20")),
                new LocalNetwork("lo", true, List.of("127.0.0.1")), new LocalNetwork("wlan0", false, List.of()))));
    }

    @Override
    public BlocklistState blocklist() {
        return blocklist;
    }

    @Override
    public CompletableFuture<Outcome<QuitMode>> quitWhen(QuitMode mode) {
        return quitting("quitWhen", mode, "quitWhen " + mode.kind());
    }

    @Override
    public CompletableFuture<Outcome<QuitMode>> keepOpen() {
        return quitting("keepOpen", quit.mode(), "keepOpen");
    }

    private CompletableFuture<Outcome<QuitMode>> quitting(String name, QuitMode mode, String command) {
        return onThread(() -> {
            commands.add(command);
            if (refusals.containsKey(name)) {
                return Outcome.<QuitMode>refused(refusals.get(name));
            }
            boolean off = mode.kind() == QuitMode.Kind.OFF;
            quit = off ? QuitState.NONE : new QuitState(mode, QuitState.Kind.WAITING, -1, List.of(), List.of(), "Sallyport quits then.", "");
            publish();
            return Outcome.done(mode);
        });
    }

    @Override
    public Subscription onQuit(Runnable handler) {
        return () -> { };
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public EngineSnapshot snapshot() {
        return latest;
    }

    @Override
    public Subscription onSnapshot(Consumer<EngineSnapshot> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public CompletableFuture<Optional<TorrentDetails>> details(InfoHash hash) {
        return onThread(() -> Optional.ofNullable(torrents.get(hash)).map(torrent -> MemoryDetails.of(torrent, infos.get(hash), changes)
                .withProvenance(provenances.getOrDefault(hash, Provenance.UNKNOWN))));
    }

    @Override
    public CompletableFuture<List<Event>> events(long since, int max) {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public Subscription onEvent(Consumer<Event> listener) {
        return () -> { };
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** Waits until all commands sent so far were carried out. */
    public void settle() {
        try {
            onThread(() -> "").get(5, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the engine does not answer", e);
        }
    }
}
