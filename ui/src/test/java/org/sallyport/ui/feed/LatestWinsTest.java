package org.sallyport.ui.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatestWinsTest {
    private final Deque<Runnable> receiverThread = new ArrayDeque<>();
    private final List<Integer> received = new ArrayList<>();
    private final LatestWins<Integer> handOver = new LatestWins<>(receiverThread::add, received::add);

    @Test
    void aSlowReceiverSeesOnlyTheLatestAndIsAskedOnce() {
        handOver.offer(1);
        handOver.offer(2);
        handOver.offer(3);

        assertThat(receiverThread).hasSize(1);
        receiverThread.remove().run();
        assertThat(received).containsExactly(3);
    }

    @Test
    void afterADeliveryTheNextValueIsHandedOverAgain() {
        handOver.offer(1);
        receiverThread.remove().run();
        handOver.offer(2);
        receiverThread.remove().run();

        assertThat(received).containsExactly(1, 2);
    }
}
