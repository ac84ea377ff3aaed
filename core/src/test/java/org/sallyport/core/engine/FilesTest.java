package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.addressOf;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.awaitThat;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.socketOf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.ScriptedSeed;
import org.sallyport.core.testkit.ScriptedSeed.Talk;
import org.sallyport.core.testkit.TorrentFixture;
import org.sallyport.core.wire.Bitfield;

/** What happens to a torrent's files behind our back is noticed, said and mended; many and empty files arrive (I2, I3). */
@Timeout(60)
class FilesTest {
    private static final int PIECE = 32 << 10;
    private static final int[] SIZES = {100_000, 0, 50_000, 200_000};

    @TempDir
    Path temp;
    private TestEngines engines;
    private TorrentFixture torrent;

    @BeforeEach
    void open() {
        engines = new TestEngines(temp);
        torrent = TorrentFixture.folder(temp.resolve("home"), "album", PIECE, SIZES);
    }

    @AfterEach
    void close() {
        engines.close();
    }

    private Path released(int file) {
        return engines.downloads("one").resolve("album").resolve("file000" + file);
    }

    private Engine downloaded(ScriptedSeed seed) throws Exception {
        Engine engine = engines.start("one");
        done(engine.add(engines.download("one", torrent, seed.address())));
        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        awaitEvent(engine, "torrent.released");
        return engine;
    }

