package org.sallyport.core.persist;

/**
 * What is being done with a torrent's files on disk, noted before it is begun, so that it can be brought to an end after a crash.
 *
 * @param from absolute path; empty for {@link Phase#NONE} @param to likewise
 */
public record SavedMove(Phase phase, String from, String to) {
    public static final SavedMove NONE = new SavedMove(Phase.NONE, "", "");

    /**
     * NONE: nothing. RENAMING: files go from one folder to another within a file system; each is in one of them. COPYING: what is in the new
     * folder is worth nothing yet. COPIED: the copy is whole, and is being put in its place. CLEANING: the new folder is the right one, and
     * the old files go. RENAMING_ONE: one file or folder gets another name, and what is saved of the torrent has it already.
     */
    public enum Phase { NONE, RENAMING, COPYING, COPIED, CLEANING, RENAMING_ONE }

    public boolean pending() {
        return phase != Phase.NONE;
    }
}
