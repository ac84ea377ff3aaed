package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.persist.StateDatabase;

/** A flood of refusals is told once and counted, whatever the clock does. */
class EventLogTest {
    private static final Refusal NO = new Refusal("some.rule", "No. Ask again tomorrow.");

    @TempDir
    Path temp;

    private List<Event> toldAfter(Duration step) throws Exception {
        MovedClock clock = new MovedClock();
        Journal journal = new Journal(StateDatabase.open(temp.resolve(step + ".db")));
        EventLog log = new EventLog(journal, clock);
        try {
            log.refused("some.refused", NO, "somebody", Map.of());
            clock.move(step);
            log.refused("some.refused", NO, "somebody", Map.of());
            return journal.run(db -> db.events(0, 10)).join();
        } finally {
            journal.close();
        }
    }

    @Test
    void sameRefusalIsToldAgainAfterAWhile() throws Exception {
        assertThat(toldAfter(Duration.ofSeconds(5))).hasSize(1);
        assertThat(toldAfter(Duration.ofSeconds(11))).hasSize(2);
    }

    @Test
    void clockThatWasPutBackHushesNothing() throws Exception {
        assertThat(toldAfter(Duration.ofHours(-3))).hasSize(2);
    }

    /** Whoever can take any number of addresses could fill log and memory else. */
    @Test
    void refusalsOfMoreThanCanBeToldApartAreToldAsOne() throws Exception {
        Journal journal = new Journal(StateDatabase.open(temp.resolve("many.db")));
        EventLog log = new EventLog(journal, new MovedClock());
        try {
            for (int subject = 0; subject < 3000; subject++) {
                log.refused("some.refused", NO, "address " + subject, Map.of());
            }
            assertThat(journal.run(db -> db.events(0, 5000)).join()).hasSizeBetween(1000, 1001);
        } finally {
            journal.close();
        }
    }
}
