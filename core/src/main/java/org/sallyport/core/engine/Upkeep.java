package org.sallyport.core.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.storage.Checker;
import org.sallyport.core.storage.FileMoves;
import org.sallyport.core.storage.Layout;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.storage.StorageException.Kind;
import org.sallyport.core.storage.TorrentStorage;

/**
 * Finds out whether a torrent's files are still what is believed of them, before anything is fetched or shared: a look
 * at each file, then a check of what cannot be trusted, then damaged files back into quarantine. Network thread only;
 * disk threads do the work.
 */
final class Upkeep {
    private final Services services;
    private final Metainfo metainfo;
    private final Layout layout;
    private final TorrentStorage storage;
    private final FileMoves moves;
    private final TorrentProgress progress;
    private final boolean existing;
    private final Owner owner;
    private final BitSet toCheck = new BitSet();
    private boolean looked;
    private boolean working;
    private boolean wanted;
    private CompletableFuture<Boolean> recheck = CompletableFuture.completedFuture(true);
    private Optional<Checker> checker = Optional.empty();

    /** Hears what came of it, on the network thread. */
    interface Owner {
        /** Files are elsewhere than was recorded. @param checked pieces were read, and perhaps some are wrong */
        void filesSettled(boolean checked);

        void upkeepFailed(StorageException trouble);

        boolean gone();

        /** What the files are now was seen. @param place why nothing may be shared from where they are */
        void looked(Optional<Refusal> place);

        /** Files that must stay as they are did not. @return whether that ends it; otherwise what differs is checked */
        boolean endedBy(FileSurvey found);

        Sharing sharing();

        /** Pieces that cannot be read any more, and need not be. */
        BitSet unreadable();

        /** It was deleted in quarantine, and nothing of it is there. */
        boolean isLost(FileEntry file);

        /** Released files that are not what they were. */
        void changed(List<FileEntry> released);
    }

    private record Look(FileSurvey found, Optional<Refusal> place) { }

    Upkeep(Services services, TorrentFiles files, TorrentProgress progress, boolean existing, Owner owner) {
        this.services = services;
        this.metainfo = files.metainfo();
        this.layout = files.layout();
        this.storage = files.storage();
        this.moves = files.moves();
        this.progress = progress;
        this.existing = existing;
        this.owner = owner;
        toCheck.or(progress.unsynced());
    }

    /** Nothing is trusted until it was read; done even when the torrent does not run. @return whether all was read, in the end */
    CompletableFuture<Boolean> recheck() {
        wanted = true;
        looked = false; // what is shared afterwards is what was there before it was read
        checkEverything();
        checker.ifPresent(Checker::cancel);
        if (recheck.isDone()) {
            recheck = new CompletableFuture<>();
        }
        return recheck;
    }

    private void recheckEnds(boolean read) {
        wanted = false;
        recheck.complete(read);
    }

    void checkEverything() {
        toCheck.set(0, metainfo.pieceCount());
    }

    /** Time has passed in which anybody could have changed the files. */
    void lookAgain() {
        looked = false;
    }

    /** What is under way stops soon; what was to be checked still is. */
    void interrupt() {
        checker.ifPresent(Checker::cancel);
    }

    /** What another began for the same torrent is still to be done. */
    void inherit(Upkeep other) {
        toCheck.or(other.toCheck);
        wanted |= other.wanted;
        recheck = other.wanted ? other.recheck : recheck;
        other.recheck = CompletableFuture.completedFuture(false);
    }

    void cancel() {
        recheckEnds(false);
        checker.ifPresent(Checker::cancel);
    }

    /** There is something to find out before the torrent may exchange. */
    boolean needed() {
        return !looked || !toCheck.isEmpty();
    }

    boolean checkNeeded() {
        return !toCheck.isEmpty();
    }

    /** A recheck was asked for: due also when the torrent does not run. */
    boolean wanted() {
        return wanted;
    }

    boolean busy() {
        return working || checker.isPresent();
    }

    Optional<Checker> checker() {
        return checker;
    }

    /** Takes the next step; the owner hears when it is done. Only when needed and not busy. */
    void step() {
        toCheck.andNot(owner.unreadable());
        if (looked && toCheck.isEmpty()) {
            recheckEnds(true);
            owner.filesSettled(true);
        } else if (looked) {
            check();
        } else {
            look();
        }
    }

