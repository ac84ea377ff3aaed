package org.sallyport.core.engine;

import java.nio.file.Path;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.persist.SavedEdits;
import org.sallyport.core.persist.SavedTorrent;
import org.sallyport.core.storage.FileMoves;
import org.sallyport.core.storage.Layout;
import org.sallyport.core.storage.StorageContext;
import org.sallyport.core.storage.TorrentStorage;

/** A torrent on disk: where each file lies, the way to its pieces, and the way out of quarantine. Network thread, but for {@code moves}. */
record TorrentFiles(Metainfo metainfo, Layout layout, TorrentStorage storage, FileMoves moves) {
    static TorrentFiles of(Metainfo metainfo, SavedTorrent saved, SavedEdits edits, StorageContext disk) {
        Layout layout = new Layout(metainfo, Path.of(saved.folder()), saved.rootName(), edits.renamed());
        metainfo.files().stream().map(FileEntry::index).filter(file -> saved.existing() || saved.released().contains(file))
                .forEach(layout::markReleased);
        TorrentStorage storage = new TorrentStorage(metainfo, layout, disk);
        return new TorrentFiles(metainfo, layout, storage, new FileMoves(storage, layout));
    }

    /** What the files were when they were last known to be right. */
    String notes() {
        return FileSurvey.notes(storage.gate().expected());
    }
}
