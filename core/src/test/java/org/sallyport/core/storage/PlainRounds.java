package org.sallyport.core.storage;

import java.nio.ByteBuffer;

/** As many lanes as wanted, one after another: what the vectors do, on every computer. */
final class PlainRounds implements Sha1Lanes.Rounds {
    private final int lanes;

    PlainRounds(int lanes) {
        this.lanes = lanes;
    }

    @Override
    public int lanes() {
        return lanes;
    }

    @Override
    public Sha1Lanes.Rounds another() {
        return new PlainRounds(lanes);
    }

    @Override
    public void compress(int[] state, byte[][] data, int blocks) {
        int[] words = new int[ScalarSha1.WORDS];
        for (int lane = 0; lane < lanes; lane++) {
            ScalarSha1 hash = new ScalarSha1();
            for (int i = 0; i < words.length; i++) {
                words[i] = state[i * lanes + lane];
            }
            hash.resume(words, 0, 1, 0);
            hash.update(ByteBuffer.wrap(data[lane], 0, blocks * ScalarSha1.BLOCK));
            hash.copyTo(state, lane, lanes);
        }
    }
}
