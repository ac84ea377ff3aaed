package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.wire.DeviceMessage;

/** Whom to call when, with a clock of the test's own. */
class DeviceLineTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final PeerAddress HOME = PeerAddress.parse("192.0.2.1:6000");
    private static final PeerAddress WORK = PeerAddress.parse("192.0.2.2:6000");
    private static final CloseReason NOBODY = new CloseReason("link.unreachable", "nobody answered at that address");

    private final DeviceLine line = new DeviceLine(OfferBookTest.key(1, 1).device(), new Random(1));

    @Test
    void addressesAreCalledOneAfterAnother() {
        assertThat(line.next(List.of(HOME, WORK), 0)).contains(HOME);
        assertThat(line.next(List.of(HOME, WORK), 0)).as("one call is under way").isEmpty();

        fails(HOME, 0);

        assertThat(line.next(List.of(HOME, WORK), 0)).contains(WORK);
        fails(WORK, 0);
        assertThat(line.next(List.of(HOME, WORK), 0)).isEmpty();
        assertThat(line.failure()).contains(NOBODY);
    }

    @Test
    void anAddressThatDoesNotAnswerIsCalledLessAndLessOften() {
        int calls = 0;
        for (long second = 0; second < 24 * 3600; second++) {
            if (line.next(List.of(HOME), second * SECOND).isPresent()) {
                calls++;
                fails(HOME, second * SECOND);
            }
        }

        assertThat(calls).isBetween(24 * 3600 / 360, 24 * 3600 / 240 + 10);
    }

    @Test
    void itIsCalledAgainAtOnceWhenThereIsSomethingToSay() {
        line.next(List.of(HOME), 0);
        fails(HOME, 0);
        assertThat(line.next(List.of(HOME), SECOND)).isEmpty();

        CompletableFuture<Optional<DeviceTalk>> reached = line.reach(SECOND, 11 * SECOND);

        assertThat(line.next(List.of(HOME), SECOND)).contains(HOME);
        line.expire(10 * SECOND);
        assertThat(reached).isNotDone();
        line.expire(11 * SECOND);
        assertThat(reached).isCompletedWithValue(Optional.empty());
    }

    @Test
    void whoBreaksTheRulesIsLeftAloneForAMinute() {
        line.next(List.of(HOME), 0);
        line.ended(talk(HOME), new CloseReason("device.flood", "the peer says too much"), 0);

        assertThat(line.next(List.of(HOME), 60 * SECOND)).isEmpty();
        assertThat(line.next(List.of(HOME), 100 * SECOND)).contains(HOME);
    }

    @Test
    void newAddressIsCalledAtOnce() {
        line.next(List.of(HOME), 0);
        fails(HOME, 0);

        assertThat(line.next(List.of(WORK), 0)).contains(WORK);
    }

    private void fails(PeerAddress address, long now) {
        line.ended(talk(address), NOBODY, now);
    }

    private DeviceTalk talk(PeerAddress address) {
        return new DeviceTalk(line.id(), Optional.of(address), 0, new DeviceTalk.Owner() {
            @Override
            public void opened(DeviceTalk talk) { }

            @Override
            public void ready(DeviceTalk talk) { }

            @Override
            public void heard(DeviceTalk talk, DeviceMessage message) { }

            @Override
            public void closed(DeviceTalk talk, CloseReason reason) { }
        });
    }
}
