package org.sallyport.core.swarm;

import java.util.Arrays;

/**
 * How many blocks each peer may be asked for at most, so that what is asked of all of them fits into memory: those that want less keep what they
 * want, the others get the same. Without it the first of many fast peers take all, and the others are asked for nothing. Network thread only.
 */
final class MemoryShare {
    /** Of the memory the rest is for blocks that are here and wait for others of their segment. */
    private static final double ASKED = 0.75;
    /** However many peers there are, each may show how fast it is. */
    static final int LEAST = 4;

    private int most = Integer.MAX_VALUE;

    /** Blocks of one peer. */
    int most() {
        return most;
    }

    /** @param memoryBytes what there is for this torrent, used or not @param wanted blocks that each peer would be asked for; sorted here */
    void divide(long memoryBytes, int[] wanted) {
        long left = (long) (ASKED * memoryBytes / ActivePiece.BLOCK);
        Arrays.sort(wanted);
        most = Integer.MAX_VALUE;
        for (int i = 0; i < wanted.length; i++) {
            long each = left / (wanted.length - i);
            if (wanted[i] > each) {
                most = (int) Math.max(LEAST, each);
                return;
            }
            left -= wanted[i];
        }
    }
}
