package org.sallyport.core.persist;

import java.time.Instant;
import java.util.Set;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentOptions;

/**
 * A torrent of the list, as it is kept. Its place in the queue is kept beside it ({@link StateDatabase#queue}).
 *
 * @param metainfo  the .torrent file as it was added, unchanged
 * @param folder    absolute path of the download folder, or of the folder that holds existing data
 * @param rootName  name of the file or folder in it
 * @param existing  the data was there before; never written
 * @param running   started by the user, not paused
 * @param released  0-based indexes of files out of quarantine
 * @param options   what the user chose
 * @param sharing   who may get it from here
 */
public record SavedTorrent(
        InfoHash hash, Bytes metainfo, String folder, String rootName, boolean existing, boolean running,
        Instant addedAt, Set<Integer> released, TorrentOptions options, Sharing sharing, SavedProgress progress, SeedTime seedTime) {
    public SavedTorrent {
        released = Set.copyOf(released);
        if (!progress.hash().equals(hash)) {
            throw new IllegalArgumentException("torrent " + hash.shortHex() + ": progress of " + progress.hash().shortHex());
        }
    }

    public SavedTorrent withSharing(Sharing value) {
        return new SavedTorrent(hash, metainfo, folder, rootName, existing, running, addedAt, released, options, value, progress, seedTime);
    }

    public SavedTorrent withOptions(TorrentOptions value) {
        return new SavedTorrent(hash, metainfo, folder, rootName, existing, running, addedAt, released, value, sharing, progress, seedTime);
    }

    public SavedTorrent withReleased(Set<Integer> value) {
        return new SavedTorrent(hash, metainfo, folder, rootName, existing, running, addedAt, value, options, sharing, progress, seedTime);
    }

    /** As far as it has come now. */
    public SavedTorrent at(boolean runs, SavedProgress reached, SeedTime offered) {
        return new SavedTorrent(hash, metainfo, folder, rootName, existing, runs, addedAt, released, options, sharing, reached, offered);
    }

    /** Its files lie in another folder, or the file or folder there is called otherwise. */
    public SavedTorrent withPlace(String otherFolder, String otherRoot) {
        return new SavedTorrent(hash, metainfo, otherFolder, otherRoot, existing, running, addedAt, released, options, sharing, progress, seedTime);
    }
}
