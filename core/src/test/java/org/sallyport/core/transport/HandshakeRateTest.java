package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HandshakeRateTest {
    private static final long MILLI = 1_000_000;
    private long now = Long.MAX_VALUE - 500 * MILLI; // the scale may wrap around
    private final HandshakeRate rate = new HandshakeRate(20, () -> now);

    private int begin(int wanted) {
        int begun = 0;
        for (int i = 0; i < wanted; i++) {
            begun += rate.tryBegin() ? 1 : 0;
        }
        return begun;
    }

    @Test
    void asManyAsInASecondMayComeAtOnce() {
        assertThat(begin(100)).isEqualTo(20);
    }

    @Test
    void oneMoreMayComeEveryTwentiethOfASecondAndPartsAreKept() {
        begin(20);
        now += 49 * MILLI;
        assertThat(begin(5)).isZero();
        now += MILLI;
        assertThat(begin(5)).isEqualTo(1);
        now += 175 * MILLI;
        assertThat(begin(5)).isEqualTo(3);
        now += 25 * MILLI;
        assertThat(begin(5)).isEqualTo(1);
    }

    @Test
    void aLongPauseEarnsNoMoreThanASecond() {
        begin(20);
        now += 3_600_000 * MILLI;
        assertThat(begin(100)).isEqualTo(20);
        assertThat(begin(1)).isZero();
    }
}
