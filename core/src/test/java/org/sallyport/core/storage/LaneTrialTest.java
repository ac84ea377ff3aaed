package org.sallyport.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LaneTrialTest {
    private static final double NEVER = Double.MAX_VALUE;

    @Test
    void aFastDigestIsKeptWithoutLoadingAnything() {
        LaneTrial trial = new LaneTrial(Digests.jdkSha1(), () -> {
            throw new AssertionError("the vectors were loaded");
        }, 0);

        assertThat(trial.turn()).isEqualTo(LaneTrial.Verdict.REFUSED);
    }

    @Test
    void whereThereAreNoVectorsTheDigestIsKept() {
        assertThat(new LaneTrial(Digests.jdkSha1(), Optional::empty, NEVER).turn()).isEqualTo(LaneTrial.Verdict.REFUSED);
    }

    @Test
    void lanesThatAreWrongAreRefusedHoweverFast() {
        assertThat(verdict(new LaneTrial(SlowDigest::new, () -> Optional.of(new Bent(0)), NEVER))).isEqualTo(LaneTrial.Verdict.REFUSED);
        assertThat(verdict(new LaneTrial(SlowDigest::new, () -> Optional.of(new Bent(4)), NEVER)))
                .as("wrong only after they were compiled").isEqualTo(LaneTrial.Verdict.REFUSED);
    }

    @Test
    void lanesThatStaySlowAreRefused() {
        assertThat(verdict(new LaneTrial(Digests.jdkSha1(), () -> Optional.of(new Slow()), NEVER))).isEqualTo(LaneTrial.Verdict.REFUSED);
    }

    @Test
    void lanesThatAreRightAndFasterAreTakenFromThatNumberOnFromWhichTheyPay() {
        LaneTrial trial = new LaneTrial(SlowDigest::new, () -> Optional.of(new PlainRounds(8)), NEVER);

        assertThat(verdict(trial)).isEqualTo(LaneTrial.Verdict.FASTER);
        assertThat(trial.worthFrom()).isBetween(2, 8);
        assertThat(trial).asString().contains("digest", "8 lanes");
    }

    @Test
    void theChoiceIsMadeWhenEnoughWasHashed() {
        try (HashChoice choice = new HashChoice(LaneTrialTest::thread,
                new LaneTrial(SlowDigest::new, () -> Optional.of(new PlainRounds(8)), NEVER), 1000)) {
            choice.hashed(999);
            Supplier<PieceHasher> before = choice.together();
            assertThat(before.get().width()).isEqualTo(1);

            choice.hashed(1);
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> choice.together() != before);

            assertThat(choice.together().get().width()).isEqualTo(8);
            assertThat(choice.alone().get().width()).isEqualTo(1);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }

    private static LaneTrial.Verdict verdict(LaneTrial trial) {
        LaneTrial.Verdict verdict = trial.turn();
        while (verdict == LaneTrial.Verdict.UNDECIDED) {
            verdict = trial.turn();
        }
        return verdict;
    }

    /** Wrong in the last lane, after some good answers. */
    private static final class Bent implements Sha1Lanes.Rounds {
        private final PlainRounds of = new PlainRounds(8);
        private int good;

        Bent(int good) {
            this.good = good;
        }

        @Override
        public int lanes() {
            return of.lanes();
        }

        @Override
        public Sha1Lanes.Rounds another() {
            return this;
        }

        @Override
        public void compress(int[] state, byte[][] data, int blocks) {
            of.compress(state, data, blocks);
            if (good-- <= 0) {
                state[7] ^= 1;
            }
        }
    }

    private static final class Slow implements Sha1Lanes.Rounds {
        private final PlainRounds of = new PlainRounds(8);

        @Override
        public int lanes() {
            return of.lanes();
        }

        @Override
        public Sha1Lanes.Rounds another() {
            return this;
        }

        @Override
        public void compress(int[] state, byte[][] data, int blocks) {
            LockSupport.parkNanos(1_000_000);
            of.compress(state, data, blocks);
        }
    }

    /** At most about 1 MB/s. */
    private static final class SlowDigest extends MessageDigest {
        private final MessageDigest of = Digests.jdkSha1().get();

        SlowDigest() {
            super("SHA-1");
        }

        @Override
        protected void engineUpdate(byte input) {
            of.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            if (length > 100_000) {
                LockSupport.parkNanos(100_000_000);
            }
            of.update(input, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
            return of.digest();
        }

        @Override
        protected void engineReset() {
            of.reset();
        }
    }
}
