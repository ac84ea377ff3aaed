package org.sallyport.core.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Event;

class DatabaseDamageTest {
    private static final int TORRENTS = 12;

    @TempDir
    Path folder;
    private Path file;

    /** Ways a database file goes bad. */
    enum Damage {
        GARBAGE {
            @Override
            void apply(Path file) throws IOException {
                byte[] noise = new byte[(int) Files.size(file)];
                new Random(1).nextBytes(noise);
                Files.write(file, noise);
            }
        },
        HALF {
            @Override
            void apply(Path file) throws IOException {
                try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                    bytes.setLength(bytes.length() / 2);
                }
            }
        },
        EMPTY {
            @Override
            void apply(Path file) throws IOException {
                Files.write(file, new byte[0]);
            }
        },
        ZEROED {
            @Override
            void apply(Path file) throws IOException {
                Files.write(file, new byte[(int) Files.size(file)]);
            }
        },
        ZEROED_PAGES {
            @Override
            void apply(Path file) throws IOException {
                overwrite(file, 4096, new byte[5 * 4096]);
            }
        },
        ONE_BYTE_OF_A_METAINFO {
            @Override
            void apply(Path file) throws IOException {
                byte[] content = Files.readAllBytes(file);
                byte[] metainfo = Samples.torrent(5).metainfo().toArray();
                int at = indexOf(content, Arrays.copyOf(metainfo, 64));
                overwrite(file, at + 10, new byte[] {(byte) (content[at + 10] + 1)});
            }
        },
        MISSING {
            @Override
            void apply(Path file) throws IOException {
                Files.delete(file);
            }
        },
        TABLE_DROPPED {
            @Override
            void apply(Path file) throws SQLException {
                execute(file, "DROP TABLE metainfo");
            }
        },
        ROW_DROPPED {
            @Override
            void apply(Path file) throws SQLException {
                execute(file, "DELETE FROM metainfo WHERE rowid = 3");
            }
        };