    private void look() {
        looked = true;
        working = true;
        Map<Integer, Long> parts = expectedParts();
        boolean something = !progress.have().isEmpty();
        Sharing sharing = owner.sharing();
        services.journal().fileNotes(metainfo.hash()).exceptionally(failure -> "")
                .thenApplyAsync(notes -> new Look(FileSurvey.of(metainfo, layout, notes, parts, something),
                        services.places().refusal(layout.root(), sharing)), services.disk().threads().housekeeping())
                .whenCompleteAsync((look, failure) -> {
                    working = false;
                    if (owner.gone()) {
                        return;
                    }
                    if (failure == null) {
                        storage.gate().expect(look.found().now());
                        owner.looked(look.place());
                        seen(look.found());
                    } else {
                        looked = false;
                        recheckEnds(false);
                        owner.upkeepFailed(new StorageException(Kind.BROKEN, "The files could not be looked at (" + failure.getMessage()
                                + ").", failure));
                    }
                }, services.loop());
    }

    /** For each file still in quarantine, how long its part must be for what is believed of it. */
    private Map<Integer, Long> expectedParts() {
        Map<Integer, Long> parts = new HashMap<>();
        for (FileEntry file : metainfo.files()) {
            if (!file.pad() && file.size() > 0 && !layout.isReleased(file.index()) && !owner.isLost(file)) {
                int last = progress.have().previousSetBit(progress.last(file));
                if (last >= progress.first(file)) {
                    long end = (long) last * metainfo.pieceLength() + metainfo.pieceBytes(last);
                    parts.put(file.index(), Math.min(file.size(), end - file.offset()));
                }
            }
        }
        return parts;
    }

    private void seen(FileSurvey found) {
        if (!wanted && owner.endedBy(found)) {
            looked = false;
            return;
        }
        owner.changed(found.changed());
        found.changed().forEach(this::mustCheck);
        found.missing().forEach(this::mustCheck);
        found.lost().forEach(this::mustCheck);
        found.displaced().forEach(this::mustCheck);
        boolean moved = !found.displaced().isEmpty();
        for (FileEntry file : found.displaced()) {
            layout.correct(file.index());
        }
        if (found.folderGone()) {
            looked = false;
            recheckEnds(false);
            owner.upkeepFailed(new StorageException(Kind.MISSING,
                    "The download folder is not there. Connect the disk it is on, or put the folder back."));
        } else if (!found.missing().isEmpty() && !wanted) { // who asks for a check wants what is missing fetched again
            looked = false;
            owner.upkeepFailed(new StorageException(Kind.MISSING, "\"" + found.missing().get(0).path()
                    + "\" is missing or has another size. Put it back, or check the files again."));
        } else {
            owner.filesSettled(moved);
        }
    }

    /** Nothing of it is trusted until it was read. */
    void mustCheck(FileEntry file) {
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
            if (owner.gone()) {
                return;
            }
            if (started.cancelled()) {
                owner.filesSettled(false); // what must be checked still must be
                return;
            }
            toCheck.andNot(which);
            progress.checked(which, good);
            services.events().info("torrent.checked", metainfo.hash(), "\"" + metainfo.name() + "\" was checked: "
                    + progress.have().cardinality() + " of " + metainfo.pieceCount() + " parts are right.");
            takeBackBroken();
        });
    }

    /** What differs goes back behind the door before a byte of it is replaced (I3). */
    private void takeBackBroken() {
        List<FileEntry> broken = new ArrayList<>();
        for (FileEntry file : metainfo.files()) {
            if (!file.pad() && !existing && layout.isReleased(file.index()) && !progress.hasAllOf(file)) {
                broken.add(file);
            }
        }
        if (broken.isEmpty()) {
            recheckEnds(true);
            owner.filesSettled(true);
            return;
        }
        working = true;
        CompletableFuture.runAsync(Trouble.unchecked(() -> {
            for (FileEntry file : broken) {
                moves.takeBack(file);
            }
        }), services.disk().threads().housekeeping()).whenCompleteAsync((done, failure) -> {
            working = false;
            if (owner.gone()) {
                return;
            }
            recheckEnds(failure == null);
            if (failure == null) {
                owner.filesSettled(true);
            } else {
                checkEverything();
                owner.upkeepFailed(Trouble.of(failure));
            }
        }, services.loop());
    }
}
