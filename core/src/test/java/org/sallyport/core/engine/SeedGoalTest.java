package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.persist.SeedTime;

/** When a torrent has been shared enough. */
class SeedGoalTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @ParameterizedTest
    @CsvSource({
        // ratio, minutes, idle, uploaded of 1000, seconds offered, seconds idle, enough
        "-1, -1, -1, 99999, 99999, 99999, false",
        "0, -1, -1, 0, 0, 0, true",
        "1.5, -1, -1, 1499, 0, 0, false",
        "1.5, -1, -1, 1500, 0, 0, true",
        "-1, 2, -1, 0, 119, 119, false",
        "-1, 2, -1, 0, 120, 0, true",
        "-1, -1, 1, 0, 500, 59, false",
        "-1, -1, 1, 0, 500, 60, true",
        "2, 10, 1, 0, 60, 60, true",
        "2, 10, 1, 0, 599, 59, false"})
    void theFirstOfWhatIsNamedCounts(double ratio, int minutes, int idle, long uploaded, long offered, long silent, boolean enough) {
        SeedReach reach = new SeedReach(uploaded, 1000, new SeedTime(offered, silent));

        assertThat(reach.reaches(new SeedGoal(ratio, minutes, idle, SeedGoal.Then.STOP))).isEqualTo(enough);
    }

    @ParameterizedTest
    @CsvSource({"-1, -1, 999, false", "-1, -1, 1000, true", "3, -1, 2999, false", "-1, 5, 5000, false"})
    void withoutAGoalAFairShareIsWaitedFor(double ratio, int minutes, long uploaded, boolean fair) {
        assertThat(new SeedReach(uploaded, 1000, SeedTime.NONE).reachesOrIsFair(new SeedGoal(ratio, minutes, -1, SeedGoal.Then.STOP)))
                .isEqualTo(fair);
    }

    @Test
    void timeCountsWhileItIsOfferedAndGoesOnFromWhatWasKept() {
        SeedClock clock = new SeedClock(new SeedTime(100, 40));
        long now = 7;
        clock.tick(now, false, 0);
        clock.tick(now += 3 * SECOND, false, 0);
        assertThat(clock.time()).isEqualTo(new SeedTime(100, 40));

        clock.tick(now += SECOND, true, 0);
        clock.tick(now += SECOND, true, 0);
        clock.tick(now += SECOND, true, 0);
        assertThat(clock.time()).isEqualTo(new SeedTime(102, 42));
        assertThat(clock.takeUnsaved()).isTrue();
        assertThat(clock.takeUnsaved()).isFalse();

        clock.tick(now += SECOND, true, 16_384);
        assertThat(clock.time()).isEqualTo(new SeedTime(103, 0));
    }

    @Test
    void aComputerThatSleptHasOfferedNothing() {
        SeedClock clock = new SeedClock(SeedTime.NONE);
        clock.tick(0, true, 0);
        clock.tick(TimeUnit.HOURS.toNanos(8), true, 0);

        assertThat(clock.time().offeredSeconds()).isLessThanOrEqualTo(5);
    }

    @Test
    void slowIsWhoWasSlowForAMinuteAndFastWhoWasFastForOne() {
        SlowWatch watch = new SlowWatch(0);
        look(watch, 0, 59, 10);
        assertThat(watch.slow()).isFalse();
        look(watch, 59, 61, 10);
        assertThat(watch.slow()).isTrue();
        look(watch, 61, 100, 5000);
        look(watch, 100, 102, 10);
        look(watch, 102, 150, 5000);
        assertThat(watch.slow()).as("fast, but never for a minute").isTrue();
        look(watch, 150, 164, 5000);
        assertThat(watch.slow()).isFalse();
        look(watch, 164, 300, 10);
        watch.look(false, 0, 2048, 301 * SECOND);
        assertThat(watch.slow()).as("it does not run").isFalse();
    }

    private static void look(SlowWatch watch, long from, long to, long rate) {
        for (long second = from; second < to; second++) {
            watch.look(true, rate, 2048, second * SECOND);
        }
    }
}
