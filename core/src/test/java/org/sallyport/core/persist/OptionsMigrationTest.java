package org.sallyport.core.persist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.TorrentOptions;

/** A database from before torrents had options of their own. */
class OptionsMigrationTest {
    @TempDir
    private Path temp;
    private Path file;

    @BeforeEach
    void place() {
        file = temp.resolve("state.db");
    }

    /** Makes the tables what version 3 had. */
    static void undo(Path file) throws SQLException {
        execute(file, "DROP TABLE verdict", "DROP TABLE torrent_edits", "DROP TABLE traffic", "DROP TABLE magnet",
                "DROP TABLE seed_time",
                "DROP INDEX torrent_queue",
                "ALTER TABLE torrent DROP COLUMN queue",
                "ALTER TABLE torrent ADD COLUMN sequential INTEGER NOT NULL DEFAULT 0",
                "ALTER TABLE torrent ADD COLUMN seed_ratio REAL NOT NULL DEFAULT 0",
                "ALTER TABLE torrent ADD COLUMN unwanted BLOB NOT NULL DEFAULT x''",
                "UPDATE torrent SET seed_ratio = (SELECT goal_ratio FROM torrent_options o WHERE o.hash = torrent.hash), "
                        + "sequential = (SELECT sequential FROM torrent_options o WHERE o.hash = torrent.hash), "
                        + "unwanted = (SELECT skipped FROM torrent_options o WHERE o.hash = torrent.hash)",
                "DROP TABLE torrent_options",
                "PRAGMA user_version = 3");
    }

    @Test
    void itsFilesOrderRatioAndPlacesAreTakenOver() throws Exception {
        SavedTorrent first = Samples.torrent(2).withOptions(TorrentOptions.DEFAULT.withSequential(true).withGoal(SeedGoal.ratio(0))
                .withPriorities(Map.of(4, FilePriority.SKIP, 900_000, FilePriority.SKIP)));
        SavedTorrent second = Samples.torrent(1).withOptions(TorrentOptions.DEFAULT.withGoal(SeedGoal.ratio(2.5)));
        try (StateDatabase database = StateDatabase.open(file)) {
            database.insert(first);
            database.insert(second);
            database.saveProgress(List.of(Samples.progress(1, 40)));
        }
        undo(file);

        try (StateDatabase again = StateDatabase.open(file)) {
            assertThat(again.recovery()).isEqualTo(Recovery.NONE);
            assertThat(again.torrents()).containsExactly(first, second.at(true, Samples.progress(1, 40), SeedTime.NONE));
            assertThat(again.queue()).containsExactly(first.hash(), second.hash());
            again.update(second);
            again.insert(Samples.torrent(3));
        }
    }

    private static void execute(Path file, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
