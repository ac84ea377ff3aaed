package org.sallyport.core.storage;

import static jdk.incubator.vector.IntVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * SHA-1 (FIPS 180-4, 6.1.2) of several streams at once, one in each 32-bit lane of the widest vectors this processor has.
 *
 * <p>Vectors are objects until the compiler has proved that they never leave a method, and it gives up in large ones. So they live in methods of
 * five rounds each (after five the roles of a to e are where they were), written out, since calls of small methods of ours are what the compiler
 * stops to inline first; state lies in arrays between. Compiled apart from the rest of the module, because
 * {@code --release} knows no incubator module; it uses only what the Vector API of JDK 17 and that of JDK 25 have in common.
 */
final class VectorSha1 implements Sha1Lanes.Rounds {
    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int SCHEDULE = 80;

    private final int[] schedule = new int[SCHEDULE * LANES];
    private final int[] work = new int[ScalarSha1.WORDS * LANES];

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public Sha1Lanes.Rounds another() {
        return new VectorSha1();
    }

    @Override
    public void compress(int[] state, byte[][] data, int blocks) {
        for (int block = 0; block < blocks; block++) {
            for (int lane = 0; lane < LANES; lane++) {
                load(schedule, data[lane], block * ScalarSha1.BLOCK, lane);
            }
            expand(schedule);
            System.arraycopy(state, 0, work, 0, work.length);
            for (int round = 0; round < 20; round += 5) {
                choose(work, schedule, round * LANES);
            }
            for (int round = 20; round < 40; round += 5) {
                parity(work, schedule, round * LANES, 0x6ed9eba1);
            }
            for (int round = 40; round < 60; round += 5) {
                majority(work, schedule, round * LANES);
            }
            for (int round = 60; round < 80; round += 5) {
                parity(work, schedule, round * LANES, 0xca62c1d6);
            }
            add(state, work);
        }
    }

    private static void load(int[] schedule, byte[] data, int from, int lane) {
        for (int word = 0; word < 16; word++) {
            schedule[word * LANES + lane] = (int) WORDS.get(data, from + word * Integer.BYTES);
        }
    }

    private static void expand(int[] w) {
        for (int t = 16 * LANES; t < SCHEDULE * LANES; t += LANES) {
            fromArray(SPECIES, w, t - 3 * LANES).lanewise(XOR, fromArray(SPECIES, w, t - 8 * LANES))
                    .lanewise(XOR, fromArray(SPECIES, w, t - 14 * LANES)).lanewise(XOR, fromArray(SPECIES, w, t - 16 * LANES))
                    .lanewise(ROL, 1).intoArray(w, t);
        }
    }

    private static void add(int[] state, int[] work) {
        for (int i = 0; i < ScalarSha1.WORDS * LANES; i += LANES) {
            fromArray(SPECIES, state, i).add(fromArray(SPECIES, work, i)).intoArray(state, i);
        }
    }

    private static void choose(int[] s, int[] w, int t) {
        IntVector k = IntVector.broadcast(SPECIES, 0x5a827999);
        IntVector a = fromArray(SPECIES, s, 0);
        IntVector b = fromArray(SPECIES, s, LANES);
        IntVector c = fromArray(SPECIES, s, 2 * LANES);
        IntVector d = fromArray(SPECIES, s, 3 * LANES);
        IntVector e = fromArray(SPECIES, s, 4 * LANES);
        e = e.add(k).add(fromArray(SPECIES, w, t)).add(a.lanewise(ROL, 5)).add(d.lanewise(XOR, b.and(c.lanewise(XOR, d))));
        b = b.lanewise(ROL, 30);
        d = d.add(k).add(fromArray(SPECIES, w, t + LANES)).add(e.lanewise(ROL, 5)).add(c.lanewise(XOR, a.and(b.lanewise(XOR, c))));
        a = a.lanewise(ROL, 30);
        c = c.add(k).add(fromArray(SPECIES, w, t + 2 * LANES)).add(d.lanewise(ROL, 5)).add(b.lanewise(XOR, e.and(a.lanewise(XOR, b))));
        e = e.lanewise(ROL, 30);
        b = b.add(k).add(fromArray(SPECIES, w, t + 3 * LANES)).add(c.lanewise(ROL, 5)).add(a.lanewise(XOR, d.and(e.lanewise(XOR, a))));
        d = d.lanewise(ROL, 30);
        a = a.add(k).add(fromArray(SPECIES, w, t + 4 * LANES)).add(b.lanewise(ROL, 5)).add(e.lanewise(XOR, c.and(d.lanewise(XOR, e))));
        c = c.lanewise(ROL, 30);
        a.intoArray(s, 0);
        b.intoArray(s, LANES);
        c.intoArray(s, 2 * LANES);
        d.intoArray(s, 3 * LANES);
        e.intoArray(s, 4 * LANES);
    }

