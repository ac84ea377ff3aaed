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
    private static final int CHUNK = 16 << 10;
    /** Buffers are asked for so much at once: a call on one for each byte costs nothing only where C2 compiles it. */
    private static final ThreadLocal<byte[]> SOME = ThreadLocal.withInitial(() -> new byte[CHUNK]);

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
        apply(new byte[skipped], skipped);
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
        byte[] some = SOME.get();
        for (int at = 0; at < length; at += some.length) {
            int count = Math.min(some.length, length - at);
            in.getBytes(from + at, some, 0, count);
            apply(some, count);
            out.setBytes(to + at, some, 0, count);
        }
    }

    // four steps in each turn of the loop are a fifth faster than one
    private void apply(byte[] bytes, int length) {
        int[] s = state;
        int i = x;
        int j = y;
        int at = 0;
        for (int fours = length - 3; at < fours; at += 4) {
            i = i + 1 & MASK;
            int a = s[i];
            j = j + a & MASK;
            int b = s[j];
            s[i] = b;
            s[j] = a;
            bytes[at] ^= (byte) s[a + b & MASK];
            i = i + 1 & MASK;
            a = s[i];
            j = j + a & MASK;
            b = s[j];
            s[i] = b;
            s[j] = a;
            bytes[at + 1] ^= (byte) s[a + b & MASK];
            i = i + 1 & MASK;
            a = s[i];
            j = j + a & MASK;
            b = s[j];
            s[i] = b;
            s[j] = a;
            bytes[at + 2] ^= (byte) s[a + b & MASK];
            i = i + 1 & MASK;
            a = s[i];
            j = j + a & MASK;
            b = s[j];
            s[i] = b;
            s[j] = a;
            bytes[at + 3] ^= (byte) s[a + b & MASK];
        }
        x = i;
        y = j;
        for (; at < length; at++) {
            bytes[at] ^= (byte) next();
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
}
