package org.sallyport.core.wire;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * RC4 as MSE asks for it. It hides what a connection looks like from equipment that sorts traffic by its looks; it keeps no secret from
 * anybody who tries. One direction of one connection; not for several threads.
 */
public final class Rc4 {
    private static final int STATES = 256;
    private static final int MASK = STATES - 1;

    // int, not byte: half as fast again, and the JDK's own cipher is slower than either
    private final int[] state = new int[STATES];
    private int x;
    private int y;

    /** @param skipped bytes of the key stream that are not used: its beginning tells about the key */
    Rc4(byte[] key, int skipped) {
        Arrays.setAll(state, i -> i);
        for (int i = 0, j = 0; i < STATES; i++) {
            j = j + state[i] + key[i % key.length] & MASK;
            int swapped = state[i];
            state[i] = state[j];
            state[j] = swapped;
        }
        for (int i = 0; i < skipped; i++) {
            next();
        }
    }

    /** Changes the readable bytes in place, in either direction; the buffer must be the caller's alone. */
    public void apply(ByteBuf bytes) {
        apply(bytes, bytes.readerIndex(), bytes, bytes.readerIndex(), bytes.readableBytes());
    }

    /** Appends the readable bytes of {@code in}, changed, to {@code out}; {@code in} stays as it is. */
    public void copy(ByteBuf in, ByteBuf out) {
        int length = in.readableBytes();
        out.ensureWritable(length);
        apply(in, in.readerIndex(), out, out.writerIndex(), length);
        out.writerIndex(out.writerIndex() + length);
    }

    private void apply(ByteBuf in, int from, ByteBuf out, int to, int length) {
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            out.setLongLE(to + at, in.getLongLE(from + at) ^ nextEight());
        }
        for (; at < length; at++) {
            out.setByte(to + at, in.getByte(from + at) ^ next());
        }
    }

    private int next() {
        x = x + 1 & MASK;
        int a = state[x];
        y = y + a & MASK;
        int b = state[y];
        state[x] = b;
        state[y] = a;
        return state[a + b & MASK];
    }

    private long nextEight() {
        int[] s = state;
        int i = x;
        int j = y;
        long eight = 0;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            i = i + 1 & MASK;
            int a = s[i];
            j = j + a & MASK;
            int b = s[j];
            s[i] = b;
            s[j] = a;
            eight |= (long) s[a + b & MASK] << shift;
        }
        x = i;
        y = j;
        return eight;
    }
}
