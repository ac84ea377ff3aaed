package org.sallyport.core.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.UploadPolicy;

class StateDatabaseTest {
    @TempDir
    Path folder;

    @Test
    void torrentsComeBackAsTheyWereInTheOrderTheyWereAdded() throws Exception {
        SavedTorrent first = Samples.torrent(9);
        SavedTorrent second = Samples.torrent(1);
        try (StateDatabase database = open()) {
            database.insert(first);
            database.insert(second);

            assertThat(database.torrents()).containsExactly(first, second);
        }
        try (StateDatabase again = open()) {
            assertThat(again.torrents()).containsExactly(first, second);
            assertThat(again.recovery()).isEqualTo(Recovery.NONE);
        }
    }

    @Test
    void whatChangesBeforeTheListIsFirstReadIsInIt() throws Exception {
        try (StateDatabase database = open()) {
            database.insert(Samples.torrent(1));
            database.insert(Samples.torrent(2));
        }
        try (StateDatabase again = open()) {
            again.saveProgress(List.of(Samples.progress(1, 40)));
            assertThat(again.torrents()).extracting(SavedTorrent::progress).contains(Samples.progress(1, 40));
        }
        try (StateDatabase again = open()) {
            again.remove(Samples.hash(1));
            assertThat(again.torrents()).containsExactly(Samples.torrent(2));
            assertThat(again.torrents()).containsExactly(Samples.torrent(2));
        }
    }

    private static final Sharing SHARING = new Sharing(UploadPolicy.NEVER, true, Set.of("A", "B"), true, "for \"you\" '",
            Instant.EPOCH.plusSeconds(9));

    /** Of which every single one differs from its default. */
    private static final TorrentOptions OPTIONS = new TorrentOptions(Map.of(1, FilePriority.SKIP, 5, FilePriority.LOW, 99_999,
            FilePriority.HIGH, 3, FilePriority.HIGH),
            true, true, 10_000, 20_000, new SeedGoal(1.5, 60, 30, SeedGoal.Then.REMOVE), true, true, false, false,
            Set.of("to watch", "Früh & spät"), Intent.MUSIC);

    @Test
    void theQueueIsKeptAndANewTorrentIsTheLast() throws Exception {
        try (StateDatabase database = open()) {
            database.insert(Samples.torrent(1));
            database.insert(Samples.torrent(2));
            database.insert(Samples.torrent(3));
            database.saveQueue(List.of(Samples.hash(3), Samples.hash(1), Samples.hash(9), Samples.hash(2)));
            database.insert(Samples.torrent(4));
        }
        try (StateDatabase again = open()) {
            assertThat(again.queue()).containsExactly(Samples.hash(3), Samples.hash(1), Samples.hash(2), Samples.hash(4));
            assertThat(again.torrents()).extracting(SavedTorrent::hash)
                    .containsExactly(Samples.hash(1), Samples.hash(2), Samples.hash(3), Samples.hash(4));
        }
    }

    @Test
    void howLongTorrentsWereOfferedIsKeptAndARemovedOneIsPassedOver() throws Exception {
        try (StateDatabase database = open()) {
            database.insert(Samples.torrent(1));
            database.insert(Samples.torrent(2));

            database.saveSeedTimes(Map.of(Samples.hash(2), new SeedTime(7, 3), Samples.hash(5), new SeedTime(1, 1)));

            assertThat(database.torrents()).extracting(SavedTorrent::seedTime).containsExactly(SeedTime.NONE, new SeedTime(7, 3));
        }
    }

    @Test
    void anUpdateReplacesEverythingButTheMetainfo() throws Exception {
        SavedTorrent old = Samples.torrent(1);
        SavedTorrent changed = new SavedTorrent(old.hash(), Bytes.copyOf(new byte[] {1}), "/srv/other", "neu \"ü\" '", false, false,
                Instant.EPOCH, Set.of(3, 99_999), OPTIONS, SHARING, Samples.progress(1, 77), new SeedTime(90, 30));
        try (StateDatabase database = open()) {
            database.insert(old);
            database.update(changed);

            assertThat(database.torrents()).containsExactly(new SavedTorrent(old.hash(), old.metainfo(), "/srv/other", "neu \"ü\" '",
                    false, false, Instant.EPOCH, Set.of(3, 99_999), OPTIONS, SHARING, Samples.progress(1, 77), new SeedTime(90, 30)));
        }
    }

    @Test
    void progressOfSeveralTorrentsIsKeptAndThatOfAMissingOnePassedOver() throws Exception {
        try (StateDatabase database = open()) {
            database.insert(Samples.torrent(1));
            database.insert(Samples.torrent(2));

            database.saveProgress(List.of(Samples.progress(1, 500), Samples.progress(3, 1), Samples.progress(2, 600)));

            assertThat(database.torrents()).extracting(SavedTorrent::progress)
                    .containsExactly(Samples.progress(1, 500), Samples.progress(2, 600));
        }
    }

    @Test
    void aRemovedTorrentIsGoneWithItsPartsAndCanBeAddedAgain() throws Exception {
        try (StateDatabase database = open()) {
            database.insert(Samples.torrent(1));
            database.saveProgress(List.of(Samples.progress(1, 500)));
            database.remove(Samples.hash(1));
            database.remove(Samples.hash(1));

            assertThat(database.torrents()).isEmpty();
            database.insert(Samples.torrent(1));
            assertThat(database.torrents()).containsExactly(Samples.torrent(1));
        }
    }

