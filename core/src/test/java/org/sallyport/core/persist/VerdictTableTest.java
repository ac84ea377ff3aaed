package org.sallyport.core.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.persist.SavedVerdict.Fate;

class VerdictTableTest {
    private static final Instant AT = Instant.parse("2026-11-21T20:00:00.000000001Z");

    @TempDir
    Path temp;

    private static SavedVerdict verdict(int torrent, int file, Verdict.Kind kind, Fate fate) {
        return new SavedVerdict(Samples.hash(torrent), file, new Verdict(kind, "a \"reason\"\nof two lines"), "ab".repeat(32), AT, "ClamAV 1.4.3",
                Instant.EPOCH, true, fate);
    }

    @Test
    void verdictsAreKeptReplacedAndForgottenWithTheirTorrent() throws Exception {
        Path file = temp.resolve("state.db");
        SavedVerdict held = verdict(1, 3, Verdict.Kind.INFECTED, Fate.HELD);
        try (StateDatabase database = StateDatabase.open(file)) {
            database.insert(Samples.torrent(1));
            database.insert(Samples.torrent(2));
            database.saveVerdict(held);
            database.saveVerdict(verdict(1, 0, Verdict.Kind.CLEAN, Fate.RELEASED));
            database.saveVerdict(verdict(1, 1, Verdict.Kind.CLEAN, Fate.RELEASED));
            database.saveVerdict(verdict(2, 0, Verdict.Kind.NOT_SCANNED, Fate.RELEASED));
            database.saveVerdict(verdict(9, 0, Verdict.Kind.CLEAN, Fate.RELEASED));

            database.saveVerdict(held.withFate(Fate.DELETED));
            database.removeVerdict(Samples.hash(1), 1);
            database.remove(Samples.hash(2));
        }

        try (StateDatabase again = StateDatabase.open(file)) {
            assertThat(again.verdicts()).containsExactly(verdict(1, 0, Verdict.Kind.CLEAN, Fate.RELEASED), held.withFate(Fate.DELETED));
        }
    }

    @Test
    void aVerdictThatCannotBeReadIsDamage() throws Exception {
        Path file = temp.resolve("state.db");
        try (StateDatabase database = StateDatabase.open(file)) {
            database.insert(Samples.torrent(1));
            database.saveVerdict(verdict(1, 0, Verdict.Kind.CLEAN, Fate.RELEASED));
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file); var statement = connection.createStatement()) {
            statement.execute("UPDATE verdict SET kind = 'FINE'");
        }

        try (StateDatabase again = StateDatabase.open(file)) {
            assertThatThrownBy(again::verdicts).isInstanceOf(PersistException.class);
        }
    }
}