        abstract void apply(Path file) throws IOException, SQLException;
    }

    @BeforeEach
    void place() {
        file = folder.resolve("state.db");
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedFileIsMovedAsideAndTheBackupTakesItsPlace(Damage damage) throws Exception {
        List<SavedTorrent> kept = fill();
        damage.apply(file);

        try (StateDatabase database = StateDatabase.open(file)) {
            assertThat(database.recovery().kind()).isEqualTo(Recovery.Kind.FROM_BACKUP);
            assertThat(database.recovery().sentence()).contains("restored from its last backup");
            assertThat(database.torrents()).containsExactlyElementsOf(kept);
        }
        assertThat(Files.exists(folder.resolve("state.db.damaged-1"))).isEqualTo(damage != Damage.MISSING);
        try (StateDatabase again = StateDatabase.open(file)) {
            assertThat(again.recovery()).isEqualTo(Recovery.NONE);
            assertThat(again.torrents()).containsExactlyElementsOf(kept);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPTY", "MISSING"}, mode = EnumSource.Mode.EXCLUDE)
    void withoutABackupItStartsEmptyAndSaysSo(Damage damage) throws Exception {
        fill();
        Files.delete(folder.resolve("state.db.backup"));
        damage.apply(file);

        try (StateDatabase database = StateDatabase.open(file)) {
            assertThat(database.recovery().kind()).isEqualTo(Recovery.Kind.STARTED_EMPTY);
            assertThat(database.torrents()).isEmpty();
            database.insert(Samples.torrent(1));
        }
        assertThat(folder.resolve("state.db.damaged-1")).exists();
        try (StateDatabase again = StateDatabase.open(file)) {
            assertThat(again.recovery()).isEqualTo(Recovery.NONE);
            assertThat(again.torrents()).hasSize(1);
        }
    }

    @Test
    void aDamagedBackupIsMovedAsideToo() throws Exception {
        fill();
        Damage.GARBAGE.apply(file);
        Damage.ZEROED.apply(folder.resolve("state.db.backup"));

        try (StateDatabase database = StateDatabase.open(file)) {
            assertThat(database.recovery().kind()).isEqualTo(Recovery.Kind.STARTED_EMPTY);
        }
        assertThat(folder.resolve("state.db.damaged-1")).exists();
        assertThat(folder.resolve("state.db.damaged-2")).exists();
    }

    @Test
    void onlyTheLastFiveDamagedFilesAreKept() throws Exception {
        for (int i = 0; i < 7; i++) {
            fillOne(i);
            Files.deleteIfExists(folder.resolve("state.db.backup"));
            Damage.GARBAGE.apply(file);
        }
        StateDatabase.open(file).close();

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()).filter(name -> name.contains("damaged")))
                    .containsExactlyInAnyOrder("state.db.damaged-3", "state.db.damaged-4", "state.db.damaged-5", "state.db.damaged-6",
                            "state.db.damaged-7");
        }
    }

    @Test
    void progressFromABackupCountsAsNotSynced() throws Exception {
        try (StateDatabase database = StateDatabase.open(file)) {
            database.insert(Samples.torrent(1));
            database.saveProgress(List.of(Samples.progress(1, 9)));
        }
        Damage.HALF.apply(file);

        try (StateDatabase database = StateDatabase.open(file)) {
            SavedProgress progress = database.torrents().get(0).progress();
            assertThat(progress).isEqualTo(new SavedProgress(Samples.hash(1), Samples.progress(1, 9).verified(), Bytes.EMPTY, 9, 4));
        }
    }

    @Test
    void theBackupFollowsTheListAndNotTheProgress() throws Exception {
        Path backup = folder.resolve("state.db.backup");
        try (StateDatabase database = StateDatabase.open(file)) {
            assertThat(backup).doesNotExist();
            database.insert(Samples.torrent(1));
            database.backUp();
            byte[] first = Files.readAllBytes(backup);

            database.saveProgress(List.of(Samples.progress(1, 9)));
            database.backUp();
            assertThat(backup).hasBinaryContent(first);

            database.insert(Samples.torrent(2));
        }
        try (StateDatabase copy = StateDatabase.open(Files.copy(backup, folder.resolve("copy.db")))) {
            assertThat(copy.torrents()).extracting(SavedTorrent::hash).containsExactly(Samples.hash(1), Samples.hash(2));
        }
    }

    @Test
    void theFileOfANewerVersionIsLeftAlone() throws Exception {
        fill();
        execute(file, "PRAGMA user_version = 99");

        assertThatThrownBy(() -> StateDatabase.open(file)).isInstanceOf(PersistException.class)
                .isNotInstanceOf(DamagedException.class).hasMessageContaining("newer Sallyport");

        execute(file, "PRAGMA user_version = " + Schema.VERSION);
        try (StateDatabase database = StateDatabase.open(file)) {
            assertThat(database.torrents()).hasSize(TORRENTS);
        }
    }

    @Test
    void damageInThePagesOfTheEventLogIsNoticedToo() throws Exception {
        fill();
        try (StateDatabase database = StateDatabase.open(file)) {
            database.appendEvents(Collections.nCopies(2_000, event("needle in the event log")));
        }
        byte[] content = Files.readAllBytes(file);
        int page = indexOf(content, "needle in the event log".getBytes(StandardCharsets.US_ASCII)) / 4096;
        overwrite(file, page * 4096L, new byte[4096]);

        try (StateDatabase database = StateDatabase.open(file)) {
            assertThat(database.recovery().kind()).isEqualTo(Recovery.Kind.FROM_BACKUP);
            assertThat(database.torrents()).hasSize(TORRENTS);
        }
    }

    @Test
    void anUnreadableEventIsShownAsSuchAndHidesNoOther() throws Exception {
        try (StateDatabase database = StateDatabase.open(file)) {
            database.appendEvents(Stream.of("one", "two", "three").map(DatabaseDamageTest::event).toList());
        }
        execute(file, "UPDATE event SET at = 'yesterday' WHERE seq = 2");

        try (StateDatabase database = StateDatabase.open(file)) {
            assertThat(database.events(0, 10)).extracting("id").containsExactly("a.b", "event.unreadable", "a.b");
        }
    }

    private List<SavedTorrent> fill() throws PersistException {
        try (StateDatabase database = StateDatabase.open(file)) {
            for (int i = 0; i < TORRENTS; i++) {
                database.insert(Samples.torrent(i));
            }
            return database.torrents();
        }
    }

    private void fillOne(int number) throws PersistException {
        try (StateDatabase database = StateDatabase.open(file)) {
            database.insert(Samples.torrent(number));
        }
    }

    private static Event event(String sentence) {
        return new Event(0, Instant.EPOCH, Event.Severity.INFO, "a.b", sentence, Map.of());
    }

    private static void execute(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void overwrite(Path file, long offset, byte[] content) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(offset);
            bytes.write(content);
        }
    }

    private static int indexOf(byte[] content, byte[] part) {
        for (int i = 0; i + part.length <= content.length; i++) {
            if (Arrays.equals(content, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not in the file");
    }
}
