package org.sallyport.core.persist;

import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;

/**
 * How far a torrent has come. The bit fields are in BEP 3 order: piece 0 is the highest bit of the first byte.
 *
 * @param verified        pieces whose hash was right; empty for none
 * @param synced          those of them known to be on the disk, not only in the system's cache; empty for none
 * @param downloadedBytes payload received over the torrent's whole life, 0 or more; @param uploadedBytes likewise, sent
 */
public record SavedProgress(InfoHash hash, Bytes verified, Bytes synced, long downloadedBytes, long uploadedBytes) {
    public SavedProgress {
        if (downloadedBytes < 0 || uploadedBytes < 0) {
            throw new IllegalArgumentException("negative bytes: " + downloadedBytes + ", " + uploadedBytes);
        }
    }

    /** Nothing yet. */
    public static SavedProgress none(InfoHash hash) {
        return new SavedProgress(hash, Bytes.EMPTY, Bytes.EMPTY, 0, 0);
    }
}
