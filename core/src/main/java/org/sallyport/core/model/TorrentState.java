package org.sallyport.core.model;

/** What a torrent is doing now. */
public enum TorrentState {
    /** Waits for a free download or seed slot. */
    QUEUED,
    /** A magnet link whose list of files is being fetched (BEP 9). */
    METADATA,
    /** Reads its data from disk and compares it with the hashes. */
    CHECKING,
    DOWNLOADING,
    /** Complete; being screened and moved out of quarantine. */
    RELEASING,
    /** Complete and offered to others. */
    SEEDING,
    /** Stopped by the user before it was complete. */
    PAUSED,
    /** Complete and not offered to others. */
    FINISHED,
    /** Stopped by trouble (disk full, missing files); the sentence says which, and it recovers by itself where it can. */
    TROUBLE
}
