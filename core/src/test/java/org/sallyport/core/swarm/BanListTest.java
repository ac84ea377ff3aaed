package org.sallyport.core.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BanListTest {
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final long START = Long.MAX_VALUE - HOUR / 2;

    private final BanList bans = new BanList();

    @Test
    void nobodyIsBannedUnheard() {
        assertThat(bans.isBanned(host(1), START)).isFalse();
    }

    @Test
    void theFirstBanLastsAnHour() {
        bans.ban(host(1), START);

        assertThat(bans.isBanned(host(1), START)).isTrue();
        assertThat(bans.isBanned(host(1), START + HOUR - 1)).isTrue();
        assertThat(bans.isBanned(host(1), START + HOUR)).isFalse();
        assertThat(bans.isBanned(host(2), START)).isFalse();
    }

    @Test
    void eachFurtherBanDoublesUpToADay() {
        long now = START;
        int[] hours = new int[8];
        for (int i = 0; i < hours.length; i++) {
            bans.ban(host(1), now);
            while (bans.isBanned(host(1), now)) {
                now += HOUR;
                hours[i]++;
            }
        }

        assertThat(hours).containsExactly(1, 2, 4, 8, 16, 24, 24, 24);
    }

    @Test
    void memoryIsBoundedAndTheOneNotSeenLongestIsForgotten() {
        bans.ban(host(0), START);
        bans.ban(host(1), START);
        for (int i = 2; i < 10_000; i++) {
            bans.ban(host(i), START);
        }
        assertThat(bans.isBanned(host(0), START)).as("seen again, so kept").isTrue();

        bans.ban(host(10_000), START);

        assertThat(bans.isBanned(host(0), START)).isTrue();
        assertThat(bans.isBanned(host(1), START)).isFalse();
        assertThat(bans.isBanned(host(10_000), START)).isTrue();
    }

    private static InetAddress host(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 1, (byte) (number >> 8), (byte) number});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
