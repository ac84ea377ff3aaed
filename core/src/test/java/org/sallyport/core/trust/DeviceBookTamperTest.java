package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sallyport.core.trust.Devices.ADDRESSES;
import static org.sallyport.core.trust.Devices.pairKey;
import static org.sallyport.core.trust.Devices.publicKey;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.persist.PersistException;
import org.sallyport.core.persist.PrivateFile;
import org.sallyport.core.persist.SavedDevice;
import org.sallyport.core.persist.StateDatabase;

/** Invariant I7: a list of devices that is not the one we saved trusts nobody. */
class DeviceBookTamperTest {
    private static final DeviceName LAPTOP = new DeviceName("Laptop");

    @TempDir
    static Path keys;
    private static Identity self;
    @TempDir
    Path folder;
    private final SetClock clock = new SetClock();
    private Path file;

    @BeforeAll
    static void makeIdentity() throws Exception {
        self = Identity.open(keys, new SetClock());
    }

    @BeforeEach
    void fill() throws Exception {
        file = folder.resolve("state.db");
        try (StateDatabase database = StateDatabase.open(file)) {
            DeviceBook book = open(database);
            book.add(publicKey(1), LAPTOP, ADDRESSES, pairKey(1));
            book.add(publicKey(2), LAPTOP, ADDRESSES, pairKey(2));
            book.await(Devices.id(3), LAPTOP, ADDRESSES);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "UPDATE device SET name = 'Phone' WHERE position = 1",
        "UPDATE device SET addresses = '203.0.113.9:6000' WHERE position = 1",
        "UPDATE device SET addresses = 'nowhere' WHERE position = 1",
        "UPDATE device SET added_at = '2020-01-01T00:00:00Z' WHERE position = 1",
        "UPDATE device SET added_at = 'once' WHERE position = 1",
        "UPDATE device SET last_seen = 'never' WHERE position = 1",
        "UPDATE device SET id = 'X' WHERE position = 1",
        "UPDATE device SET public_key = (SELECT public_key FROM device WHERE position = 2) WHERE position = 1",
        "UPDATE device SET public_key = x'' WHERE position = 1",
        "UPDATE device SET sealed_key = (SELECT sealed_key FROM device WHERE position = 2) WHERE position = 1",
        "UPDATE device SET sealed_key = x'' WHERE position = 1",
        "UPDATE device SET sealed_key = randomblob(60) WHERE position = 1",
        "UPDATE device SET position = 9 WHERE position = 1",
        "UPDATE device SET public_key = randomblob(91) WHERE position = 3",
        "DELETE FROM device WHERE position = 1",
        "DELETE FROM device",
        "INSERT INTO device SELECT 9, 'ABC', public_key, sealed_key, name, addresses, added_at, last_seen FROM device WHERE position = 1",
    })
    void anEditedDatabaseIsNoticed(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }

