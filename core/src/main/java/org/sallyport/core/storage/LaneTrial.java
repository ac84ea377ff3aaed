package org.sallyport.core.storage;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Are the lanes right here, and faster than the digest that is in use? In short turns, because vector code is slow until it was compiled, and that
 * takes a while. One thread.
 */
final class LaneTrial {
    private static final int MOST_TURNS = 150;
    private static final int RUN = 8 << 10;
    private static final int GOOD_TURNS = 3;
    private static final double GAIN = 1.2;

    private final Supplier<MessageDigest> sha1;
    private final Supplier<Optional<Sha1Lanes.Rounds>> source;
    private final double fastEnough;
    private final Random random = new Random(1);
    private Optional<Sha1Lanes.Rounds> rounds = Optional.empty();
    private double digestRate;
    private double lanesRate;
    private int turns;
    private int good;

    /** What a turn came to. Faster and refused are final. */
    enum Verdict { UNDECIDED, FASTER, REFUSED }

    /** @param fastEnough MB/s of one digest above which nothing else is tried */
    LaneTrial(Supplier<MessageDigest> sha1, Supplier<Optional<Sha1Lanes.Rounds>> source, double fastEnough) {
        this.sha1 = sha1;
        this.source = source;
        this.fastEnough = fastEnough;
    }

    /** One more turn, of milliseconds but for the first. */
    Verdict turn() {
        if (turns++ == 0) {
            return begin();
        }
        Sha1Lanes.Rounds tried = rounds.orElseThrow();
        lanesRate = rate(new Sha1Lanes(tried, 1), runs(tried.lanes(), RUN));
        good = lanesRate >= digestRate * GAIN && worthFrom() <= tried.lanes() ? good + 1 : 0;
        if (good == GOOD_TURNS) {
            // only now is it the compiled code that is checked
            return right(tried) ? Verdict.FASTER : Verdict.REFUSED;
        }
        return turns < MOST_TURNS ? Verdict.UNDECIDED : Verdict.REFUSED;
    }

    private Verdict begin() {
        for (int i = 0; i < 8; i++) {
            digestRate = Math.max(digestRate, rate(new DigestHasher(sha1), runs(1, 16 * RUN)));
        }
        if (digestRate >= fastEnough) {
            return Verdict.REFUSED;
        }
        rounds = source.get();
        return rounds.isPresent() && right(rounds.get()) ? Verdict.UNDECIDED : Verdict.REFUSED;
    }

    /** After {@link Verdict#FASTER}. */
    Sha1Lanes.Rounds rounds() {
        return rounds.orElseThrow();
    }

    /** How many pieces make the lanes as fast as the digest; they take as long for one as for all. */
    int worthFrom() {
        return Math.max(2, (int) Math.ceil(rounds.orElseThrow().lanes() * digestRate / lanesRate));
    }

    /** What was found, for the log. */
    @Override
    public String toString() {
        return String.format("digest %.0f MB/s", digestRate)
                + rounds.map(tried -> String.format(", %d lanes %.0f MB/s after %d turns", tried.lanes(), lanesRate, turns)).orElse("");
    }

    private List<ByteBuffer> runs(int count, int length) {
        List<ByteBuffer> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            runs.add(ByteBuffer.wrap(bytes));
        }
        return runs;
    }

    private static double rate(PieceHasher hasher, List<ByteBuffer> data) {
        long bytes = data.stream().mapToLong(ByteBuffer::remaining).sum();
        List<RunningHash> hashes = data.stream().map(run -> hasher.begin()).toList();
        long start = System.nanoTime();
        hasher.update(hashes, data);
        return bytes * 1e3 / Math.max(1, System.nanoTime() - start);
    }

    /** Two goes with different contents in each lane, the second one with less than a block at its end. */
    private boolean right(Sha1Lanes.Rounds tried) {
        PieceHasher hasher = new Sha1Lanes(tried, 1);
        List<ByteBuffer> first = runs(tried.lanes(), ScalarSha1.BLOCK * 3);
        List<ByteBuffer> second = runs(tried.lanes(), ScalarSha1.BLOCK * 2 + 7);
        List<RunningHash> hashes = first.stream().map(run -> hasher.begin()).toList();
        hasher.update(hashes, first);
        hasher.update(hashes, second);
        for (int i = 0; i < hashes.size(); i++) {
            MessageDigest expected = sha1.get();
            expected.update(first.get(i).rewind());
            expected.update(second.get(i).rewind());
            if (!Arrays.equals(expected.digest(), hashes.get(i).digest())) {
                return false;
            }
        }
        return true;
    }
}
