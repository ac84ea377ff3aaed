package org.sallyport.core.engine;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.persist.SavedEdits;
import org.sallyport.core.persist.SavedTorrent;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.storage.Checker;
import org.sallyport.core.storage.FileMoves;
import org.sallyport.core.storage.Layout;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.storage.TorrentStorage;
import org.sallyport.core.swarm.MetadataHost;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.transport.Meter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One torrent of the library through its life: look and check, exchange, release, seed, trouble. It does one of these at
 * a time. Network thread only; work on disk goes to disk threads and comes back.
 */
final class ManagedTorrent implements Upkeep.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(ManagedTorrent.class);

    private final Services services;
    private final Metainfo metainfo;
    private final NameLook names;
    private final Layout layout;
    private final TorrentStorage storage;
    private final FileMoves moves;
    private final TorrentProgress progress;
    private final Upkeep upkeep;
    private final Offer offer;
    private final TroubleWatch watch;
    private final SeedClock seedClock;
    private final Meter meter;
    private List<FileEntry> wantedFiles;
    private final Map<Integer, Verdict> verdicts = new HashMap<>();
    private SavedTorrent saved;
    private List<PeerAddress> namedPeers = List.of();
    private Set<MetadataHost.Known> knownPeers = Set.of();
    private boolean running;
    private boolean queued;
    private boolean releasing;
    private boolean releaseAgain;
    private boolean spent;
    private boolean removed;
    private Optional<Session> session = Optional.empty();
    private Optional<Hold> hold = Optional.empty();
    private SavedEdits edits;

    ManagedTorrent(Services services, Metainfo metainfo, SavedTorrent saved) {
        this(services, metainfo, saved, SavedEdits.NONE);
    }

    ManagedTorrent(Services services, Metainfo metainfo, SavedTorrent saved, SavedEdits edits) {
        this.edits = edits;
        this.services = services;
        this.metainfo = metainfo;
        this.names = new NameLook(metainfo);
        this.saved = saved;
        this.running = saved.running();
        this.meter = services.limiter().meter();
        this.watch = new TroubleWatch(services.surroundings().troubleWait());
        this.layout = new Layout(metainfo, Path.of(saved.folder()), saved.rootName(), edits.renamed());
        metainfo.files().stream().map(FileEntry::index).filter(file -> saved.existing() || saved.released().contains(file)).forEach(layout::markReleased);
        this.storage = new TorrentStorage(metainfo, layout, services.disk());
        this.storage.gate().onBreach(this::breached);
        this.offer = new Offer(services, metainfo.hash(), storage.gate());
        this.moves = new FileMoves(storage, layout);
        this.progress = new TorrentProgress(metainfo, saved.progress());
        this.seedClock = new SeedClock(saved.seedTime());
        this.wantedFiles = chosenFiles();
        progress.want(wantedFiles);
        this.upkeep = new Upkeep(services, metainfo, layout, storage, moves, progress, saved.existing(), this);
    }

    private List<FileEntry> chosenFiles() {
        return metainfo.files().stream().filter(file -> !file.pad() && saved.options().priority(file.index()) != FilePriority.SKIP).toList();
    }

    NameLook names() {
        return names;
    }

    Meter meter() {
        return meter;
    }

    List<FileEntry> wantedFiles() {
        return wantedFiles;
    }

    /** Addresses to dial whenever it runs. */
    void name(List<PeerAddress> peers) {
        namedPeers = List.copyOf(peers);
        session.ifPresent(now -> now.name(namedPeers));
    }

    /** Addresses that gave its metadata, or may have: known when it first runs. Those of a private torrent come from its trackers only (BEP 27). */
    void acquaint(Set<MetadataHost.Known> peers) {
        knownPeers = saved.sharing().trustedOnly() || metainfo.privateTorrent() ? Set.of() : Set.copyOf(peers);
    }

    /** Everything is to be read before anything is trusted: existing data, or parts left by an earlier download. */
    void checkEverything() {
        upkeep.checkEverything();
    }

    InfoHash hash() {
        return metainfo.hash();
    }

    Metainfo metainfo() {
        return metainfo;
    }

    SavedTorrent saved() {
        return saved;
    }

    /** The same as far as it has come now. */
    SavedTorrent reached() {
        return saved.at(running, progress.toSave(), seedClock.time());
    }

    SavedEdits edits() {
        return edits;
    }

    /** As the user calls it. */
    String name() {
        return edits.name().isEmpty() ? metainfo.name() : edits.name();
    }

    /** Its trackers: those of the user, or its own. */
    List<List<String>> tiers() {
        return edits.ownTrackers() ? edits.trackers() : metainfo.tiers();
    }

    /** In force at once, but for where its files are. @return done when it is kept */
    CompletableFuture<Boolean> edit(SavedEdits now) {
        edits = now;
        session.ifPresent(s -> s.retrack(tiers()));
        return services.journal().saveEdits(hash(), now);
    }

    /** Stops all work with its files, for somebody else's; {@link Hold#quiet} is done when nothing of it is left. */
    void hold(Hold by) {
        hold = Optional.of(by);
        by.leaves(session.map(Session::end).orElseGet(() -> CompletableFuture.completedFuture(null)));
        session = Optional.empty();
        upkeep.interrupt();
        quieten();
    }

    Optional<Hold> held() {
        return hold;
    }

    private void quieten() {
        if (!upkeep.busy() && !releasing) {
            hold.ifPresent(Hold::isQuiet);
        }
    }

    /** The work with its files is over, and they are as they were. */
    void letGo() {
        hold = Optional.empty();
        upkeep.lookAgain();
        activate();
    }

    /** Its files are elsewhere now, or called otherwise: this one ends, and the other goes on where it stopped. */
    ManagedTorrent successor(String folder, String rootName, SavedEdits now) {
        ManagedTorrent next = new ManagedTorrent(services, metainfo, reached().withPlace(folder, rootName), now);
        next.verdicts.putAll(verdicts);
        next.namedPeers = namedPeers;
        next.upkeep.inherit(upkeep);
        removed = true;
        upkeep.cancel();
        return next;
    }

    TorrentProgress progress() {
        return progress;
    }

    Layout layout() {
        return layout;
    }

    Offer offer() {
        return offer;
    }

    @Override
    public Sharing sharing() {
        return saved.sharing();
    }

    /** Who may get it from now on; in force at once, also for what is on its way. */
    void share(Sharing sharing) {
        keep(saved.withSharing(sharing));
        if (session.isEmpty() && !upkeep.busy()) {
            upkeep.lookAgain(); // nobody has watched over its files while it was not sent
        }
        reviewOffer();
    }

    void decideOffer() {
        offer.decide(offered());
    }

    /** Nobody gets a byte of it any more, also not what waits in a connection; a download that is not complete goes on. */
    void stopSharing() {
        share(Offer.ended(saved.sharing()));
        if (complete()) {
            pause();
        } else {
            endSession();
            activate();
        }
    }

    /** What the files were when they were last known to be right. */
    String fileNotes() {
        return FileSurvey.notes(storage.gate().expected());
    }

    /**
     * Replaces what the user chose, checked already; in force at once. A complete torrent that had ended goes on when with that it
     * lacks something: a file is wanted after all.
     */
    void choose(TorrentOptions options) {
        TorrentOptions before = saved.options();
        boolean wasComplete = complete();
        saved = saved.withOptions(options);
        if (!before.priorities().equals(options.priorities())) {
            wantedFiles = chosenFiles();
            progress.want(wantedFiles);
            running |= wasComplete && !complete();
        }
        keep(saved);
        meter.limit(options.downLimit(), options.upLimit());
        session.ifPresent(now -> now.choose(before, options));
        reviewOffer();
    }

    /** How long it has been offered counts for its goal, so it is kept every second. */
    boolean countsTime() {
        return saved.options().goal().minutes() > 0 || saved.options().goal().idleMinutes() > 0;
    }

    SeedClock seedClock() {
        return seedClock;
    }

    /** How much it has been shared. */
    SeedReach reach() {
        return new SeedReach(progress.uploadedBytes(), progress.shareBase(), seedClock.time());
    }

    /** Whether it has been shared enough and is to leave the list; once. */
    boolean takeSpent() {
        boolean now = spent;
        spent = false;
        return now;
    }

    boolean running() {
        return running;
    }

    boolean complete() {
        return progress.complete() && !upkeep.checkNeeded();
    }

    Optional<Session> session() {
        return session;
    }

    Optional<Checker> checker() {
        return upkeep.checker();
    }

    /** About to be looked at or checked, before anything else. */
    boolean checkAhead() {
        return running && !queued && session.isEmpty() && (upkeep.needed() || upkeep.busy());
    }

    boolean releasing() {
        return releasing;
    }

    boolean queued() {
        return queued;
    }

    /** Its files are being looked at or checked, or are about to be. */
    boolean filesAtWork() {
        return upkeep.busy() || checkAhead() || hold.isPresent();
    }

    /** Complete, and all that is wanted has left quarantine. */
    boolean delivered() {
        return complete() && wantedFiles.stream().allMatch(file -> layout.isReleased(file.index()));
    }

    /** All that is wanted is there, but files were left in quarantine, because others that held them up were skipped while it was paused. */
    boolean awaitsRelease() {
        return wantedFiles.stream().anyMatch(file -> !layout.isReleased(file.index()) && verdict(file.index()).isEmpty());
    }

    TroubleWatch trouble() {
        return watch;
    }

    Optional<Verdict> verdict(int file) {
        return Optional.ofNullable(verdicts.get(file));
    }

    /** The user wants it to run; the queue decides when. A seed that had reached its goal goes on without one. */
    void start() {
        running = true;
        watch.clear();
        boolean reached = complete() && reach().reaches(saved.options().goal());
        seedClock.forgetIdle();
        keep(reached ? saved.withOptions(saved.options().withGoal(SeedGoal.NONE)) : saved);
    }

    void pause() {
        running = false;
        queued = false;
        watch.clear();
        upkeep.cancel();
        upkeep.lookAgain();
        endSession();
        keep(saved);
        sync();
    }

    /** Reads everything again, as soon as nothing else is done with the files. @return whether it was all read */
    CompletableFuture<Boolean> recheck() {
        endSession();
        watch.clear();
        CompletableFuture<Boolean> read = upkeep.recheck();
        activate();
        return read;
    }

    /** Waits for a free slot; what it does with its files comes to its end first. */
    void queue() {
        if (upkeep.busy() || releasing || hold.isPresent()) {
            return;
        }
        if (session.isPresent()) {
            endSession();
            upkeep.lookAgain();
            sync();
        }
        queued = true;
    }

    /** Nothing may be exchanged for a time: no connection stays. What it does with its files goes on. */
    void suspend() {
        if (session.isPresent()) {
            endSession();
            upkeep.lookAgain();
            sync();
        }
        queue();
    }

    /** Why nobody exchanges anything now; empty when it is not so. */
    String suspended() {
        return services.bandwidth().stopped() ? services.bandwidth().state().sentence() : "";
    }

    /** It is its turn: look, check what must be checked, exchange. Does nothing while something else is under way. */
    void activate() {
        quieten();
        boolean free = !removed && hold.isEmpty() && session.isEmpty() && !upkeep.busy() && !releasing && !watch.inTrouble();
        if (!free || !running && !upkeep.wanted()) {
            return;
        }
        queued = false;
        if (upkeep.needed()) {
            upkeep.step();
        } else if (running && saved.existing() && !progress.complete()) {
            differs();
        } else if (running && !idle() && !services.bandwidth().stopped()) {
            exchange();
        }
    }

    @Override
    public void filesSettled(boolean checked) {
        if (checked) {
            Set<Integer> released = new HashSet<>();
            metainfo.files().stream().map(FileEntry::index).filter(layout::isReleased).forEach(released::add);
            keep(saved.existing() ? saved : saved.withReleased(released));
            if (!upkeep.checkNeeded()) {
                noteFiles();
            }
            saveProgress();
        }
        activate();
    }

    @Override
    public void upkeepFailed(StorageException trouble) {
        fail(trouble);
    }

    @Override
    public void looked(Optional<Refusal> place) {
        offer.placed(place);
    }

    /** Own files are shared as they were when the user shared them, or not at all. */
    @Override
    public boolean endedBy(FileSurvey found) {
        if (!saved.sharing().shared() || removed) {
            return false;
        }
        List<FileEntry> other = Stream.concat(found.missing().stream(), found.changed().stream()).toList();
        if (found.folderGone() || !other.isEmpty()) {
            changed(found.folderGone() ? "The folder it lies in" : "\"" + other.get(0).path() + "\"", !found.changed().isEmpty());
        } else if (offer.place().isPresent()) {
            Refusal refused = offer.place().get();
            services.events().refused("policy.denied", refused, hash().hex(), Map.of("hash", hash().hex()));
            halt(new StorageException(StorageException.Kind.GATE, refused.sentence()));
        }
        return watch.inTrouble();
    }

    private void changed(String what, boolean there) {
        String sentence = what + (there ? " was changed, replaced or moved" : " is not there any more, or its size has changed")
                + " since \"" + metainfo.name() + "\" was shared, so nobody gets it now. If it is right, share it again.";
        if (halt(new StorageException(StorageException.Kind.GATE, sentence))) {
            services.events().refused("share.changed", new Refusal("share.changed", sentence), hash().hex(), Map.of("hash", hash().hex()));
        }
    }

    /** The gate shut itself: a file was not the one that may be read. */
    private void breached(Refusal refusal, String file) {
        if (removed || session.isEmpty()) {
            return;
        }
        services.events().refused("share.gate", refusal, hash().hex(), Map.of("hash", hash().hex(), "path", file));
        // a download's files may change: they are checked again, and shared again if they are right
        halt(new StorageException(saved.sharing().shared() ? StorageException.Kind.GATE : StorageException.Kind.CHANGED, refusal.sentence()));
    }

    @Override
    public boolean gone() {
        return removed;
    }

    /** Complete, and nobody may be sent anything of it: there is nothing to run for. */
    boolean idle() {
        return complete() && !offered() && delivered();
    }

    /** Whether policy lets anybody have bytes of it. */
    boolean offered() {
        return services.policy().decide(new PolicyRequest.ServePeer(hash(), saved.sharing().upload(), progress.complete(), guests().anyMember(saved.sharing())))
                .allowed();
    }

    GuestList guests() {
        return new GuestList(services.trust(), services.clock());
    }

    /** Devices were paired, removed, or are somewhere else. */
    void devicesChanged() {
        session.ifPresent(Session::devicesChanged);
    }

    private void reviewOffer() {
        if (!releasing && idle()) {
            cutSession();
        } else {
            session.ifPresent(Session::review);
        }
    }

    private void differs() {
        int bad = metainfo.pieceCount() - progress.have().cardinality();
        fail(new StorageException(StorageException.Kind.CHANGED, bad + " of " + metainfo.pieceCount()
                + " parts differ from the torrent, so it is not shared. Put the right files there, then check again."));
    }

    private void exchange() {
        meter.limit(saved.options().downLimit(), saved.options().upLimit());
        Session started = new Session(this, services, storage);
        session = Optional.of(started);
        started.begin(namedPeers);
        knownPeers.forEach(peer -> started.swarm().addPeers(List.of(peer.address()), peer.source()));
        knownPeers = Set.of();
        if (progress.complete()) {
            becameComplete();
        }
    }

    private void endSession() {
        session.ifPresent(Session::end);
        session = Optional.empty();
    }

    private void cutSession() {
        session.ifPresent(Session::cut);
        session = Optional.empty();
    }

    /** Every wanted piece is verified. */
    void becameComplete() {
        decideOffer();
        if (releasing) {
            releaseAgain = true; // a file was chosen meanwhile, and is here already
        } else if (!wantedFiles.stream().allMatch(file -> layout.isReleased(file.index()))) {
            services.events().info("torrent.verified", hash(), "\"" + metainfo.name() + "\" is complete and every part is right.");
            release();
        } else if (!saved.existing()) {
            settle();
        }
    }

    private void release() {
        releasing = true;
        new Release(this, services, moves).run().whenCompleteAsync((outcome, failure) -> {
            releasing = false;
            if (removed) {
                return;
            }
            if (failure != null) {
                LOG.error("the release of {} failed", hash().shortHex(), failure);
                fail(Trouble.of(failure));
                return;
            }
            verdicts.putAll(outcome.verdicts());
            Set<Integer> released = new HashSet<>(saved.released());
            released.addAll(outcome.released());
            keep(saved.withReleased(released));
            progress.synced((BitSet) progress.have().clone());
            saveProgress();
            noteFiles();
            if (outcome.trouble().isPresent()) {
                fail(outcome.trouble().get());
            } else {
                services.events().info("torrent.released", hash(), "\"" + metainfo.name() + "\" is in its folder.");
                released();
            }
            activate(); // a recheck may have been asked for meanwhile
        }, services.loop());
    }

    /** Meanwhile other files may have been chosen. */
    private void released() {
        boolean again = releaseAgain;
        releaseAgain = false;
        if (again && complete()) {
            becameComplete();
        } else if (complete()) {
            settle();
        }
    }

    /** Complete and released: go on seeding, or stop. */
    private void settle() {
        SeedGoal goal = saved.options().goal();
        if (SeedReach.isAtOnce(goal) && goal.then() == SeedGoal.Then.REMOVE) {
            spent = true;
        } else if (SeedReach.isAtOnce(goal)) {
            running = false;
            endSession();
            keep(saved);
        } else if (idle()) {
            endSession();
        }
    }

    /** @return whether it is other trouble than was known */
    private boolean halt(StorageException trouble) {
        cutSession();
        upkeep.lookAgain();
        return watch.report(trouble, System.nanoTime());
    }

    /** Something on disk went wrong: stop and wait until it can go on. */
    void fail(StorageException trouble) {
        if (saved.sharing().shared() && (trouble.kind() == StorageException.Kind.MISSING || trouble.kind() == StorageException.Kind.CHANGED)) {
            changed("A file", trouble.kind() == StorageException.Kind.CHANGED);
        } else if (halt(trouble)) {
            LOG.warn("{} stopped: {}", hash().shortHex(), trouble.getMessage());
            services.events().tell(Severity.TROUBLE, "torrent.trouble", "\"" + metainfo.name() + "\" stopped: " + trouble.getMessage(),
                    Map.of("hash", hash().hex(), "reason", trouble.getMessage(), "kind", trouble.kind().name()));
        }
    }

    /** Once a second. */
    void tick(long now) {
        session.ifPresent(s -> s.tick(now));
        quieten();
        if (session.isPresent() && guests().expired(saved.sharing())) {
            reviewOffer();
        }
        boolean offered = session.isPresent() && !releasing && complete();
        seedClock.tick(now, offered, progress.uploadedBytes());
        if (offered && reach().reaches(saved.options().goal())) {
            sharedEnough();
        }
        if (running && watch.due(now)) {
            tryAgain();
        }
    }

    private void sharedEnough() {
        services.events().info("torrent.seed-goal", hash(), "\"" + metainfo.name() + "\" has been shared as much as was asked.");
        if (saved.options().goal().then() == SeedGoal.Then.REMOVE) {
            spent = true;
        } else {
            pause();
        }
    }

    private void tryAgain() {
        long missing = progress.missingBytes();
        CompletableFuture.runAsync(() -> watch.test(layout, wantedFiles, missing), services.disk().threads().housekeeping())
                .whenCompleteAsync((done, failure) -> {
                    if (failure == null && !removed && watch.recovered(System.nanoTime(), progress.version())) {
                        services.events().info("torrent.recovered", hash(), "\"" + metainfo.name() + "\" goes on.");
                        activate();
                    }
                }, services.loop());
    }

    /** Makes what was verified so far safe against a power cut. @return done when it is */
    CompletableFuture<Void> sync() {
        if (saved.existing() || progress.unsynced().isEmpty()) {
            saveProgress();
            return CompletableFuture.completedFuture(null);
        }
        BitSet now = (BitSet) progress.have().clone();
        return CompletableFuture.runAsync(Trouble.unchecked(moves::sync), services.disk().threads().housekeeping()).whenCompleteAsync((done, failure) -> {
            if (failure == null) {
                progress.synced(now);
                saveProgress();
            }
        }, services.loop());
    }

    private void saveProgress() {
        if (progress.takeUnsaved()) {
            services.journal().saveProgress(List.of(progress.toSave()));
        }
    }

    private void noteFiles() {
        services.journal().saveFileNotes(hash(), fileNotes());
    }

    private void keep(SavedTorrent changed) {
        saved = changed.at(running, progress.toSave(), seedClock.time());
        services.journal().update(saved);
    }

    /** Takes a connection from outside; empty when it does not run. */
    Optional<LinkHandler> incoming(InetAddress host, int port) {
        return session.map(s -> s.swarm().incoming(new PeerAddress(host, Math.max(1, port))));
    }

    /** Stops for good. @return done when trackers know, at the latest after their deadline */
    CompletableFuture<Void> leave() {
        return leave(Session::end);
    }

    /** The same, because nobody may have it any more: nothing of it goes out. */
    CompletableFuture<Void> withdraw() {
        return leave(Session::cut);
    }

    private CompletableFuture<Void> leave(Function<Session, CompletableFuture<Void>> end) {
        removed = true;
        hold.ifPresent(Hold::cancel);
        upkeep.cancel();
        CompletableFuture<Void> told = session.map(end).orElseGet(() -> CompletableFuture.completedFuture(null));
        session = Optional.empty();
        return told;
    }

    /** The network interface that is away, so that it reaches nobody; empty when there is none. */
    String awaitedNetwork() {
        return services.port().awaitedNetwork();
    }

    FileMoves moves() {
        return moves;
    }
}
