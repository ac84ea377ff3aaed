package org.sallyport.core.model;

/**
 * A file that is kept in quarantine.
 *
 * @param file     0-based, as in the torrent @param path as people know it
 * @param source   where it came from, for a person
 * @param checking it is being looked at again
 */
public record HeldFile(InfoHash hash, int file, String torrent, String path, long sizeBytes, Findings findings, String source, boolean checking) {

    /** Short and the same for as long as the torrent is in the list. */
    public String id() {
        return hash.hex().substring(0, 8) + "-" + file;
    }
}
