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
    /** One read for upload, so that a fast peer costs few system calls. */
    public static final int READ_BYTES = 256 << 10;
    /** Blocks in one read; as many of the usual length fill it. */
    public static final int READ_BLOCKS = READ_BYTES / TorrentStorage.BLOCK;
    /** What may be left free before each block, for what goes on the wire with it. */
    public static final int MAX_HEAD = 16;
    /** Capacity of a buffer of {@link #reads}. */
    public static final int READ_BUFFER = READ_BYTES + READ_BLOCKS * MAX_HEAD;
}
