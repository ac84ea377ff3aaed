package org.sallyport.core.model;

import java.util.List;

/**
 * One file of a torrent.
 *
 * @param index     0-based, as in the torrent
 * @param path      safe relative path with {@code /} between folders; starts with the torrent's name when it has several files
 * @param doneBytes verified bytes
 * @param released  out of quarantine, at its final place
 * @param flags     what its name in the torrent gives away, in the order of {@link NameFlag}
 */
public record FileSnapshot(int index, String path, long sizeBytes, long doneBytes, FilePriority priority, boolean released, Verdict verdict,
        List<NameFlag> flags) {
    public FileSnapshot {
        flags = List.copyOf(flags);
    }

    /** One whose name was not looked at, or is an honest one. */
    public FileSnapshot(int index, String path, long sizeBytes, long doneBytes, FilePriority priority, boolean released, Verdict verdict) {
        this(index, path, sizeBytes, doneBytes, priority, released, verdict, List.of());
    }

    /** Selected for download. */
    public boolean wanted() {
        return priority != FilePriority.SKIP;
    }
}
