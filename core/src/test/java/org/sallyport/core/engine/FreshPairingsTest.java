package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.trust.DeviceId;

/** How long a device that was just paired is not called. */
class FreshPairingsTest {
    private static final long NOW = System.nanoTime();

    private final DeviceId anna = DeviceId.of(Bytes.copyOf(new byte[] {1}));
    private final DeviceId bert = DeviceId.of(Bytes.copyOf(new byte[] {2}));
    private final FreshPairings pairings = new FreshPairings();

    private static long after(int seconds) {
        return NOW + TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void deviceWaitsForTheEndAndOthersDoNot() {
        FreshPairings.Fresh fresh = pairings.begin(anna);
        fresh.kept(NOW);

        assertThat(pairings.contains(anna, after(1))).isTrue();
        assertThat(pairings.contains(bert, after(1))).isFalse();
        pairings.end(fresh);
        assertThat(pairings.contains(anna, after(1))).isFalse();
    }

    @Test
    void whoNeverEndsItIsCalledAfterTenSecondsAllTheSame() {
        FreshPairings.Fresh fresh = pairings.begin(anna);

        assertThat(pairings.contains(anna, after(60))).as("a slow disk here").isTrue();
        fresh.kept(after(60));
        assertThat(pairings.contains(anna, after(69))).isTrue();
        assertThat(pairings.contains(anna, after(70))).isFalse();
    }

    @Test
    void ofTwoPairingsWithOneDeviceBothMustEnd() {
        FreshPairings.Fresh first = pairings.begin(anna);
        FreshPairings.Fresh second = pairings.begin(anna);

        pairings.end(first);
        assertThat(pairings.contains(anna, NOW)).isTrue();
        pairings.end(second);
        assertThat(pairings.contains(anna, NOW)).isFalse();
    }
}
