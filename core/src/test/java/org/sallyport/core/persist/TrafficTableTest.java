package org.sallyport.core.persist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficTableTest {
    private static final LocalDate DAY = LocalDate.parse("2026-02-28");

    @TempDir
    Path temp;

    @Test
    void daysAreKeptAndReplaced() throws Exception {
        Path file = temp.resolve("state.db");
        try (StateDatabase database = StateDatabase.open(file)) {
            assertThat(database.traffic()).isEmpty();
            database.saveTraffic(new SavedTraffic(DAY.plusDays(1), 5, 6));
            database.saveTraffic(new SavedTraffic(DAY, 1, 2));
            database.saveTraffic(new SavedTraffic(DAY, 3, Long.MAX_VALUE));
        }

        try (StateDatabase again = StateDatabase.open(file)) {
            assertThat(again.traffic()).containsExactly(new SavedTraffic(DAY, 3, Long.MAX_VALUE), new SavedTraffic(DAY.plusDays(1), 5, 6));
        }
    }

    @Test
    void oldDaysGoAndTheOneThatCountsStays() throws Exception {
        try (StateDatabase database = StateDatabase.open(temp.resolve("state.db"))) {
            for (int i = 0; i < 405; i++) {
                database.saveTraffic(new SavedTraffic(DAY.plusDays(i), i, 0));
            }
            assertThat(database.traffic()).hasSize(400).first().isEqualTo(new SavedTraffic(DAY.plusDays(5), 5, 0));

            database.saveTraffic(new SavedTraffic(DAY.minusYears(3), 7, 7));

            assertThat(database.traffic()).hasSize(401).first().isEqualTo(new SavedTraffic(DAY.minusYears(3), 7, 7));
        }
    }
}