    private static void parity(int[] s, int[] w, int t, int constant) {
        IntVector k = IntVector.broadcast(SPECIES, constant);
        IntVector a = fromArray(SPECIES, s, 0);
        IntVector b = fromArray(SPECIES, s, LANES);
        IntVector c = fromArray(SPECIES, s, 2 * LANES);
        IntVector d = fromArray(SPECIES, s, 3 * LANES);
        IntVector e = fromArray(SPECIES, s, 4 * LANES);
        e = e.add(k).add(fromArray(SPECIES, w, t)).add(a.lanewise(ROL, 5)).add(b.lanewise(XOR, c).lanewise(XOR, d));
        b = b.lanewise(ROL, 30);
        d = d.add(k).add(fromArray(SPECIES, w, t + LANES)).add(e.lanewise(ROL, 5)).add(a.lanewise(XOR, b).lanewise(XOR, c));
        a = a.lanewise(ROL, 30);
        c = c.add(k).add(fromArray(SPECIES, w, t + 2 * LANES)).add(d.lanewise(ROL, 5)).add(e.lanewise(XOR, a).lanewise(XOR, b));
        e = e.lanewise(ROL, 30);
        b = b.add(k).add(fromArray(SPECIES, w, t + 3 * LANES)).add(c.lanewise(ROL, 5)).add(d.lanewise(XOR, e).lanewise(XOR, a));
        d = d.lanewise(ROL, 30);
        a = a.add(k).add(fromArray(SPECIES, w, t + 4 * LANES)).add(b.lanewise(ROL, 5)).add(c.lanewise(XOR, d).lanewise(XOR, e));
        c = c.lanewise(ROL, 30);
        a.intoArray(s, 0);
        b.intoArray(s, LANES);
        c.intoArray(s, 2 * LANES);
        d.intoArray(s, 3 * LANES);
        e.intoArray(s, 4 * LANES);
    }

    private static void majority(int[] s, int[] w, int t) {
        IntVector k = IntVector.broadcast(SPECIES, 0x8f1bbcdc);
        IntVector a = fromArray(SPECIES, s, 0);
        IntVector b = fromArray(SPECIES, s, LANES);
        IntVector c = fromArray(SPECIES, s, 2 * LANES);
        IntVector d = fromArray(SPECIES, s, 3 * LANES);
        IntVector e = fromArray(SPECIES, s, 4 * LANES);
        e = e.add(k).add(fromArray(SPECIES, w, t)).add(a.lanewise(ROL, 5)).add(b.and(c).or(d.and(b.or(c))));
        b = b.lanewise(ROL, 30);
        d = d.add(k).add(fromArray(SPECIES, w, t + LANES)).add(e.lanewise(ROL, 5)).add(a.and(b).or(c.and(a.or(b))));
        a = a.lanewise(ROL, 30);
        c = c.add(k).add(fromArray(SPECIES, w, t + 2 * LANES)).add(d.lanewise(ROL, 5)).add(e.and(a).or(b.and(e.or(a))));
        e = e.lanewise(ROL, 30);
        b = b.add(k).add(fromArray(SPECIES, w, t + 3 * LANES)).add(c.lanewise(ROL, 5)).add(d.and(e).or(a.and(d.or(e))));
        d = d.lanewise(ROL, 30);
        a = a.add(k).add(fromArray(SPECIES, w, t + 4 * LANES)).add(b.lanewise(ROL, 5)).add(c.and(d).or(e.and(c.or(d))));
        c = c.lanewise(ROL, 30);
        a.intoArray(s, 0);
        b.intoArray(s, LANES);
        c.intoArray(s, 2 * LANES);
        d.intoArray(s, 3 * LANES);
        e.intoArray(s, 4 * LANES);
    }
}
