package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.Event.Severity;

/** The check can fail. */
@Tag("hostile")
@Timeout(120)
class EngineAftermathTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path temp;
    private TestEngines engines;
    private Engine engine;

    @BeforeEach
    void open() throws Exception {
        engines = new TestEngines(temp);
        engine = engines.start("one");
    }

    @AfterEach
    void close() {
        engines.close();
    }

    @Test
    void anEngineThatWasLeftInPeaceIsAllRight() throws Exception {
        new EngineAftermath(engines::all).check();
    }

    @Test
    void threadsThatEndedAreSeen() throws Exception {
        Engine other = engines.start("two");
        new EngineAftermath(() -> List.of(engine, other)).check();

        other.close();

        await().atMost(SOON).untilAsserted(() -> assertThatThrownBy(() -> EngineAftermath.assertThreads(2)).hasMessageContaining("sallyport-"));
        EngineAftermath.assertThreads(1);
    }

    @Test
    void anEngineThatServesNobodyIsSeen() {
        engine.close();

        assertThatThrownBy(() -> new EngineAftermath(engines::all).check()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine.stuck", "engine.dead"})
    void whatTheWatchdogSaidIsSeen(String id) {
        List<Event> events = List.of(event(1, 0, Severity.INFO, "engine.started", ""), event(2, 1, Severity.TROUBLE, id, ""));

        assertThatThrownBy(() -> EngineAftermath.assertToldOnce(events)).isInstanceOf(AssertionError.class).hasMessageContaining(id);
    }

    @Test
    void anEventThatIsMissingIsSeen() {
        Event first = event(1, 0, Severity.INFO, "engine.started", "");
        Event third = event(3, 1, Severity.INFO, "torrent.added", "");

        assertThatThrownBy(() -> EngineAftermath.assertToldOnce(List.of(first, third))).hasMessageContaining("none of which is missing");
        assertThatThrownBy(() -> EngineAftermath.assertToldOnce(List.of(third))).hasMessageContaining("none of which is missing");
    }

    @Test
    void aBanThatIsToldTwiceIsSeenHoweverMuchLater() {
        List<Event> events = List.of(event(1, 0, Severity.REFUSED, "peer.banned", "127.0.0.2"),
                event(2, 600, Severity.REFUSED, "peer.banned", "127.0.0.2"));

        assertThatThrownBy(() -> EngineAftermath.assertToldOnce(events)).hasMessageContaining("told twice");
    }

    @Test
    void aRefusalThatIsToldAgainTooSoonIsSeen() {
        Event first = event(1, 0, Severity.REFUSED, "policy.denied", "127.0.0.2");

        assertThatThrownBy(() -> EngineAftermath.assertToldOnce(List.of(first, event(2, 5, Severity.REFUSED, "policy.denied", "127.0.0.2"))))
                .hasMessageContaining("told again too soon");
        assertThatCode(() -> EngineAftermath.assertToldOnce(List.of(first, event(2, 5, Severity.REFUSED, "policy.denied", "127.0.0.3"),
                event(3, 20, Severity.REFUSED, "policy.denied", "127.0.0.2")))).doesNotThrowAnyException();
    }

    private static Event event(long seq, int second, Severity severity, String id, String address) {
        return new Event(seq, NOON.plusSeconds(second), severity, id, "Planted.", Map.of("address", address));
    }
}
