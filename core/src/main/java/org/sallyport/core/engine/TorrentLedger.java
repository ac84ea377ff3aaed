package org.sallyport.core.engine;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.persist.SavedEdits;
import org.sallyport.core.persist.SavedTorrent;
import org.sallyport.core.storage.FileMoves;

/** What is kept of one torrent, so that it goes on after a crash: what the user chose, and how far it has come. Network thread only. */
final class TorrentLedger {
    private final Metainfo metainfo;
    private final Services services;
    private final TorrentProgress progress;
    private final SeedClock seedClock;
    private SavedTorrent saved;
    private SavedEdits edits;
    private boolean running;
    private List<FileEntry> wantedFiles;

    TorrentLedger(Metainfo metainfo, Services services, SavedTorrent saved, SavedEdits edits) {
        this.metainfo = metainfo;
        this.services = services;
        this.saved = saved;
        this.edits = edits;
        this.running = saved.running();
        this.progress = new TorrentProgress(metainfo, saved.progress());
        this.seedClock = new SeedClock(saved.seedTime());
        this.wantedFiles = chosenFiles();
        progress.want(wantedFiles);
    }

    private List<FileEntry> chosenFiles() {
        return metainfo.files().stream().filter(file -> !file.pad() && saved.options().priority(file.index()) != FilePriority.SKIP).toList();
    }

    TorrentProgress progress() {
        return progress;
    }

    SeedClock seedClock() {
        return seedClock;
    }

    /** How much it has been shared. */
    SeedReach reach() {
        return new SeedReach(progress.uploadedBytes(), progress.shareBase(), seedClock.time());
    }

    List<FileEntry> wantedFiles() {
        return wantedFiles;
    }

    SavedTorrent saved() {
        return saved;
    }

    /** The same as far as it has come now. */
    SavedTorrent reached() {
        return saved.at(running, progress.toSave(), seedClock.time());
    }

    boolean running() {
        return running;
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

    /** @return done when it is kept */
    CompletableFuture<Boolean> edit(SavedEdits now) {
        edits = now;
        return services.journal().saveEdits(metainfo.hash(), now);
    }

    /** Replaces what the user chose. @param complete so far; if it lacks something now, it runs to get that */
    void choose(TorrentOptions options, boolean complete) {
        boolean otherFiles = !saved.options().priorities().equals(options.priorities());
        saved = saved.withOptions(options);
        if (otherFiles) {
            wantedFiles = chosenFiles();
            progress.want(wantedFiles);
            running |= complete && !progress.complete();
        }
        keep(saved);
    }

    /** @param run the user wants it to run from now on, or not any more */
    void keep(SavedTorrent changed, boolean run) {
        running = run;
        keep(changed);
    }

    void keep(SavedTorrent changed) {
        saved = changed.at(running, progress.toSave(), seedClock.time());
        services.journal().update(saved);
    }

    void saveProgress() {
        if (progress.takeUnsaved()) {
            services.journal().saveProgress(List.of(progress.toSave()));
        }
    }

    /** Makes what was verified so far safe against a power cut. @return done when it is */
    CompletableFuture<Void> sync(FileMoves moves) {
        if (saved.existing() || progress.unsynced().isEmpty()) {
            saveProgress();
            return CompletableFuture.completedFuture(null);
        }
        BitSet now = (BitSet) progress.have().clone();
        return CompletableFuture.runAsync(Trouble.unchecked(moves::sync), services.disk().threads().housekeeping())
                .whenCompleteAsync((done, failure) -> {
            if (failure == null) {
                progress.synced(now);
                saveProgress();
            }
        }, services.loop());
    }

    /** @param notes what the files were when they were last known to be right */
    void noteFiles(String notes) {
        services.journal().saveFileNotes(metainfo.hash(), notes);
    }
}
