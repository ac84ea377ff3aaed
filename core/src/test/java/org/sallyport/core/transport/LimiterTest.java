package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.testkit.VirtualLoop;

/** Limits with a clock that moves only when told. */
class LimiterTest {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    private final VirtualLoop loop = new VirtualLoop();
    private final Instant began = loop.instant();
    private final Limiter limiter = new Limiter(loop, () -> Duration.between(began, loop.instant()).toNanos());
    private final InetAddress stranger = address("198.51.100.7");

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes all it may, in pieces of its own size, and asks again. */
    private final class Eater {
        private final Limiter.Intake intake;
        private final int bite;
        private long eaten;

        Eater(Meter own, InetAddress from, int bite) {
            this.intake = limiter.intake(own, LocalNetworks.isOwn(from));
            this.bite = bite;
        }

        Eater begin() {
            intake.ask(this::eat);
            return this;
        }

        private void eat(long allowed) {
            long bytes = Math.max(bite, Math.min(allowed, 64 * KIB));
            eaten += bytes;
            intake.received(bytes);
            loop.execute(() -> intake.ask(this::eat));
        }
    }

    private Eater eater(Meter own) {
        return new Eater(own, stranger, 1).begin();
    }

    private void seconds(int seconds) {
        loop.advance(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(longs = {KIB, 20 * KIB, 500_000, 5 * MIB, 100 * MIB})
    void allTogetherTakeWhatIsAllowedAndNoMore(long rate) {
        limiter.total().limit(rate, 0);
        for (int i = 0; i < 7; i++) {
            eater(limiter.meter());
        }

        seconds(60);

        // what is over is a fifth of a second and a bite each
        assertThat(limiter.total().received()).isBetween(58 * rate, 60 * rate + rate / 5 + 7 * Budget.LEAST);
    }

    @ParameterizedTest
    @CsvSource({"1024, 16384", "20480, 16384", "20480, 131072", "1048576, 16384"})
    void whatCannotBeDividedIsMadeGood(long rate, int bite) {
        limiter.total().limit(rate, 0);
        for (int i = 0; i < 5; i++) {
            new Eater(limiter.meter(), stranger, bite).begin();
        }

        seconds(600);

        assertThat(limiter.total().received()).isBetween((long) (0.97 * 600 * rate), 600 * rate + rate / 5 + bite);
    }

    @Test
    void everybodyGetsTheSame() {
        limiter.total().limit(100 * KIB, 0);
        List<Eater> eaters = IntStream.range(0, 10).mapToObj(i -> eater(limiter.meter())).toList();

        seconds(60);

        assertThat(eaters).allSatisfy(each -> assertThat(each.eaten).isBetween(540 * KIB, 660 * KIB));
    }

    @Test
    void nobodyStarvesAlthoughThereAreMoreThanPortions() {
        limiter.total().limit(KIB, 0);
        List<Eater> eaters = IntStream.range(0, 100).mapToObj(i -> eater(limiter.meter())).toList();

        seconds(60);

        assertThat(eaters).allSatisfy(each -> assertThat(each.eaten).isPositive());
    }

    @Test
    void torrentsHaveLimitsOfTheirOwnWithinThatOfAll() {
        limiter.total().limit(100 * KIB, 0);
        Meter slow = limiter.meter();
        slow.limit(10 * KIB, 0);
        Meter free = limiter.meter();
        eater(slow);
        eater(slow);
        eater(free);

        seconds(60);

        assertThat(slow.received()).isBetween(570 * KIB, 604 * KIB);
        assertThat(free.received()).isBetween(5_200 * KIB, 5_450 * KIB);
        assertThat(limiter.total().received()).isEqualTo(slow.received() + free.received());
    }

    @Test
    void otherLimitsHoldAtOnce() {
        Eater eater = new Eater(limiter.meter(), stranger, 1);
        limiter.total().limit(KIB, 0);
        eater.begin();
        seconds(10);
        long before = eater.eaten;

        limiter.total().limit(MIB, 0);
        seconds(10);

        assertThat(before).isLessThan(11 * KIB);
        assertThat(eater.eaten - before).isBetween(9 * MIB, 11 * MIB);
        limiter.total().limit(KIB, 0);
        long fast = eater.eaten;
        seconds(10);
        assertThat(eater.eaten - fast).isBetween(8 * KIB, 12 * KIB);
    }

    @Test
    void whoWaitsGoesOnWhenTheLimitIsTakenAway() {
        limiter.total().limit(KIB, 0);
        List<Long> answers = new ArrayList<>();
        Limiter.Intake intake = limiter.intake(limiter.meter(), false);
        intake.received(100 * KIB);
        intake.ask(answers::add);
        assertThat(answers).isEmpty();

        limiter.total().limit(0, 0);

        assertThat(answers).containsExactly(Budget.UNLIMITED);
    }

    @Test
    void debtOfAFastTimeDoesNotStopASlowOne() {
        limiter.total().limit(10 * MIB, 0);
        Eater eater = new Eater(limiter.meter(), stranger, (int) (4 * MIB)).begin();
        long before = eater.eaten;
        limiter.total().limit(KIB, 0);

        seconds(3);

        assertThat(eater.eaten).isGreaterThan(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "10.1.2.3", "192.168.1.9", "172.16.0.1", "169.254.1.1", "fe80::1", "fd00::7"})
    void ownNetworkIsNeitherCountedNorLimitedUnlessAskedFor(String address) throws Exception {
        limiter.total().limit(KIB, 0);
        InetAddress near = InetAddress.getByName(address);
        Limiter.Intake intake = limiter.intake(limiter.meter(), LocalNetworks.isOwn(near));
        List<Long> answers = new ArrayList<>();

        intake.received(MIB);
        intake.ask(answers::add);

        assertThat(answers).containsExactly(Budget.UNLIMITED);
        assertThat(limiter.total().received()).isZero();
        limiter.countLocal(true);
        intake.received(MIB);
        intake.ask(answers::add);
        assertThat(answers).hasSize(1);
        assertThat(limiter.total().received()).isEqualTo(MIB);
        limiter.countLocal(false);
        assertThat(answers).containsExactly(Budget.UNLIMITED, Budget.UNLIMITED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.64.0.1", "2001:db8::1"})
    void othersAreNotOfTheOwnNetwork(String address) throws Exception {
        assertThat(LocalNetworks.isOwn(InetAddress.getByName(address))).isFalse();
    }

    @Test
    void whoLeavesIsAskedNoMoreAndHoldsUpNobody() {
        limiter.total().limit(10 * KIB, 0);
        Limiter.Intake gone = limiter.intake(limiter.meter(), false);
        gone.received(20 * KIB);
        gone.ask(bytes -> {
            throw new AssertionError("asked after it left");
        });
        Eater other = eater(limiter.meter());

        gone.close();
        seconds(30);

        assertThat(other.eaten).isGreaterThan(250 * KIB);
    }

    @Test
    void alarmGoesOffOnceWhenSoMuchHasPassed() {
        List<Long> heard = new ArrayList<>();
        limiter.alarm(100 * KIB, () -> heard.add(limiter.total().received()));
        Limiter.Intake intake = limiter.intake(limiter.meter(), false);

        for (int i = 0; i < 20; i++) {
            intake.received(10 * KIB);
            loop.run();
        }

        assertThat(heard).containsExactly(100 * KIB);
    }

    @Test
    void nobodyWaitsAndNothingIsPlannedWithoutLimits() {
        Limiter.Intake intake = limiter.intake(limiter.meter(), false);
        intake.ask(bytes -> intake.received(1));

        assertThat(loop.shutdownNow()).isEmpty();
    }

    @Test
    void ratesAreNotNegative() {
        assertThatThrownBy(() -> limiter.total().limit(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