        assertNobodyIsTrusted();
    }

    @Test
    void anOlderDatabaseIsNoticedSoThatARemovedDeviceStaysRemoved() throws Exception {
        Path older = Files.copy(file, folder.resolve("older"));
        try (StateDatabase database = StateDatabase.open(file)) {
            open(database).remove(Devices.id(1));
        }
        Files.move(older, file, StandardCopyOption.REPLACE_EXISTING);

        assertNobodyIsTrusted();
    }

    @Test
    void anEmptyDatabaseInThePlaceOfOursIsNoticed() throws Exception {
        for (String name : List.of("state.db", "state.db.backup")) {
            Files.delete(folder.resolve(name));
        }

        assertNobodyIsTrusted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "00", "zz", "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"})
    void anEditedSealIsNoticed(String content) throws Exception {
        Files.writeString(folder.resolve("devices.seal"), content);

        assertNobodyIsTrusted();
    }

    @Test
    void aMissingSealIsNoticed() throws Exception {
        Files.delete(folder.resolve("devices.seal"));

        assertNobodyIsTrusted();
    }

    @Test
    void aSealThatIsALinkIsNoticed() throws Exception {
        Path seal = folder.resolve("devices.seal");
        Files.createSymbolicLink(seal, Files.move(seal, folder.resolve("moved")));

        assertNobodyIsTrusted();
    }

    @Test
    void anotherKeyFolderDoesNotVouchForTheList(@TempDir Path others) throws Exception {
        Identity stranger = Identity.open(others, clock);
        try (StateDatabase database = StateDatabase.open(file)) {
            assertThat(DeviceBook.open(database, stranger, folder, clock).devices()).isEmpty();
            assertThat(DeviceBook.open(database, stranger, others, clock).tampered()).isPresent();
        }
    }

    @Test
    void aNewIdentityWithTheSameSealKeepsTheList(@TempDir Path others) throws Exception {
        Identity before = Identity.open(others, clock);
        try (StateDatabase database = StateDatabase.open(others.resolve("state.db"))) {
            DeviceBook.open(database, before, others, clock).add(publicKey(1), LAPTOP, ADDRESSES, pairKey(1));

            assertThat(DeviceBook.open(database, before.reset(), others, clock).tampered()).isEmpty();
        }
    }

    @Test
    void nothingIsChangedInATamperedListUntilItIsStartedOver() throws Exception {
        Files.delete(folder.resolve("devices.seal"));
        try (StateDatabase database = StateDatabase.open(file)) {
            DeviceBook book = open(database);
            List<SavedDevice> before = database.devices();

            assertThat(rule(book.add(publicKey(4), LAPTOP, ADDRESSES, pairKey(4)))).isEqualTo("trust.tampered");
            assertThat(rule(book.await(Devices.id(4), LAPTOP, ADDRESSES))).isEqualTo("trust.tampered");
            assertThat(rule(book.rename(Devices.id(1), LAPTOP))).isEqualTo("trust.tampered");
            assertThat(rule(book.remove(Devices.id(1)))).isEqualTo("trust.tampered");
            assertThat(rule(book.refreshAddresses(Devices.id(1), ADDRESSES))).isEqualTo("trust.tampered");
            book.seen(Devices.id(1));
            assertThat(database.devices()).isEqualTo(before);

            book.startOver();
            assertThat(book.add(publicKey(4), LAPTOP, ADDRESSES, pairKey(4)).isDone()).isTrue();
            assertThat(open(database).devices()).extracting(PairedDevice::id).containsExactly(Devices.id(4));
        }
    }

    /** The seal names the list before and after while the database changes; a crash leaves one of them. */
    @Test
    void aChangeThatWasCutOffLeavesTheListBeforeOrAfter() throws Exception {
        Path seal = folder.resolve("devices.seal");
        try (StateDatabase database = StateDatabase.open(file)) {
            BookSeal halfway = new BookSeal(folder, self.sealKey(), Devices.RANDOM);
            List<SavedDevice> before = database.devices();
            List<SavedDevice> after = before.subList(1, 3);

            halfway.prepare(before, after);
            assertThat(open(database).devices()).hasSize(2);
            database.saveDevices(after);
            assertThat(open(database).devices()).hasSize(1);
            database.saveDevices(before.subList(2, 3));
            assertThat(open(database).tampered()).isPresent();
            assertThat(Files.readString(seal).lines()).hasSize(2);
        }
    }

    @Test
    void aSealThatCannotBeWrittenChangesNothing() throws Exception {
        try (StateDatabase database = StateDatabase.open(file)) {
            DeviceBook book = open(database);
            Files.createDirectories(folder.resolve("devices.seal.tmp").resolve("in the way"));

            assertThatThrownBy(() -> book.remove(Devices.id(1))).isInstanceOf(PersistException.class);

            assertThat(book.devices()).hasSize(2);
            assertThat(open(database).devices()).hasSize(2);
        }
    }

    @Test
    void theSealFileTellsNothing() throws Exception {
        assertThat(new String(PrivateFile.read(folder.resolve("devices.seal"), 1024).orElseThrow())).matches("[0-9a-f]{64}\n");
    }

    private void assertNobodyIsTrusted() throws Exception {
        try (StateDatabase database = StateDatabase.open(file)) {
            DeviceBook book = open(database);

            assertThat(book.tampered()).map(Refusal::rule).contains("trust.tampered");
            assertThat(book.devices()).isEmpty();
            assertThat(book.awaited()).isEmpty();
        }
    }

    private DeviceBook open(StateDatabase database) {
        return DeviceBook.open(database, self, folder, clock);
    }

    private static String rule(Outcome<?> outcome) {
        return outcome.fold(done -> "done", Refusal::rule, failed -> failed);
    }
}
