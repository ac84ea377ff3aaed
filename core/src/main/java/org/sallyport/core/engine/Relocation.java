package org.sallyport.core.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.persist.SavedMove;
import org.sallyport.core.persist.SavedMove.Phase;
import org.sallyport.core.storage.DataMove;
import org.sallyport.core.storage.FileNote;
import org.sallyport.core.storage.Layout;
import org.sallyport.core.storage.StorageException;

/**
 * Takes a torrent's files to another folder, or finds them in one. What is about to happen is kept before it happens, so that the old or the
 * new place is right whenever the program is killed ({@link MoveRecovery}). Any thread.
 */
final class Relocation {
    private final TorrentDesk desk;
    private final FileWork work;

    Relocation(TorrentDesk desk, FileWork work) {
        this.desk = desk;
        this.work = work;
    }

    CompletableFuture<Outcome<InfoHash>> move(InfoHash hash, Path folder) {
        return work.run(hash, "Moving its files", () -> {
            MoveCheck check = desk.onLoop(hash, torrent -> MoveCheck.of(desk, torrent));
            try {
                Layout to = check.target(folder.toAbsolutePath().normalize());
                return new Task(check.torrent(), to)::run;
            } catch (StorageException e) {
                return hold -> Outcome.failed(e.getMessage());
            }
        });
    }

    CompletableFuture<Outcome<InfoHash>> locate(InfoHash hash, Path folder) {
        return work.run(hash, "Looking for its files", () -> {
            MoveCheck check = desk.onLoop(hash, torrent -> MoveCheck.of(desk, torrent));
            Layout found = check.found(folder.toAbsolutePath().normalize());
            return hold -> {
                ManagedTorrent torrent = check.torrent();
                work.settle(torrent);
                Optional<CompletableFuture<Boolean>> kept = work.replace(torrent, found, Map.of(), edits -> edits);
                if (kept.isEmpty()) {
                    return removedMeanwhile();
                }
                kept.get().join();
                desk.onLoop(hash, now -> {
                    now.course().recheck();
                    return true;
                });
                desk.services().events().info("torrent.located", hash, "\"" + torrent.name() + "\" is looked for and checked in its new folder.");
                return Outcome.done(hash);
            };
        });
    }

    private static Outcome<InfoHash> removedMeanwhile() {
        return Outcome.failed("It was stopped before it was done; the files are where they were.");
    }

    /** One move. */
    private final class Task {
        private final ManagedTorrent torrent;
        private final InfoHash hash;
        private final Layout from;
        private final Layout to;
        private final DataMove data;
        private final DataMove back;
        private boolean renamed;
        private boolean placed;

        Task(ManagedTorrent torrent, Layout to) {
            this.torrent = torrent;
            this.hash = torrent.hash();
            this.from = torrent.layout();
            this.to = to;
            this.data = new DataMove(torrent.metainfo(), from, to);
            this.back = new DataMove(torrent.metainfo(), to, from);
        }

        Outcome<InfoHash> run(Hold hold) throws Exception {
            try {
                return moved(hold);
            } catch (StorageException e) {
                undo();
                return Outcome.failed(e.getMessage());
            }
        }

        private Outcome<InfoHash> moved(Hold hold) throws Exception {
            work.settle(torrent);
            Map<Integer, FileNote> right = work.right(torrent);
            if (hold.cancelled() || !carried(hold)) {
                undo();
                return removedMeanwhile();
            }
            SavedMove rest = renamed ? SavedMove.NONE : phase(Phase.CLEANING);
            Optional<CompletableFuture<Boolean>> kept = work.replace(torrent, to, FileWork.after(right, to), edits -> edits.withMove(rest));
            if (kept.isEmpty()) {
                undo();
                return removedMeanwhile();
            }
            try {
                kept.get().join();
            } catch (CompletionException e) {
                return Outcome.failed("The files were moved, but that could not be saved: " + e.getCause().getMessage());
            }
            desk.services().places().unchoose(from.root());
            List<String> problems = renamed ? List.of() : data.removeSource();
            work.note(hash, SavedMove.NONE);
            desk.services().events().info("torrent.moved", hash, "\"" + torrent.name() + "\" is in its new folder now.");
            return problems.isEmpty() ? Outcome.done(hash)
                    : Outcome.failed("It was moved, but not all old files could be removed. " + String.join(" ", problems));
        }

        /** @return false if it was stopped; then the old files are all there */
        private boolean carried(Hold hold) throws Exception {
            if (MoveCheck.sameStore(from.folder(), to.folder())) {
                work.note(hash, phase(Phase.RENAMING));
                renamed = data.rename();
            }
            if (renamed) {
                return true;
            }
            work.note(hash, phase(Phase.COPYING));
            data.discardCopy();
            if (!data.copy(hold::progress, hold::cancelled)) {
                return false;
            }
            work.note(hash, phase(Phase.COPIED));
            data.place();
            placed = true;
            return true;
        }

        private SavedMove phase(Phase phase) {
            return new SavedMove(phase, from.folder().toString(), to.folder().toString());
        }

        private void undo() throws Exception {
            if (renamed) {
                back.rename();
            } else if (placed) {
                back.removeSource();
            } else {
                data.discardCopy();
            }
            work.note(hash, SavedMove.NONE);
        }
    }
}
