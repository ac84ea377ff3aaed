package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real thread that is stuck, comes round again, and ends. */
@Timeout(60)
class LoopWatchTest {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private LoopWatch watch;

    @BeforeEach
    void begin() {
        watch = new LoopWatch(loop, "no such thread", Duration.ofSeconds(1), (severity, id, sentence, facts) -> told.add(id));
        watch.begin();
    }

    @AfterEach
    void end() {
        watch.close();
        loop.shutdownNow();
    }

    @Test
    void aStuckLoopIsToldOnceAndSoIsItsReturn() {
        CountDownLatch stuck = new CountDownLatch(1);
        loop.execute(() -> {
            try {
                stuck.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        await().atMost(SOON).until(() -> told.contains("engine.stuck"));
        stuck.countDown();
        await().atMost(SOON).until(() -> told.contains("engine.unstuck"));
        assertThat(told).containsExactly("engine.stuck", "engine.unstuck");
    }

    @Test
    void aLoopThatEndedIsTold() {
        loop.shutdown();

        await().atMost(SOON).until(() -> told.contains("engine.dead"));
        assertThat(told).containsExactly("engine.dead");
    }
}
