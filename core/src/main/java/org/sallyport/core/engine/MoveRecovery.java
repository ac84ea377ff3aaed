package org.sallyport.core.engine;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.metainfo.MetainfoReader;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.persist.PersistException;
import org.sallyport.core.persist.SavedEdits;
import org.sallyport.core.persist.SavedMove;
import org.sallyport.core.persist.SavedMove.Phase;
import org.sallyport.core.persist.SavedTorrent;
import org.sallyport.core.persist.StateDatabase;
import org.sallyport.core.storage.DataMove;
import org.sallyport.core.storage.Layout;
import org.sallyport.core.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings to an end what was being done with files when the program was killed, before anything else uses them: onward where that takes no
 * copying, back otherwise. What cannot be reached now is left for the next start. Waits for the disk.
 */
final class MoveRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(MoveRecovery.class);

    private final StateDatabase database;
    private final List<String> told = new ArrayList<>();

    MoveRecovery(StateDatabase database) {
        this.database = database;
    }

    /** For a person, of each torrent whose files are not where they were to go. */
    List<String> told() {
        return told;
    }

    /** @return whether anything kept has changed */
    boolean run(List<SavedTorrent> torrents, Map<InfoHash, SavedEdits> edits) throws PersistException {
        boolean changed = false;
        for (SavedTorrent saved : torrents) {
            SavedEdits its = edits.getOrDefault(saved.hash(), SavedEdits.NONE);
            if (its.move().pending()) {
                changed |= settle(saved, its);
            }
        }
        return changed;
    }

    private boolean settle(SavedTorrent saved, SavedEdits edits) throws PersistException {
        try {
            Metainfo metainfo = MetainfoReader.read(saved.metainfo().toArray());
            Path from = Path.of(edits.move().from());
            Path to = Path.of(edits.move().to());
            if (edits.move().phase() == Phase.RENAMING_ONE) {
                DataMove.rename(from, to);
                boolean root = to.getParent().equals(Path.of(saved.folder()));
                keep(saved, edits, saved.folder(), root ? to.getFileName().toString() : saved.rootName());
                return true;
            }
            Layout old = new Layout(metainfo, from, saved.rootName(), edits.renamed());
            metainfo.files().stream().map(FileEntry::index).filter(file -> saved.existing() || saved.released().contains(file))
                    .forEach(old::markReleased);
            return settle(saved, edits, new Move(metainfo, old, old.in(to, saved.rootName())));
        } catch (StorageException | RefusedException e) {
            LOG.warn("what was being done with the files of {} is not settled", saved.hash().shortHex(), e);
            told.add("The files of a torrent were being moved when Sallyport ended, and that could not be settled: " + e.getMessage());
            return false;
        }
    }

    private record Move(Metainfo metainfo, Layout from, Layout to) {
        DataMove onward() {
            return new DataMove(metainfo, from, to);
        }

        boolean isThere() {
            return Files.isDirectory(to.folder()) && (Files.exists(to.root(), LinkOption.NOFOLLOW_LINKS) || to.hasLeftovers());
        }
    }

    private boolean settle(SavedTorrent saved, SavedEdits edits, Move move) throws PersistException, StorageException {
        DataMove data = move.onward();
        String there = move.to().folder().toString();
        switch (edits.move().phase()) {
            case RENAMING -> {
                if (!Files.isDirectory(move.from().folder()) && !Files.isDirectory(move.to().folder())) {
                    return false; // their disk is not connected
                }
                boolean arrived = data.rename() && move.isThere();
                keep(saved, edits, arrived ? there : saved.folder(), saved.rootName());
            }
            case COPYING -> stay(saved, edits, move);
            case COPIED -> {
                if (Files.isDirectory(move.to().folder()) && isPlaced(data) && move.isThere()) {
                    SavedEdits cleaning = edits.withMove(new SavedMove(Phase.CLEANING, edits.move().from(), edits.move().to()));
                    database.update(saved.withPlace(there, saved.rootName()), cleaning);
                    data.removeSource();
                    keep(saved, edits, there, saved.rootName());
                } else {
                    stay(saved, edits, move);
                }
            }
            case CLEANING -> {
                data.removeSource();
                keep(saved, edits, saved.folder(), saved.rootName());
            }
            case NONE, RENAMING_ONE -> throw new IllegalStateException("settled elsewhere");
        }
        return true;
    }

    private static boolean isPlaced(DataMove data) {
        try {
            data.place();
            return data.isPlaced();
        } catch (StorageException e) {
            LOG.warn("a copy could not be put in its place", e);
            return false;
        }
    }

    private void stay(SavedTorrent saved, SavedEdits edits, Move move) throws PersistException {
        move.onward().discardCopy();
        keep(saved, edits, saved.folder(), saved.rootName());
        told.add("\"" + (edits.name().isEmpty() ? move.metainfo().name() : edits.name())
                + "\" was being moved when Sallyport ended. Its files are where they were; move them again.");
    }

    private void keep(SavedTorrent saved, SavedEdits edits, String folder, String rootName) throws PersistException {
        database.update(saved.withPlace(folder, rootName), edits.withMove(SavedMove.NONE));
    }
}
