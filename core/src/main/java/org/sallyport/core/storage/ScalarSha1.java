package org.sallyport.core.storage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** SHA-1 (FIPS 180-4, 6.1) whose state can be taken out, brought forward in a lane, and put back; no digest of a provider allows that. */
final class ScalarSha1 implements RunningHash {
    static final int BLOCK = 64;
    static final int WORDS = 5;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final int[] state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    private final int[] schedule = new int[80];
    private final byte[] block = new byte[BLOCK];
    private long length;

    /** Whether what came so far ends with a block, so that a lane can go on. */
    boolean betweenBlocks() {
        return length % BLOCK == 0;
    }

    void copyTo(int[] words, int lane, int lanes) {
        for (int i = 0; i < WORDS; i++) {
            words[i * lanes + lane] = state[i];
        }
    }

    /** @param bytes how far the lane has brought it */
    void resume(int[] words, int lane, int lanes, long bytes) {
        for (int i = 0; i < WORDS; i++) {
            state[i] = words[i * lanes + lane];
        }
        length += bytes;
    }

    @Override
    public void update(ByteBuffer data) {
        while (data.hasRemaining()) {
            int filled = (int) (length % BLOCK);
            int now = Math.min(BLOCK - filled, data.remaining());
            data.get(block, filled, now);
            length += now;
            if (filled + now == BLOCK) {
                compress();
            }
        }
    }

    @Override
    public byte[] digest() {
        long bits = length * Byte.SIZE;
        int filled = (int) (length % BLOCK);
        block[filled++] = (byte) 0x80;
        if (filled > BLOCK - Long.BYTES) {
            Arrays.fill(block, filled, BLOCK, (byte) 0);
            compress();
            filled = 0;
        }
        Arrays.fill(block, filled, BLOCK - Long.BYTES, (byte) 0);
        LONGS.set(block, BLOCK - Long.BYTES, bits);
        compress();
        byte[] digest = new byte[WORDS * Integer.BYTES];
        for (int i = 0; i < WORDS; i++) {
            INTS.set(digest, i * Integer.BYTES, state[i]);
        }
        return digest;
    }

    private void compress() {
        int[] w = schedule;
        for (int t = 0; t < 16; t++) {
            w[t] = (int) INTS.get(block, t * Integer.BYTES);
        }
        for (int t = 16; t < w.length; t++) {
            w[t] = Integer.rotateLeft(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
        }
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        int e = state[4];
        for (int t = 0; t < w.length; t++) {
            int f = t < 20 ? (d ^ b & (c ^ d)) + 0x5a827999
                    : t < 40 ? (b ^ c ^ d) + 0x6ed9eba1
                    : t < 60 ? (b & c | d & (b | c)) + 0x8f1bbcdc
                    : (b ^ c ^ d) + 0xca62c1d6;
            int next = Integer.rotateLeft(a, 5) + f + e + w[t];
            e = d;
            d = c;
            c = Integer.rotateLeft(b, 30);
            b = a;
            a = next;
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
    }
}