    private static void spoil(Path file, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap("spoilt".getBytes()), at);
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }

    private static int checks(Engine engine) {
        return events(engine, "torrent.checked").size();
    }

    @Test
    void aRecheckOfARightDownloadChangesNothing() throws Exception {
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            Engine engine = downloaded(seed);
            int asked = seed.asks().size();

            done(engine.recheck(torrent.hash()));
            assertThat(checks(engine)).isEqualTo(1); // it is done when it was read, not when it was begun
            awaitState(engine, torrent.hash(), TorrentState.SEEDING);

            assertThat(torrent.differencesTo(engines.downloads("one"))).isEmpty();
            assertThat(seed.asks()).hasSize(asked);
        }
    }

    @Test
    void aRecheckTakesASpoiltFileBackAndFetchesOnlyItsWrongPieces() throws Exception {
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            Engine engine = downloaded(seed);
            int asked = seed.asks().size();
            spoil(released(3), 100_000);

            done(engine.recheck(torrent.hash()));
            await("released again").atMost(SOON).until(() -> events(engine, "torrent.released").size() == 2);

            assertThat(torrent.differencesTo(engines.downloads("one"))).isEmpty();
            assertThat(seed.asks().subList(asked, seed.asks().size())).isNotEmpty().extracting(ScriptedSeed.Ask::piece)
                    .containsOnly((150_000 + 100_000) / PIECE);
            assertThat(engines.downloads("one").resolve(".sallyport")).doesNotExist();
        }
    }

    /** Connections end when it is read again, so nobody needs to be told of a lost piece (BEP 54): who comes again hears what there is. */
    @Test
    void whoWasConnectedHearsAnewWhatThereIsAfterARecheck() throws Exception {
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            Engine engine = downloaded(seed);
            seed.close();
            try (RawPeer before = RawPeer.dial(socketOf(engine), torrent.hash(), RawPeer.peerId("before"))) {
                before.readHandshake();
                before.readFrame(14); // have-all
                spoil(released(3), 100_000);

                done(engine.recheck(torrent.hash()));

                before.drainToEnd();
            }
            int wrong = (150_000 + 100_000) / PIECE;
            await().ignoreExceptions().atMost(SOON).until(() -> {
                try (RawPeer after = RawPeer.dial(socketOf(engine), torrent.hash(), RawPeer.peerId("after"))) {
                    after.readHandshake();
                    BitSet has = Bitfield.decode(after.readFrame(5).payload().toArray());
                    return !has.get(wrong) && has.get(wrong - 1) && has.get(wrong + 1);
                }
            });
        }
    }

    /** A spoilt byte must not stay where a person opens the file, nor go to peers, while it is fetched. */
    @Test
    void aSpoiltFileIsInQuarantineUntilItIsRight() throws Exception {
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            Engine engine = downloaded(seed);
            seed.close();
            spoil(released(3), 100_000);

            done(engine.recheck(torrent.hash()));
            awaitState(engine, torrent.hash(), TorrentState.DOWNLOADING);

            assertThat(released(3)).doesNotExist();
            assertThat(released(2)).exists();
            assertThat(engine.details(torrent.hash()).join().orElseThrow().files()).filteredOn(file -> file.index() == 3)
                    .allMatch(file -> !file.released());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReleasedFileChangedWhileStoppedIsCheckedBeforeItIsShared(boolean restart) throws Exception {
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            Engine engine = downloaded(seed);
            await().atMost(SOON).until(() -> seed.connections() == 1 && engine.snapshot().connections() == 0);
            seed.close();
            if (restart) {
                engine.close();
            } else {
                done(engine.pause(torrent.hash()));
            }
            spoil(released(3), 100_000);

            Engine again = restart ? engines.start("one") : engine;
            done(again.start(torrent.hash()));
            awaitEvent(again, "torrent.checked");
            awaitState(again, torrent.hash(), TorrentState.DOWNLOADING);

            assertThat(at(again, torrent.hash()).doneBytes()).isLessThan(torrent.metainfo().totalBytes());
            assertThat(released(3)).doesNotExist();
        }
    }

    @Test
    void anUntouchedDownloadIsNotReadAgainAtTheNextStart() throws Exception {
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            downloaded(seed).close();

            Engine again = engines.start("one");
            awaitState(again, torrent.hash(), TorrentState.SEEDING);

            assertThat(checks(again)).isZero();
            assertThat(at(again, torrent.hash()).downloadedBytes()).isEqualTo(torrent.metainfo().totalBytes());
        }
    }

    @Test
    void aMissingFileIsToldAndAllGoesOnWhenItIsBack() throws Exception {
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            downloaded(seed).close();
        }
        Path aside = temp.resolve("aside");
        Files.move(released(2), aside);

        Engine engine = engines.start("one");
        awaitState(engine, torrent.hash(), TorrentState.TROUBLE);
        awaitEvent(engine, "torrent.trouble");
        assertThat(at(engine, torrent.hash()).trouble()).contains("album/file0002", "Put it back");
        assertThat(events(engine, "torrent.trouble")).singleElement().satisfies(event -> {
            assertThat(event.severity()).isEqualTo(Event.Severity.TROUBLE);
            assertThat(event.fact("kind")).isEqualTo("MISSING");
        });
        Files.move(aside, released(2));

        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
        assertThat(events(engine, "torrent.recovered")).hasSize(1);
        assertThat(torrent.differencesTo(engines.downloads("one"))).isEmpty();
    }

    @Test
    void aMissingFileIsFetchedAgainAfterARecheck() throws Exception {
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", Talk::give)) {
            Engine engine = downloaded(seed);
            Files.delete(released(2));

            done(engine.recheck(torrent.hash()));
            await("released again").atMost(SOON).until(() -> events(engine, "torrent.released").size() == 2);

            assertThat(torrent.differencesTo(engines.downloads("one"))).isEmpty();
        }
    }

    @Test
    void twoRechecksOfAPausedTorrentBothEnd() throws Exception {
        TorrentFixture big = TorrentFixture.single(temp.resolve("home"), "big.bin", PIECE, 600 * PIECE);
        Engine engine = engines.seeding("one", big);
        done(engine.pause(big.hash()));
        int before = checks(engine);

        done(engine.recheck(big.hash()));
        done(engine.recheck(big.hash()));

        await().atMost(SOON).until(() -> checks(engine) > before && at(engine, big.hash()).state() == TorrentState.FINISHED);
        assertThat(engine.details(big.hash()).join().orElseThrow().pieces().verifiedCount()).isEqualTo(600);
    }

    @Test
    void differingExistingDataIsNotSharedAndNotTouched() throws Exception {
        spoil(torrent.data().resolve("file0003"), 100_000);
        Engine engine = engines.start("one");
        done(engine.add(AddRequest.seed(torrent.file(), torrent.home())));

        awaitState(engine, torrent.hash(), TorrentState.TROUBLE);
        assertThat(at(engine, torrent.hash()).trouble()).contains("1 of 11 parts differ");
        assertThat(torrent.data().resolve("file0003")).exists();
        assertThat(torrent.home().resolve(".sallyport")).doesNotExist();
    }

    /** The first check leaves the files open, and an open file can be read after it is gone. */
    @Test
    void aRecheckSeesThatAFileCheckedBeforeIsGone() throws Exception {
        Engine engine = engines.seeding("one", torrent);
        Path aside = Files.move(torrent.data().resolve("file0003"), temp.resolve("aside"));

        done(engine.recheck(torrent.hash()));
        awaitState(engine, torrent.hash(), TorrentState.TROUBLE);
        Files.move(aside, torrent.data().resolve("file0003"));

        awaitState(engine, torrent.hash(), TorrentState.SEEDING);
    }

    @Test
    void twoThousandFilesArriveWithTheirEmptyOnes() throws Exception {
        TorrentFixture many = TorrentFixture.folder(temp.resolve("many"), "many", PIECE,
                IntStream.range(0, 2000).map(i -> i % 7 == 0 ? 0 : i * 3).toArray());
        Engine seeder = engines.seeding("seeder", many);
        Engine engine = engines.start("one");

        done(engine.add(engines.download("one", many, addressOf(seeder))));

        awaitEvent(engine, "torrent.released");
        assertThat(many.differencesTo(engines.downloads("one"))).isEmpty();
        assertThat(engines.downloads("one").resolve(".sallyport")).doesNotExist();
    }

    @Test
    void aTorrentOfNothingButEmptyFilesNeedsNobody() throws Exception {
        TorrentFixture mostlyEmpty = TorrentFixture.folder(temp.resolve("empty"), "empty", PIECE, 0, 0, 1);
        Engine engine = engines.start("one");

        done(engine.add(AddRequest.download(mostlyEmpty.file(), engines.downloads("one")).withWanted(Set.of(0, 1))));

        awaitEvent(engine, "torrent.released");
        assertThat(mostlyEmpty.differencesTo(engines.downloads("one"))).isEqualTo(List.of("empty/file0002"));
        awaitThat(engine, mostlyEmpty.hash(), t -> t.progress() == 1);
    }

    /** Windows would not let anybody delete or move a file that is open here; elsewhere its room would not be free. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @EnabledOnOs(OS.LINUX)
    void ofATorrentThatIsPausedOrRemovedNoFileStaysOpen(boolean paused) throws Exception {
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", (talk, ask) -> {
            if (ask.piece() < torrent.metainfo().pieceCount() / 2) {
                talk.give(ask);
            }
        })) {
            Engine engine = engines.start("one");
            done(engine.add(engines.download("one", torrent, seed.address())));
            awaitThat(engine, torrent.hash(), t -> t.doneBytes() >= 3 * PIECE);
            assertThat(openFiles()).isNotEmpty();

            done(paused ? engine.pause(torrent.hash()) : engine.remove(torrent.hash(), false));

            await().atMost(SOON).untilAsserted(() -> assertThat(openFiles()).isEmpty());
        }
    }

    private List<String> openFiles() throws IOException {
        List<String> open = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path each : all) {
                if (Files.isSymbolicLink(each)) {
                    open.add(Files.readSymbolicLink(each).toString());
                }
            }
        } catch (NoSuchFileException closedMeanwhile) {
            return openFiles();
        }
        return open.stream().filter(path -> path.startsWith(engines.downloads("one").toString())).toList();
    }
}
