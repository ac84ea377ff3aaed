package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.at;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitThat;
import static org.sallyport.core.engine.TestEngines.done;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.testkit.ScriptedSeed;
import org.sallyport.core.testkit.TorrentFixture;

/** What judges other files of a torrent comes and is looked at before them. */
@Timeout(180)
class ManifestsFirstTest {
    private static final int PIECE = 32 << 10;
    private static final int DATA = 0;
    private static final int LIST = 1;

    @TempDir
    Path temp;
    private final ScriptedInspector inspector = new ScriptedInspector();
    private TestEngines engines;
    private TorrentFixture torrent;

    @BeforeEach
    void open() throws IOException {
        engines = new TestEngines(temp).withInspector(inspector);
        Path folder = Files.createDirectories(temp.resolve("home").resolve("set"));
        Files.write(folder.resolve("A.bin"), new byte[4 * PIECE]);
        Files.writeString(folder.resolve("SHA256SUMS"), "00".repeat(32) + "  A.bin\n");
        torrent = TorrentFixture.of(temp.resolve("home"), "set", PIECE);
        assertThat(torrent.metainfo().files()).extracting(FileEntry::path).containsExactly("set/A.bin", "set/SHA256SUMS");
    }

    @AfterEach
    void close() {
        engines.close();
    }

    @Test
    void aFileIsJudgedByAListThatComesLast() throws Exception {
        CompletableFuture<Void> rest = new CompletableFuture<>();
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", (talk, ask) -> {
            if (ask.piece() < 4) {
                talk.give(ask);
            } else {
                rest.thenRun(() -> give(talk, ask));
            }
        })) {
            Engine engine = engines.start("one");
            done(engine.add(engines.download("one", torrent, seed.address())));
            awaitThat(engine, torrent.hash(), now -> now.doneBytes() == 4 * PIECE);

            rest.complete(null);

            awaitEvent(engine, "torrent.released");
            assertThat(inspector.looked()).containsExactly("SHA256SUMS", "A.bin");
            assertThat(seed.asks().get(0).piece()).as("and it is asked for first").isEqualTo(4);
            await().atMost(SOON).until(() -> engine.snapshot().quarantine().held().size() == 1);
            assertThat(engine.snapshot().quarantine().held().get(0).findings().verdict().reason()).contains("list of hashes");
        }
    }

    @Test
    void aListThatIsNotWantedAnyMoreIsNotWaitedFor() throws Exception {
        try (ScriptedSeed seed = ScriptedSeed.fast(torrent, "127.0.0.2", (talk, ask) -> {
            if (ask.piece() < 4) {
                talk.give(ask);
            }
        })) {
            Engine engine = engines.start("one");
            done(engine.add(engines.download("one", torrent, seed.address())));
            awaitThat(engine, torrent.hash(), now -> now.doneBytes() == 4 * PIECE);

            done(engine.torrents().change(torrent.hash(), options -> options.withPriorities(Map.of(LIST, FilePriority.SKIP))));

            awaitEvent(engine, "file.released");
            assertThat(inspector.looked()).containsExactly("A.bin");
            assertThat(at(engine, torrent.hash()).checks().held()).isZero();
        }
    }

    @Test
    void aListThatNobodyHasKeepsTheOthersWaitingForATimeOnly() {
        Set<Integer> missing = new HashSet<>(Set.of(DATA, LIST));
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // as nanoTime may be
        ManifestsFirst first = new ManifestsFirst(torrent.metainfo(), file -> missing.contains(file.index()), now::get);
        assertThat(first.waitIsOver()).as("nothing waited").isFalse();
        assertThat(first.awaited()).isTrue();

        now.addAndGet(ManifestsFirst.PATIENCE_NANOS - 1);
        assertThat(first.waitIsOver()).isFalse();
        assertThat(first.awaited()).isTrue();
        now.incrementAndGet();

        assertThat(first.waitIsOver()).isTrue();
        assertThat(first.waitIsOver()).as("said once").isFalse();
        assertThat(first.awaited()).isFalse();
        first.lookAgain();
        assertThat(first.awaited()).as("begun anew").isTrue();
        missing.remove(LIST);
        assertThat(first.awaited()).as("it has come").isFalse();
    }

    private static void give(ScriptedSeed.Talk talk, ScriptedSeed.Ask ask) {
        try {
            talk.give(ask);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
