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
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;

class SavedDevicesTest {
    private static final Instant ADDED = Instant.parse("2026-11-20T10:15:30.123456789Z");

    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("state.db");
    }

    @Test
    void devicesComeBackAsTheyWereInTheirOrder() throws Exception {
        SavedDevice awaited = new SavedDevice("CCC", Bytes.EMPTY, Bytes.EMPTY, "Grandma's", List.of(), ADDED, Instant.EPOCH);
        List<SavedDevice> devices = List.of(device("BBB"), device("AAA"), awaited);
        try (StateDatabase database = StateDatabase.open(file)) {
            assertThat(database.devices()).isEmpty();
            database.saveDevices(List.of(device("old")));
            database.saveDevices(devices);
        }

        try (StateDatabase again = StateDatabase.open(file)) {
            assertThat(again.devices()).isEqualTo(devices);
        }
    }

    @Test
    void onlyTheTimeADeviceWasSeenChanges() throws Exception {
        try (StateDatabase database = StateDatabase.open(file)) {
            database.saveDevices(List.of(device("AAA"), device("BBB")));

            assertThat(database.deviceSeen("BBB", ADDED.plusSeconds(5))).isTrue();
            assertThat(database.deviceSeen("CCC", ADDED)).isFalse();

            assertThat(database.devices()).extracting(SavedDevice::lastSeen).containsExactly(ADDED.plusSeconds(1), ADDED.plusSeconds(5));
        }
    }

    @Test
    void aListThatCannotBeSavedLeavesTheOldOne() throws Exception {
        try (StateDatabase database = StateDatabase.open(file)) {
            database.saveDevices(List.of(device("AAA")));

            assertThatThrownBy(() -> database.saveDevices(List.of(device("BBB"), device("BBB")))).isInstanceOf(PersistException.class);

            assertThat(database.devices()).containsExactly(device("AAA"));
        }
    }

    @Test
    void anEntryThatCannotBeReadIsAnErrorAndNotLeftOut() throws Exception {
        try (StateDatabase database = StateDatabase.open(file)) {
            database.saveDevices(List.of(device("AAA"), device("BBB")));
        }
        execute("UPDATE device SET addresses = 'somewhere' WHERE id = 'BBB'");

        try (StateDatabase again = StateDatabase.open(file)) {
            assertThatThrownBy(again::devices).isInstanceOf(PersistException.class).hasMessageContaining("trusted devices");
        }
    }

    @Test
    void aDatabaseFromBeforeThereWereDevicesKeepsItsTorrents() throws Exception {
        try (StateDatabase database = StateDatabase.open(file)) {
            database.insert(Samples.torrent(1));
        }
        OptionsMigrationTest.undo(file);
        execute("DROP TABLE device");
        execute("DROP TABLE allowed_folder");
        for (String column : List.of("upload", "trusted_only", "devices", "shared", "note", "expires")) {
            execute("ALTER TABLE torrent DROP COLUMN " + column);
        }
        execute("PRAGMA user_version = 1");

        try (StateDatabase again = StateDatabase.open(file)) {
            assertThat(again.recovery()).isEqualTo(Recovery.NONE);
            assertThat(again.torrents()).containsExactly(Samples.torrent(1));
            assertThat(again.devices()).isEmpty();
            assertThat(again.allowedFolders()).isEmpty();
            again.saveDevices(List.of(device("AAA")));
        }
    }

    @Test
    void aBackupHasTheDevices() throws Exception {
        try (StateDatabase database = StateDatabase.open(file)) {
            database.saveDevices(List.of(device("AAA")));
        }
        Files.write(file, new byte[10]);

        try (StateDatabase again = StateDatabase.open(file)) {
            assertThat(again.recovery().kind()).isEqualTo(Recovery.Kind.FROM_BACKUP);
            assertThat(again.devices()).containsExactly(device("AAA"));
        }
    }

    private static SavedDevice device(String id) {
        return new SavedDevice(id, Bytes.copyOf(new byte[] {1, 0, -1}), Bytes.copyOf(new byte[60]), "Laptop \"ü\" '",
                List.of(PeerAddress.parse("192.0.2.1:6000"), PeerAddress.parse("[2001:db8::1]:6000")), ADDED, ADDED.plusSeconds(1));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
