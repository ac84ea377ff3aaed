package org.sallyport.core.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.InfoHash;

class SavedMagnetsTest {
    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("state.db");
    }

    private static SavedMagnet magnet(InfoHash hash) {
        return new SavedMagnet(hash, "magnet:?xt=urn:btih:" + hash + "&dn=a=b", true, Instant.parse("2026-01-02T03:04:05Z"),
                Map.of("folder", "/a b\\c\n=", "wanted", ""));
    }

    private static InfoHash hash(String digit) {
        return new InfoHash(digit.repeat(40));
    }

    @Test
    void linksAreKeptInOrderUntilTheyAreRemoved() throws Exception {
        try (StateDatabase database = StateDatabase.open(file)) {
            database.insert(magnet(hash("b")));
            database.insert(magnet(hash("a")));
            database.insert(magnet(hash("c")));
            assertThatThrownBy(() -> database.insert(magnet(hash("a")))).isInstanceOf(PersistException.class);
            database.update(magnet(hash("a")).withRunning(false).withRequest(Map.of("folder", "/other")));
            database.removeMagnet(hash("c"));
            database.removeMagnet(hash("d"));
        }
        try (StateDatabase again = StateDatabase.open(file)) {
            assertThat(again.magnets())
                    .containsExactly(magnet(hash("b")), magnet(hash("a")).withRunning(false).withRequest(Map.of("folder", "/other")));
        }
    }

    @Test
    void linkGoesWhenItsTorrentComes() throws Exception {
        SavedTorrent torrent = Samples.torrent(1);
        try (StateDatabase database = StateDatabase.open(file)) {
            database.insert(magnet(torrent.hash()));
            database.insert(torrent);
            assertThat(database.magnets()).isEmpty();
        }
    }

    @Test
    void backupHasThem() throws Exception {
        try (StateDatabase database = StateDatabase.open(file)) {
            database.insert(magnet(hash("a")));
        }
        Files.write(file, new byte[10]);

        try (StateDatabase again = StateDatabase.open(file)) {
            assertThat(again.recovery().kind()).isEqualTo(Recovery.Kind.FROM_BACKUP);
            assertThat(again.magnets()).containsExactly(magnet(hash("a")));
        }
    }

    @Test
    void rowThatLostItsMeaningIsDamage() throws Exception {
        try (StateDatabase database = StateDatabase.open(file)) {
            database.insert(magnet(hash("a")));
            execute("UPDATE magnet SET added_at = 'yesterday'");

            assertThatThrownBy(database::magnets).isInstanceOf(PersistException.class).hasMessageContaining("magnet");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
