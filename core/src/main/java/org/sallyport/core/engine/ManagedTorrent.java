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
import java.util.concurrent.CompletionException;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.persist.SavedTorrent;
import org.sallyport.core.storage.Checker;
import org.sallyport.core.storage.FileMoves;
import org.sallyport.core.storage.Layout;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.storage.TorrentStorage;
import org.sallyport.core.transport.LinkHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One torrent of the library through its life: check, download, release, seed, trouble. Network thread only; work on
 * disk goes to disk threads and comes back.
 */
final class ManagedTorrent {
    private static final Logger LOG = LoggerFactory.getLogger(ManagedTorrent.class);

    private final Services services;
    private final Metainfo metainfo;
    private final Layout layout;
    private final TorrentStorage storage;
    private final FileMoves moves;
    private final TorrentProgress progress;
    private final TroubleWatch watch;
    private final Map<Integer, Verdict> verdicts = new HashMap<>();
    private SavedTorrent saved;
    private List<PeerAddress> namedPeers = List.of();
    private BitSet toCheck = new BitSet();
    private boolean surveyed;
    private boolean recheckAhead;
    private boolean running;
    private boolean queued;
    private boolean releasing;
    private boolean removed;
    private Optional<Checker> checker = Optional.empty();
    private Optional<Session> session = Optional.empty();

    ManagedTorrent(Services services, Metainfo metainfo, SavedTorrent saved) {
        this.services = services;
        this.watch = new TroubleWatch(services.surroundings().troubleWait());
        this.metainfo = metainfo;
        this.saved = saved;
        this.running = saved.running();
        this.layout = new Layout(metainfo, Path.of(saved.folder()), saved.rootName());
        Set<Integer> released = saved.existing() ? allIndexes() : saved.released();
        released.forEach(layout::markReleased);
        this.storage = new TorrentStorage(metainfo, layout, services.disk());
        this.moves = new FileMoves(storage, layout);
        this.progress = new TorrentProgress(metainfo, saved.progress());
        progress.want(wantedFiles());
        toCheck.or(progress.unsynced());
    }

    private Set<Integer> allIndexes() {
        Set<Integer> all = new HashSet<>();
        metainfo.files().forEach(file -> all.add(file.index()));
        return all;
    }

    List<FileEntry> wantedFiles() {
        return metainfo.files().stream().filter(file -> !file.pad() && !saved.unwanted().contains(file.index())).toList();
    }

    /** Addresses to dial whenever it runs. */
    void name(List<PeerAddress> peers) {
        namedPeers = peers;
    }

