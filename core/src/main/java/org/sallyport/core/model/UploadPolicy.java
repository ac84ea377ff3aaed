package org.sallyport.core.model;

/** When a torrent's bytes may be sent to others. */
public enum UploadPolicy {
    /** To everybody in the swarm, during the download and after it. */
    NORMAL,
    /** To everybody, until the download is complete. */
    WHILE_DOWNLOADING,
    /** To paired devices over TLS only; strangers get nothing. */
    TRUSTED_ONLY,
    /** Not one byte of any file, to nobody. */
    NEVER
}
