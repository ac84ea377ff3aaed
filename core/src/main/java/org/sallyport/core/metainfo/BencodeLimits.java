package org.sallyport.core.metainfo;

/**
 * How much bencoded input is read before it is refused. All limits are checked before anything of that size is allocated.
 *
 * @param bytes       the whole input
 * @param depth       dictionaries and lists inside each other; the outermost dictionary counts as 1
 * @param tokens      integers, strings (keys too), lists and dictionaries together
 * @param stringBytes one string
 * @param keys        keys of one dictionary
 */
public record BencodeLimits(int bytes, int depth, int tokens, int stringBytes, int keys) {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** Messages of the extension protocol. */
    public static final BencodeLimits PEER = new BencodeLimits(64 * KIB, 16, 4096, 64 * KIB, KIB);

    /** A .torrent file; {@code piece layers} of a hybrid one has a key for each of at most 100,000 files. */
    public static final BencodeLimits TORRENT = new BencodeLimits(10 * MIB, 32, 1_000_000, 10 * MIB, 100_000);

    /** Announce and scrape answers; a scrape has a key for each torrent. */
    public static final BencodeLimits TRACKER = new BencodeLimits(MIB, 16, 100_000, MIB, 10_000);

    public BencodeLimits {
        if (bytes < 2 || depth < 1 || tokens < 1 || stringBytes < 1 || keys < 1) {
            throw new IllegalArgumentException("limits: " + bytes + " " + depth + " " + tokens + " " + stringBytes + " " + keys);
        }
    }
}
