package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WakeListTest {
    private final WakeList<One> list = new WakeList<>();

    private static final class One implements WakeList.Sleeper {
        private final int number;
        private boolean busy;
        private boolean noted;
        private boolean waiting;

        One(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public void wake() { }

        @Override
        public boolean settle() {
            return busy;
        }

        @Override
        public boolean isWaiting() {
            return waiting;
        }

        @Override
        public boolean isNoted() {
            return noted;
        }

        @Override
        public String toString() {
            return "one " + number;
        }
    }

    private List<One> resting(int count) {
        List<One> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new One(i));
            list.add(all.get(i));
        }
        all.forEach(list::settle);
        return all;
    }

    @Test
    void thoseThatWereWokenAreAwakeInTheOrderOfTheListUntilTheyAreSettled() {
        List<One> all = resting(5);

        list.wake(all.get(3));
        list.wake(all.get(1));

        assertThat(list.awake()).containsExactly(all.get(1), all.get(3));
        all.get(3).busy = true;
        list.due().forEach(list::settle);
        assertThat(list.awake()).containsExactly(all.get(3));
    }

    @Test
    void aShortListIsLookedThroughEverySecond() {
        List<One> all = resting(WakeList.LOOKS);
        list.wake(all.get(7));

        assertThat(list.due()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void ofALongListEveryOneIsLookedAtWithinTheRoundAndHardlyAnyTwice() {
        List<One> all = resting(40 * WakeList.LOOKS);
        List<One> looked = new ArrayList<>();

        for (int second = 0; second < WakeList.ROUND_SECONDS; second++) {
            List<One> due = list.due();
            assertThat(due).hasSizeLessThanOrEqualTo(all.size() / WakeList.ROUND_SECONDS + 1);
            looked.addAll(due);
            due.forEach(list::settle);
        }

        assertThat(looked).containsAll(all).hasSizeLessThanOrEqualTo(all.size() + WakeList.ROUND_SECONDS);
    }

    @Test
    void oneThatHasSomethingToDoWhenItIsLookedAtWakesByItself() {
        List<One> all = resting(3);
        int before = list.changes();
        all.get(2).busy = true;

        list.due().forEach(list::settle);

        assertThat(list.awake()).containsExactly(all.get(2));
        assertThat(list.changes()).isGreaterThan(before);
    }

    @Test
    void whatRestsAndIsOfInterestIsAmongTheNoted() {
        List<One> all = resting(4);
        all.get(2).noted = true;
        list.settle(all.get(2));
        list.wake(all.get(3));
        list.wake(all.get(0));

        assertThat(list.noted()).containsExactly(all.get(0), all.get(2), all.get(3));
        assertThat(list.awake()).containsExactly(all.get(0), all.get(3));
    }

    @Test
    void whatRestsUntilItIsItsTurnIsAmongTheWaitingUntilItIsWoken() {
        List<One> all = resting(4);
        all.get(3).waiting = true;
        all.get(1).waiting = true;
        all.get(2).waiting = true;
        all.get(2).busy = true;
        all.forEach(list::settle);

        assertThat(list.waiting()).containsExactly(all.get(1), all.get(3));
        list.wake(all.get(1));
        assertThat(list.waiting()).containsExactly(all.get(3));
        list.remove(all.get(3));
        assertThat(list.waiting()).isEmpty();
    }

    @Test
    void whatWasRemovedIsNowhere() {
        List<One> all = resting(3);
        all.get(0).noted = true;
        list.settle(all.get(0));
        list.wake(all.get(1));

        int before = list.changes();

        list.remove(all.get(0));
        list.remove(all.get(1));

        assertThat(list.changes()).isGreaterThan(before);

        assertThat(list.awake()).isEmpty();
        assertThat(list.noted()).isEmpty();
        assertThat(list.due()).containsExactly(all.get(2));
    }
}
