package org.sallyport.core.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Event;
import org.sallyport.core.testkit.TinyDisk;

/** On a real disk that fills up: what SQLite and its driver do then cannot be told from their documentation. */
class FullDiskTest {
    private static final Instant AT = Instant.parse("2026-11-20T10:15:30.5Z");

    @TempDir
    Path temp;

    private interface Write {
        void to(StateDatabase database) throws PersistException;
    }

    /** Every kind of write; a database with torrents 1 and 2 takes them all, in this order. */
    private static Map<String, Write> writes() {
        Map<String, Write> writes = new LinkedHashMap<>();
        writes.put("update", database -> database.update(moved(450)));
        writes.put("saveProgress", database -> database.saveProgress(List.of(Samples.progress(1, 500))));
        writes.put("insert", database -> database.insert(Samples.torrent(3)));
        writes.put("remove", database -> database.remove(Samples.hash(2)));
        writes.put("appendEvents", database -> database.appendEvents(List.of(event("kept"))));
        writes.put("putMeta", database -> database.putMeta("port", "51413"));
        writes.put("saveDevices", database -> database.saveDevices(List.of(device("AAA"), device("BBB"))));
        writes.put("deviceSeen", database -> database.deviceSeen("AAA", AT.plusSeconds(5)));
        return writes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"saveProgress", "insert", "update", "remove", "appendEvents", "putMeta", "saveDevices", "deviceSeen"})
    void afterAWriteThatDidNotFitEveryKindOfWriteWorksAgainAndNothingIsLost(String first) throws Exception {
        try (TinyDisk disk = TinyDisk.mount(temp, "size=2m")) {
            Path file = disk.folder().resolve("state.db");
            try (StateDatabase database = withTwoTorrents(file)) {
                Path ballast = disk.fillUp();

                assertThatThrownBy(() -> writes().get(first).to(database)).isInstanceOf(PersistException.class).hasMessageContaining("SQLITE_FULL");
                for (Map.Entry<String, Write> write : writes().entrySet()) {
                    assertThat(catchThrowable(() -> write.getValue().to(database))).as(write.getKey()).isInstanceOf(PersistException.class)
                            .hasMessageContaining("SQLITE_FULL");
                }
                assertThat(database.torrents()).extracting(SavedTorrent::progress)
                        .containsExactly(Samples.progress(1, 400), SavedProgress.none(Samples.hash(2)));
                assertThat(database.events(0, 10)).extracting(Event::sentence).containsExactly("before");

                Files.delete(ballast);
                for (Write write : writes().values()) {
                    write.to(database);
                }
                assertEverythingIsThere(database);
            }
            assertThat(disk.folder().resolve("state.db.backup")).isNotEmptyFile();
            try (StateDatabase again = StateDatabase.open(file)) {
                assertThat(again.recovery()).isEqualTo(Recovery.NONE);
                assertEverythingIsThere(again);
            }
        }
    }

    @Test
    void closedOnAFullDiskItOpensWithEverythingThatWasSaved() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(temp, "size=2m")) {
            Path file = disk.folder().resolve("state.db");
            StateDatabase database = withTwoTorrents(file);
            Path ballast = disk.fillUp();
            assertThatThrownBy(() -> database.saveProgress(List.of(Samples.progress(1, 500)))).isInstanceOf(PersistException.class);
            assertThatThrownBy(database::close).isInstanceOf(PersistException.class).hasMessageContaining("backup");
            assertThatThrownBy(database::torrents).isInstanceOf(PersistException.class);

            Files.delete(ballast);
            try (StateDatabase again = StateDatabase.open(file)) {
                assertThat(again.recovery()).isEqualTo(Recovery.NONE);
                assertThat(again.torrents()).extracting(SavedTorrent::progress)
                        .containsExactly(Samples.progress(1, 400), SavedProgress.none(Samples.hash(2)));
                assertThat(again.devices()).containsExactly(device("AAA"));
            }
        }
    }

    private static StateDatabase withTwoTorrents(Path file) throws PersistException {
        StateDatabase database = StateDatabase.open(file);
        database.insert(Samples.torrent(1));
        database.insert(Samples.torrent(2));
        database.saveProgress(List.of(Samples.progress(1, 400)));
        database.appendEvents(List.of(event("before")));
        database.saveDevices(List.of(device("AAA")));
        return database;
    }

    private static void assertEverythingIsThere(StateDatabase database) throws PersistException {
        assertThat(database.torrents()).containsExactly(moved(500), Samples.torrent(3));
        assertThat(database.events(0, 10)).extracting(Event::sentence).containsExactly("before", "kept");
        assertThat(database.meta("port")).isEqualTo("51413");
        assertThat(database.devices()).extracting(SavedDevice::id).containsExactly("AAA", "BBB");
        assertThat(database.devices()).extracting(SavedDevice::lastSeen).containsExactly(AT.plusSeconds(5), AT);
    }

    private static SavedTorrent moved(long step) {
        SavedTorrent one = Samples.torrent(1);
        return new SavedTorrent(one.hash(), one.metainfo(), "/srv/elsewhere", one.rootName(), one.existing(), one.running(),
                one.addedAt(), one.released(), one.options(), one.sharing(), Samples.progress(1, step), one.seedTime());
    }

    private static Event event(String sentence) {
        return new Event(0, AT, Event.Severity.INFO, "a.b", sentence, Map.of());
    }

    private static SavedDevice device(String id) {
        return new SavedDevice(id, Bytes.EMPTY, Bytes.EMPTY, "Laptop", List.of(), AT, AT);
    }
}
