package org.sallyport.core.model;

/**
 * One file of a torrent.
 *
 * @param index     0-based, as in the torrent
 * @param path      safe relative path with {@code /} between folders; starts with the torrent's name when it has several files
 * @param doneBytes verified bytes
 * @param released  out of quarantine, at its final place
 */
public record FileSnapshot(int index, String path, long sizeBytes, long doneBytes, FilePriority priority, boolean released, Verdict verdict) {

    /** Selected for download. */
    public boolean wanted() {
        return priority != FilePriority.SKIP;
    }
}
