package org.sallyport.core.persist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

/** The place in the queue of a torrent that is added. */
class QueueIndexTest {
    @TempDir
    private Path temp;

    @Test
    void itIsFoundInAsManyStepsHoweverLongTheListIs() throws Exception {
        assertThat(stepsAmong(200)).isEqualTo(stepsAmong(2));
    }

    /** How many instructions SQLite's machine runs for it. */
    private int stepsAmong(int torrents) throws Exception {
        Path file = temp.resolve(torrents + ".db");
        try (StateDatabase database = StateDatabase.open(file)) {
            for (int number = 1; number <= torrents; number++) {
                database.insert(Samples.torrent(number));
            }
        }
        AtomicInteger steps = new AtomicInteger();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file); Statement statement = connection.createStatement()) {
            statement.execute("SELECT count(*) FROM torrent"); // reads the tables' definitions
            ProgressHandler.setHandler(connection, 1, new ProgressHandler() {
                @Override
                protected int progress() {
                    steps.incrementAndGet();
                    return 0;
                }
            });
            try (ResultSet row = statement.executeQuery("SELECT " + TorrentTable.NEXT_IN_QUEUE)) {
                assertThat(row.getInt(1)).isEqualTo(torrents + 1);
            }
            ProgressHandler.clearHandler(connection);
        }
        return steps.get();
    }
}
