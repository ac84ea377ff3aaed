package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;

/** Two real engines on loopback move a folder from one to the other. */
class TransferTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path temp;

    @Test
    void aFolderArrivesWholeAndLeavesQuarantine() throws Exception {
        Path source = folder("photos", 3_000_000, 0, 17, 1_234_567);
        Path torrent = temp.resolve("photos.torrent");

        try (Engine seeder = engine("seeder"); Engine leecher = engine("leecher")) {
            List<Event> events = new CopyOnWriteArrayList<>();
            leecher.onEvent(events::add);
            InfoHash hash = create(seeder, source, torrent, 65_536);
            done(seeder.add(AddRequest.seed(torrent, temp)));
            awaitState(seeder, hash, TorrentState.SEEDING);

            Path downloads = temp.resolve("downloads");
            done(leecher.add(AddRequest.download(torrent, downloads).withPeers(List.of(addressOf(seeder)))));
            awaitState(leecher, hash, TorrentState.SEEDING);

            assertSame(source, downloads.resolve("photos"));
            assertThat(downloads.resolve(".sallyport")).doesNotExist();
            await().atMost(SOON).until(() -> events.stream().anyMatch(e -> e.id().equals("torrent.released")));
            assertThat(events).extracting(Event::id)
                    .containsSubsequence("torrent.added", "torrent.verified", "file.verdict", "file.released", "torrent.released");
        }
    }

    @Test
    void onlySelectedFilesAreReleased() throws Exception {
        Path source = folder("set", 200_000, 200_000, 200_000);
        Path torrent = temp.resolve("set.torrent");

        try (Engine seeder = engine("seeder"); Engine leecher = engine("leecher")) {
            InfoHash hash = create(seeder, source, torrent, 16_384);
            done(seeder.add(AddRequest.seed(torrent, temp)));
            Path downloads = temp.resolve("downloads");
            done(leecher.add(AddRequest.download(torrent, downloads).withWanted(Set.of(1)).withPeers(List.of(addressOf(seeder)))));
            awaitState(leecher, hash, TorrentState.SEEDING);

            assertThat(downloads.resolve("set/file1")).hasSameBinaryContentAs(source.resolve("file1"));
            assertThat(downloads.resolve("set/file0")).doesNotExist();
            assertThat(downloads.resolve("set/file2")).doesNotExist();
        }
    }

    @Test
    void aStoppedDownloadGoesOnWhereItWas() throws Exception {
        Path source = folder("big", 40_000_000);
        Path torrent = temp.resolve("big.torrent");
        Path downloads = temp.resolve("downloads");

        try (Engine seeder = engine("seeder")) {
            InfoHash hash = create(seeder, source, torrent, 65_536);
            done(seeder.add(AddRequest.seed(torrent, temp)));
            try (Engine leecher = engine("leecher")) {
                done(leecher.add(AddRequest.download(torrent, downloads).withPeers(List.of(addressOf(seeder)))));
                await().atMost(SOON).until(() -> at(leecher, hash).doneBytes() > 0);
            }
            try (Engine leecher = engine("leecher")) {
                assertThat(leecher.snapshot().find(hash)).as("known from the first moment").isPresent();
                assertThat(at(leecher, hash).doneBytes()).isPositive();
                if (at(leecher, hash).state() == TorrentState.DOWNLOADING) {
                    done(seeder.pause(hash));
                    done(seeder.start(hash));
                }
            }
        }
    }

    private Engine engine(String name) throws EngineStartException {
        return Engine.start(EngineOptions.in(temp.resolve("data-" + name)).withDht(false));
    }

    private Path folder(String name, int... sizes) throws IOException {
        Path folder = Files.createDirectories(temp.resolve(name));
        Random random = new Random(7);
        for (int i = 0; i < sizes.length; i++) {
            byte[] content = new byte[sizes[i]];
            random.nextBytes(content);
            Files.write(folder.resolve("file" + i), content);
        }
        return folder;
    }

    private static InfoHash create(Engine engine, Path source, Path torrent, int pieceLength) {
        CreateRequest request = new CreateRequest(source, torrent, pieceLength, List.of(), List.of(), false, "");
        return done(engine.create(request, progress -> { })).hash();
    }

    private static PeerAddress addressOf(Engine engine) {
        return new PeerAddress(InetAddress.getLoopbackAddress(), engine.snapshot().port().port());
    }

    private static <T> T done(CompletableFuture<Outcome<T>> future) {
        return future.join().fold(value -> value, refusal -> {
            throw new AssertionError("refused: " + refusal);
        }, problem -> {
            throw new AssertionError("failed: " + problem);
        });
    }

    private static TorrentSnapshot at(Engine engine, InfoHash hash) {
        return engine.snapshot().find(hash).orElseThrow();
    }

    private static void awaitState(Engine engine, InfoHash hash, TorrentState state) {
        await().atMost(SOON).until(() -> engine.snapshot().find(hash).map(TorrentSnapshot::state).orElse(TorrentState.QUEUED) == state
                && engine.snapshot().find(hash).get().isComplete());
    }

    private static void assertSame(Path expected, Path actual) throws IOException {
        try (var files = Files.walk(expected)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(actual.resolve(expected.relativize(file).toString())).hasSameBinaryContentAs(file);
            }
        }
    }
}