    @Test
    void aTorrentThatIsThereIsNotAddedTwiceAndTheDatabaseGoesOnWorking() throws Exception {
        try (StateDatabase database = open()) {
            database.insert(Samples.torrent(1));

            assertThatThrownBy(() -> database.insert(Samples.torrent(1))).isInstanceOf(PersistException.class).hasMessageContaining("00000000");
            assertThatThrownBy(() -> database.update(Samples.torrent(2))).isInstanceOf(PersistException.class)
                    .hasMessageContaining("not in the list");

            database.insert(Samples.torrent(2));
            assertThat(database.torrents()).containsExactly(Samples.torrent(1), Samples.torrent(2));
        }
    }

    @Test
    void eventsAreNumberedOnAndPaged() throws Exception {
        Event odd = event(0, "Odd: \0 \\ = \n \t \uD83D\uDE80", Map.of("path", "a=b\\c\nd\0e", "", "", "rule", "x.y"));
        try (StateDatabase database = open()) {
            assertThat(database.lastEventSeq()).isZero();
            assertThat(database.appendEvents(List.of(event(1, "one", Map.of()), event(2, "two", Map.of())))).isEqualTo(2);
            assertThat(database.appendEvents(List.of(odd))).isEqualTo(3);
            assertThat(database.appendEvents(List.of())).isEqualTo(3);
        }
        try (StateDatabase again = open()) {
            assertThat(again.lastEventSeq()).isEqualTo(3);
            assertThat(again.events(0, 2)).containsExactly(event(1, "one", Map.of()), event(2, "two", Map.of()));
            assertThat(again.events(2, 10)).containsExactly(event(3, odd.sentence(), odd.facts()));
            assertThat(again.events(3, 10)).isEmpty();
        }
    }

    @Test
    void aGapInTheEventNumbersIsABugAndNothingIsKept() throws Exception {
        try (StateDatabase database = open()) {
            List<Event> gap = List.of(event(1, "one", Map.of()), event(3, "three", Map.of()));

            assertThatThrownBy(() -> database.appendEvents(gap)).isInstanceOf(IllegalArgumentException.class);

            assertThat(database.lastEventSeq()).isZero();
            assertThat(database.appendEvents(List.of(event(1, "one", Map.of())))).isEqualTo(1);
        }
    }

    @Test
    void onlyTheLastHundredThousandEventsAreKept() throws Exception {
        List<Event> many = IntStream.range(0, EventTable.KEPT + 5).mapToObj(i -> event(0, "n", Map.of())).toList();
        try (StateDatabase database = open()) {
            assertThat(database.appendEvents(many)).isEqualTo(EventTable.KEPT + 5);

            assertThat(database.events(0, 1)).extracting(Event::seq).containsExactly(6L);
            assertThat(database.lastEventSeq()).isEqualTo(EventTable.KEPT + 5);
        }
    }

    @Test
    void metaTextsAreReplacedAndEmptyWhenMissing() throws Exception {
        try (StateDatabase database = open()) {
            assertThat(database.meta("port")).isEmpty();
            database.putMeta("port", "51413");
            database.putMeta("port", "51414");

            assertThat(database.meta("port")).isEqualTo("51414");
        }
    }

    @Test
    void aFolderWithAnOddNameWorks() throws Exception {
        Path odd = Files.createDirectory(folder.resolve("a b?c%20#é&mode=memory"));
        try (StateDatabase database = StateDatabase.open(odd.resolve("state.db"))) {
            database.insert(Samples.torrent(1));
        }

        assertThat(odd.resolve("state.db")).isNotEmptyFile();
        try (StateDatabase again = StateDatabase.open(odd.resolve("state.db"))) {
            assertThat(again.torrents()).hasSize(1);
        }
        assertThat(folder).isDirectoryNotContaining(entry -> !entry.equals(odd));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions are not POSIX ones there")
    void everyFileIsForTheOwnerOnly() throws Exception {
        try (StateDatabase database = open()) {
            database.insert(Samples.torrent(1));
            database.backUp();

            try (var files = Files.list(folder)) {
                assertThat(files).hasSizeGreaterThanOrEqualTo(3).allSatisfy(file ->
                        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).as(file.toString()).isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenIsAnError() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        Path directory = Files.createDirectory(folder.resolve("directory"));

        assertThatThrownBy(() -> StateDatabase.open(file.resolve("state.db"))).isInstanceOf(PersistException.class);
        assertThatThrownBy(() -> StateDatabase.open(directory)).isInstanceOf(PersistException.class);
        assertThatThrownBy(() -> StateDatabase.open(folder.resolve("missing").resolve("state.db"))).isInstanceOf(PersistException.class);
    }

    @Test
    void closingTwiceIsFine() throws Exception {
        StateDatabase database = open();
        database.close();
        database.close();

        assertThatThrownBy(database::torrents).isInstanceOf(PersistException.class);
    }

    private StateDatabase open() throws PersistException {
        return StateDatabase.open(folder.resolve("state.db"));
    }

    private static Event event(long seq, String sentence, Map<String, String> facts) {
        return new Event(seq, Instant.parse("2026-11-20T10:15:30.5Z"), Event.Severity.REFUSED, "peer.banned", sentence, facts);
    }
}
