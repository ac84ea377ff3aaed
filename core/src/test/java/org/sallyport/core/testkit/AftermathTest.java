package org.sallyport.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The check can fail. */
@Tag("hostile")
class AftermathTest {
    private final Aftermath aftermath = new Aftermath(Duration.ofMillis(200), new AtomicBoolean(true));

    @BeforeEach
    void begin() {
        aftermath.begin();
    }

    @AfterEach
    void end() {
        aftermath.end();
    }

    @Test
    void memoryThatIsKeptIsSeen() {
        byte[] kept = new byte[40 << 20];

        assertThatThrownBy(aftermath::check).isInstanceOf(ConditionTimeoutException.class);
        assertThat(kept).hasSize(40 << 20);
    }

    @Test
    void buffersOfThePoolThatAreKeptAreSeen() {
        List<ByteBuf> kept = IntStream.range(0, 640).mapToObj(i -> PooledByteBufAllocator.DEFAULT.directBuffer(64 << 10, 64 << 10)).toList();
        try {
            assertThatThrownBy(aftermath::check).isInstanceOf(ConditionTimeoutException.class);
        } finally {
            kept.forEach(ByteBuf::release);
        }
    }

    @Test
    void aThreadThatDiesIsSeen() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        thread.execute(() -> {
            throw new IllegalStateException("planted");
        });
        thread.shutdown();
        assertThat(thread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

        // it is told a moment after it counts as ended; not to who waits for it, who would take the handler's place meanwhile
        await().dontCatchUncaughtExceptions().untilAsserted(() -> assertThatThrownBy(aftermath::check).hasMessageContaining("threads that died"));
    }

    @Test
    void nothingLeftBehindIsAllRight() {
        byte[] gone = new byte[20 << 20];
        assertThat(gone).hasSize(20 << 20);

        aftermath.check();
    }
}
