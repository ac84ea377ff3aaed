package org.sallyport.core.persist;

import java.time.Instant;
import java.util.Set;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Sharing;

/**
 * A torrent of the list, as it is kept.
 *
 * @param metainfo  the .torrent file as it was added, unchanged
 * @param folder    absolute path of the download folder, or of the folder that holds existing data
 * @param rootName  name of the file or folder in it
 * @param existing  the data was there before; never written
 * @param running   started by the user, not paused
 * @param seedRatio stop seeding at this ratio; 0 never seeds, negative seeds without end; a number
 * @param sharing   who may get it from here
 * @param unwanted  0-based file indexes not to download; @param released those out of quarantine
 */
public record SavedTorrent(
        InfoHash hash, Bytes metainfo, String folder, String rootName, boolean existing, boolean running,
        boolean sequential, double seedRatio, Instant addedAt, Set<Integer> unwanted, Set<Integer> released, Sharing sharing, SavedProgress progress) {
    public SavedTorrent {
        unwanted = Set.copyOf(unwanted);
        released = Set.copyOf(released);
        if (!progress.hash().equals(hash) || Double.isNaN(seedRatio)) {
            throw new IllegalArgumentException("torrent " + hash.shortHex() + ": progress of " + progress.hash().shortHex() + ", ratio " + seedRatio);
        }
    }

    public SavedTorrent withSharing(Sharing value) {
        return new SavedTorrent(hash, metainfo, folder, rootName, existing, running, sequential, seedRatio, addedAt,
                unwanted, released, value, progress);
    }

    /** Its files lie in another folder, or the file or folder there is called otherwise. */
    public SavedTorrent withPlace(String otherFolder, String otherRoot, SavedProgress come) {
        return new SavedTorrent(hash, metainfo, otherFolder, otherRoot, existing, running, sequential, seedRatio, addedAt,
                unwanted, released, sharing, come);
    }
}
