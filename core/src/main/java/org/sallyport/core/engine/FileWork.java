package org.sallyport.core.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sallyport.core.discovery.DaemonThreads;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.persist.SavedEdits;
import org.sallyport.core.persist.SavedMove;
import org.sallyport.core.storage.FileNote;
import org.sallyport.core.storage.Layout;

/** Works with the files of one torrent after another, each standing still meanwhile and going on afterwards. Any thread. */
final class FileWork implements AutoCloseable {
    private static final long CLOSE_SECONDS = 2;

    private final TorrentDesk desk;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(DaemonThreads.named("sallyport-move"));
    private final Set<Hold> holds = ConcurrentHashMap.newKeySet();

    FileWork(TorrentDesk desk) {
        this.desk = desk;
    }

    /** What is to be done, on the thread for it, when nothing else uses the files. */
    interface Work {
        Outcome<InfoHash> run(Hold hold) throws Exception;
    }

    /** Looks whether it may be done, and gives what is to be done; on the command thread. */
    interface Plan {
        Work make() throws Exception;
    }

    private record Ready(Work work, Hold hold) { }

    /** @param doing as in {@link Hold} */
    CompletableFuture<Outcome<InfoHash>> run(InfoHash hash, String doing, Plan plan) {
        return desk.commands().run(() -> {
            Work work = plan.make();
            Hold hold = new Hold(doing);
            desk.onLoop(hash, torrent -> {
                if (torrent.course().held().isPresent()) {
                    throw new RefusedException("torrent.busy", "Its files are being moved or renamed already. Wait until that is done.");
                }
                holds.add(hold);
                torrent.course().hold(hold);
                desk.access().publishNow();
                return true;
            });
            return Outcome.done(new Ready(work, hold));
        }).thenCompose(planned -> planned.then(ready -> desk.commands().run(thread, () -> work(hash, ready))));
    }

    private Outcome<InfoHash> work(InfoHash hash, Ready ready) throws Exception {
        Hold hold = ready.hold();
        try {
            hold.quiet().join();
            hold.left().join();
            return ready.work().run(hold);
        } finally {
            holds.remove(hold);
            hold.isOver();
            desk.commands().onLoop(() -> {
                desk.roster().find(hash).filter(torrent -> torrent.course().held().filter(hold::equals).isPresent())
                        .ifPresent(torrent -> torrent.course().letGo());
                return true;
            });
        }
    }

    /** Closes its files, with all that was written to them. */
    void settle(ManagedTorrent torrent) throws ExecutionException, TimeoutException {
        var disk = desk.services().disk().threads();
        disk.piecesSettled().join();
        // what could not be synced now is checked again, as ever
        desk.commands().onLoop(torrent.course()::sync).exceptionally(failure -> null).join();
        CompletableFuture.runAsync(torrent.files().moves()::letGo, disk.housekeeping()).join();
    }

    /** Released files that are still what they were when they were last known to be right, by file index. */
    Map<Integer, FileNote> right(ManagedTorrent torrent) {
        Map<Integer, FileNote> right = new HashMap<>();
        Layout layout = torrent.layout();
        boolean tie = FileNote.canTie(layout.folder());
        FileSurvey.parse(desk.services().journal().fileNotes(torrent.hash()).join()).forEach((file, note) -> {
            if (file < torrent.metainfo().files().size() && layout.isReleased(file)) {
                FileNote.below(layout.folder(), layout.released(file), tie).filter(note::isUnchanged).ifPresent(now -> right.put(file, now));
            }
        });
        return right;
    }

    /** What those are in their new place. @param right as told before by {@link #right} */
    static Map<Integer, FileNote> after(Map<Integer, FileNote> right, Layout layout) {
        Map<Integer, FileNote> after = new HashMap<>();
        boolean tie = FileNote.canTie(layout.folder());
        right.forEach((file, note) -> FileNote.below(layout.folder(), layout.released(file), tie)
                .filter(now -> now.size() == note.size()).ifPresent(now -> after.put(file, now)));
        return after;
    }

    /** Notes what is about to be done with the files; it is kept when this returns. */
    void note(InfoHash hash, SavedMove move) throws ExecutionException, TimeoutException {
        desk.commands().onLoop(() -> desk.roster().find(hash).map(torrent -> torrent.edit(torrent.ledger().edits().withMove(move))))
                .ifPresent(CompletableFuture::join);
    }

    /** How what is kept of a torrent changes. */
    interface Change {
        SavedEdits of(SavedEdits before);
    }

    /**
     * The torrent goes on with its files where they are now.
     * @param torrent that stands still @return done when it is kept; empty if it was removed meanwhile
     */
    Optional<CompletableFuture<Boolean>> replace(ManagedTorrent torrent, Layout now, Map<Integer, FileNote> right, Change change)
            throws ExecutionException, TimeoutException {
        return desk.commands().onLoop(() -> {
            if (torrent.course().gone()) {
                return Optional.<CompletableFuture<Boolean>>empty();
            }
            SavedEdits edits = change.of(torrent.ledger().edits());
            ManagedTorrent next = torrent.successor(now.folder().toString(), now.root().getFileName().toString(), edits);
            CompletableFuture<Boolean> kept = desk.services().journal().update(next.saved(), edits);
            desk.services().journal().saveFileNotes(torrent.hash(), FileSurvey.notes(right));
            desk.roster().put(next);
            desk.access().publish();
            return Optional.of(kept);
        });
    }

    /** Asks what is under way to stop and waits for it, at most 2 s: nobody else must find files half moved. */
    @Override
    public void close() {
        holds.forEach(Hold::cancel);
        thread.shutdown();
        try {
            thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
