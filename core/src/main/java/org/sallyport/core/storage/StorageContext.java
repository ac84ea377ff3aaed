package org.sallyport.core.storage;

import java.util.concurrent.Executor;

/**
 * What all torrents share on the way to disk.
 *
 * @param loop     where answers are delivered: the network thread
 * @param segments buffers for pieces being fetched
 * @param reads    buffers for blocks being sent
 */
public record StorageContext(Executor loop, DiskThreads threads, OpenFiles files, SegmentPool segments, SegmentPool reads) {
    /** One read for upload: 16 blocks, so that a fast peer costs few system calls. */
    public static final int READ_BYTES = 256 << 10;
}