    /** Everything is to be read before anything is trusted: existing data, or parts left by an earlier download. */
    void checkEverything() {
        toCheck.set(0, metainfo.pieceCount());
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

    TorrentProgress progress() {
        return progress;
    }

    Layout layout() {
        return layout;
    }

    boolean running() {
        return running;
    }

    boolean complete() {
        return progress.complete() && toCheck.isEmpty();
    }

    Optional<Session> session() {
        return session;
    }

    Optional<Checker> checker() {
        return checker;
    }

    /** About to be looked at or checked, before anything else. */
    boolean checkAhead() {
        return running && !queued && session.isEmpty() && (!surveyed || !toCheck.isEmpty() || checker.isPresent());
    }

    boolean releasing() {
        return releasing;
    }

    boolean queued() {
        return queued;
    }

    TroubleWatch trouble() {
        return watch;
    }

    Optional<Verdict> verdict(int file) {
        return Optional.ofNullable(verdicts.get(file));
    }

    /** The user wants it to run; the queue decides when. */
    void start() {
        running = true;
        watch.clear();
        if (saved.seedRatio() >= 0 && complete()) {
            keep(copy(true, saved.released(), AddRequest.SEED_FOREVER));
        } else {
            keep(copy(true, saved.released(), saved.seedRatio()));
        }
    }

    void pause() {
        running = false;
        queued = false;
        surveyed = false; // nobody looks after the files while it rests
        recheckAhead = false;
        watch.clear();
        checker.ifPresent(Checker::cancel);
        endSession();
        keep(copy(false, saved.released(), saved.seedRatio()));
        sync();
    }

    /** Reads everything again. */
    void recheck() {
        checker.ifPresent(Checker::cancel);
        endSession();
        watch.clear();
        checkEverything();
        if (checker.isEmpty()) {
            check();
        } else {
            recheckAhead = true; // when the one under way has stopped
        }
    }

    /** Waits for a free slot. */
    void queue() {
        if (session.isEmpty() && checker.isEmpty() && !releasing) {
            queued = true;
        }
    }

    /** It is its turn: check what must be checked, release what is whole, exchange. */
    void activate() {
        queued = false;
        if (removed || !running || watch.inTrouble() || session.isPresent() || checker.isPresent() || releasing) {
            return;
        }
        if (!surveyed) {
            survey();
        } else if (!toCheck.isEmpty()) {
            check();
        } else if (saved.existing() && !progress.complete()) {
            differs();
        } else {
            exchange();
        }
    }

    private void survey() {
        surveyed = true;
        releasing = true; // busy with files: nothing else may start meanwhile
        Map<Integer, Long> verifiedEnds = progress.verifiedEnds();
        services.journal().fileNotes(hash()).exceptionally(failure -> "")
                .thenApplyAsync(notes -> FileSurvey.of(metainfo, layout, notes, verifiedEnds), services.disk().threads().housekeeping())
                .whenCompleteAsync((found, failure) -> {
                    releasing = false;
                    if (failure == null && !removed) {
                        surveyed(found);
                    }
                    activate();
                }, services.loop());
    }

    private void surveyed(FileSurvey found) {
        if (!found.displaced().isEmpty()) {
            Set<Integer> released = new HashSet<>(saved.released());
            for (FileEntry file : found.displaced()) {
                layout.markReleased(file.index());
                released.add(file.index());
                mustCheck(file);
            }
            keep(copy(running, released, saved.seedRatio()));
        }
        found.changed().forEach(this::mustCheck);
        found.cut().forEach(this::mustCheck);
        found.missing().forEach(this::mustCheck);
        if (!found.missing().isEmpty()) {
            fail(new StorageException(StorageException.Kind.MISSING, "\"" + found.missing().get(0).path()
                    + "\" is missing or was changed. Put it back, or check the files again."));
        }
    }

    private void mustCheck(FileEntry file) {
        if (file.size() > 0) {
            toCheck.set(progress.first(file), progress.last(file) + 1);
        }
    }

    private void check() {
        BitSet which = (BitSet) toCheck.clone();
        Checker started = new Checker(storage, which);
        checker = Optional.of(started);
        started.start().thenAccept(good -> {
            checker = Optional.empty();
            if (removed) {
                return;
            }
            if (recheckAhead) {
                recheckAhead = false;
                check();
                return;
            }
            if (started.cancelled()) {
                activate(); // stopped on the way: what must be checked still must be
                return;
            }
            toCheck.andNot(which);
            progress.checked(which, good);
            checked();
        });
    }

    private void checked() {
        services.events().info("torrent.checked", hash(), "\"" + metainfo.name() + "\" was checked: "
                + progress.have().cardinality() + " of " + metainfo.pieceCount() + " parts are right.");
        List<FileEntry> broken = metainfo.files().stream()
                .filter(file -> !file.pad() && layout.isReleased(file.index()) && !progress.hasAllOf(file)).toList();
        if (broken.isEmpty() || saved.existing()) {
            noteFiles();
            activate();
            return;
        }
        // what differs goes back behind the door before a byte of it is replaced (I3)
        onDisk(() -> {
            for (FileEntry file : broken) {
                moves.takeBack(file);
            }
        }, () -> {
            Set<Integer> released = new HashSet<>(saved.released());
            broken.forEach(file -> released.remove(file.index()));
            keep(copy(running, released, saved.seedRatio()));
            noteFiles();
            activate();
        });
    }

    private void differs() {
        int bad = metainfo.pieceCount() - progress.have().cardinality();
        running = false;
        fail(new StorageException(StorageException.Kind.CHANGED, bad + " of " + metainfo.pieceCount()
                + " parts differ from the torrent, so it is not shared. Put the right files there, then check again."));
    }

    private void exchange() {
        Session started = new Session(this, services, storage);
        session = Optional.of(started);
        started.begin(namedPeers);
        if (progress.complete()) {
            becameComplete();
        }
    }

    private void endSession() {
        session.ifPresent(Session::end);
        session = Optional.empty();
    }

    /** Every wanted piece is verified. */
    void becameComplete() {
        if (wantedFiles().stream().allMatch(file -> layout.isReleased(file.index()))) {
            if (!saved.existing()) {
                settle();
            }
            return;
        }
        services.events().info("torrent.verified", hash(), "\"" + metainfo.name() + "\" is complete and every part is right.");
        release();
    }

    private void release() {
        releasing = true;
        new Release(this, services, moves).run().whenCompleteAsync((outcome, failure) -> {
            releasing = false;
            if (removed) {
                return;
            }
            verdicts.putAll(outcome.verdicts());
            Set<Integer> released = new HashSet<>(saved.released());
            released.addAll(outcome.released());
            keep(copy(running, released, saved.seedRatio()));
            progress.synced((BitSet) progress.have().clone());
            saveProgress();
            noteFiles();
            if (outcome.trouble().isPresent()) {
                endSession();
                fail(outcome.trouble().get());
            } else {
                services.events().info("torrent.released", hash(), "\"" + metainfo.name() + "\" is in its folder.");
                settle();
            }
        }, services.loop());
    }

    /** Complete and released: go on seeding, or stop. */
    private void settle() {
        if (saved.seedRatio() == 0) {
            running = false;
            endSession();
            keep(copy(false, saved.released(), saved.seedRatio()));
        }
    }

    /** Something on disk went wrong: stop and wait until it can go on. */
    void fail(StorageException trouble) {
        endSession();
        boolean news = watch.report(trouble, System.nanoTime());
        if (news) {
            LOG.warn("{} stopped: {}", hash().shortHex(), trouble.getMessage());
            services.events().tell(Severity.TROUBLE, "torrent.trouble", "\"" + metainfo.name() + "\" stopped: " + trouble.getMessage(),
                    Map.of("hash", hash().hex(), "reason", trouble.getMessage(), "kind", trouble.kind().name()));
        }
    }

    /** Once a second. */
    void tick(long now) {
        session.ifPresent(s -> s.tick(now));
        boolean enough = saved.seedRatio() > 0 && progress.hasShared(saved.seedRatio());
        if (session.isPresent() && !releasing && complete() && enough) {
            services.events().info("torrent.seed-goal", hash(), "\"" + metainfo.name() + "\" has been shared as much as was asked.");
            pause();
        }
        if (running && watch.due(now)) {
            tryAgain();
        }
    }

    private void tryAgain() {
        onDisk(() -> watch.test(layout, wantedFiles(), progress.missingBytes()), () -> {
            if (watch.recovered()) {
                services.events().info("torrent.recovered", hash(), "\"" + metainfo.name() + "\" goes on.");
                surveyed = false;
                activate();
            }
        });
    }

    private interface DiskWork {
        void run() throws StorageException;
    }

    private void onDisk(DiskWork work, Runnable then) {
        CompletableFuture.supplyAsync(() -> {
            try {
                work.run();
                return Optional.<StorageException>empty();
            } catch (StorageException e) {
                return Optional.of(e);
            }
        }, services.disk().threads().housekeeping()).thenAcceptAsync(trouble -> {
            if (!removed) {
                trouble.ifPresentOrElse(this::fail, then);
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
        return CompletableFuture.runAsync(() -> {
            try {
                moves.sync();
            } catch (StorageException e) {
                throw new CompletionException(e);
            }
        }, services.disk().threads().housekeeping()).whenCompleteAsync((done, failure) -> {
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
        CompletableFuture.supplyAsync(() -> FileSurvey.notes(metainfo, layout), services.disk().threads().housekeeping())
                .thenAccept(notes -> services.journal().saveFileNotes(hash(), notes));
    }

    private void keep(SavedTorrent changed) {
        saved = changed;
        services.journal().update(changed);
    }

    private SavedTorrent copy(boolean nowRunning, Set<Integer> released, double seedRatio) {
        return new SavedTorrent(saved.hash(), saved.metainfo(), saved.folder(), saved.rootName(), saved.existing(), nowRunning,
                saved.sequential(), seedRatio, saved.addedAt(), saved.unwanted(), released, progress.toSave());
    }

    /** Takes a connection from outside; empty when it does not run. */
    Optional<LinkHandler> incoming(InetAddress host, int port) {
        return session.map(s -> s.swarm().incoming(new PeerAddress(host, Math.max(1, port))));
    }

    /** Stops for good. @return done when trackers know, at the latest after their deadline */
    CompletableFuture<Void> leave() {
        removed = true;
        checker.ifPresent(Checker::cancel);
        CompletableFuture<Void> told = session.map(Session::end).orElseGet(() -> CompletableFuture.completedFuture(null));
        session = Optional.empty();
        return told;
    }

    FileMoves moves() {
        return moves;
    }
}
