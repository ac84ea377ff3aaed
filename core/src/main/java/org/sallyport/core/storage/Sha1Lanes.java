package org.sallyport.core.storage;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * SHA-1 of several pieces in step, one in each lane of a vector. One lane takes as long as all, so a few pieces go one after another, by
 * {@link ScalarSha1}.
 */
final class Sha1Lanes implements PieceHasher {
    /** Of each piece at a time: together they stay in the processor's nearer caches. */
    private static final int CHUNK = 4 << 10;

    private final Rounds rounds;
    private final int worthFrom;
    /** Word by word, each of all lanes. */
    private final int[] state;
    private final byte[][] chunks;

    /** The compression function, for all lanes at once. Not thread-safe. */
    interface Rounds {
        int lanes();

        /** The same for another thread. */
        Rounds another();

        /**
         * @param state  5 words, each for all lanes, one word after another
         * @param data   for each lane, at least 64 bytes for each block
         * @param blocks how many to take from the start of each array
         */
        void compress(int[] state, byte[][] data, int blocks);
    }

    /** @param worthFrom from how many pieces on the lanes are faster than a digest that takes one after another */
    Sha1Lanes(Rounds rounds, int worthFrom) {
        this.rounds = rounds;
        this.worthFrom = worthFrom;
        this.state = new int[ScalarSha1.WORDS * rounds.lanes()];
        this.chunks = new byte[rounds.lanes()][CHUNK];
    }

    @Override
    public int width() {
        return rounds.lanes();
    }

    @Override
    public int worthFrom() {
        return worthFrom;
    }

    @Override
    public RunningHash begin() {
        return new ScalarSha1();
    }

    @Override
    public boolean began(RunningHash hash) {
        return hash instanceof ScalarSha1;
    }

    @Override
    public void update(List<RunningHash> hashes, List<ByteBuffer> data) {
        if (hashes.size() >= worthFrom && hashes.stream().allMatch(hash -> ((ScalarSha1) hash).betweenBlocks())) {
            together(hashes, data);
        }
        for (int i = 0; i < hashes.size(); i++) {
            hashes.get(i).update(data.get(i)); // what is left: less than a block, or all of it
        }
    }

    private void together(List<RunningHash> hashes, List<ByteBuffer> data) {
        int lanes = rounds.lanes();
        for (int lane = 0; lane < hashes.size(); lane++) {
            ((ScalarSha1) hashes.get(lane)).copyTo(state, lane, lanes);
        }
        // lanes without a piece go through the motions, with whatever lies in their arrays
        int blocks = data.get(0).remaining() / ScalarSha1.BLOCK;
        for (int done = 0; done < blocks; done += CHUNK / ScalarSha1.BLOCK) {
            int now = Math.min(CHUNK / ScalarSha1.BLOCK, blocks - done);
            for (int lane = 0; lane < hashes.size(); lane++) {
                data.get(lane).get(chunks[lane], 0, now * ScalarSha1.BLOCK);
            }
            rounds.compress(state, chunks, now);
        }
        for (int lane = 0; lane < hashes.size(); lane++) {
            ((ScalarSha1) hashes.get(lane)).resume(state, lane, lanes, (long) blocks * ScalarSha1.BLOCK);
        }
    }
}
