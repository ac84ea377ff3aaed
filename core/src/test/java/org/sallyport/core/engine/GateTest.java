package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.socketOf;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.RawPeer.Frame;
import org.sallyport.core.testkit.TorrentFixture;

/** Somebody swaps a shared file for another while a peer downloads it: the peer gets the shared bytes or none (invariant I2). */
@Timeout(90)
@EnabledOnOs({OS.LINUX, OS.MAC})
class GateTest {
    private static final int PIECE = 16 << 10;
    private static final int FILE = 6 * PIECE;
    private static final Sharing PUBLIC = new Sharing(UploadPolicy.NORMAL, false, Set.of(), true, "", Instant.MAX);

    @TempDir
    Path temp;
    private TestEngines engines;
    private Engine engine;
    private Path file;
    private Path secret;
    private byte[] content;
    private InfoHash hash;

    @BeforeEach
    void share() throws Exception {
        engines = new TestEngines(temp);
        TorrentFixture made = TorrentFixture.folder(engines.home().resolve("give/sub"), "album", PIECE, FILE, FILE);
        content = made.content();
        file = made.data().resolve("file0000");
        secret = Files.write(temp.resolve("secret"), new byte[FILE]);
        engine = engines.start("one");
        done(engine.shares().allow(engines.home().resolve("give")));
        hash = done(engine.shares().add(new ShareRequest(made.data(), PUBLIC, false), done -> { }));
        awaitState(engine, hash, TorrentState.SEEDING);
    }

    @AfterEach
    void close() {
        engines.close();
    }

    /** A peer that asks for one block after another. */
    private final class Taker implements AutoCloseable {
        private final RawPeer peer;

        Taker(String host) throws IOException {
            peer = RawPeer.connect(InetAddress.getByName(host), socketOf(engine));
            peer.send(RawPeer.handshake(0, hash, RawPeer.peerId("t" + host.replace(".", ""))));
            peer.readHandshake();
            peer.send(RawPeer.frame(2));
            peer.readFrame(1);
        }

        /** @throws EOFException or SocketException when the engine ends the connection instead */
        void take(int piece) throws IOException {
            peer.send(RawPeer.frame(6, piece, 0, PIECE));
            Frame answer = peer.readFrame(7);
            byte[] bytes = answer.payload().toArray();
            int from = ByteBuffer.wrap(bytes).getInt() * PIECE;
            assertThat(Arrays.copyOfRange(bytes, 8, bytes.length)).as("a byte that was never shared")
                    .isEqualTo(Arrays.copyOfRange(content, from, from + PIECE));
        }

        /** Goes on until the engine has had enough. @return blocks of what was shared */
        int takeAll() throws IOException {
            int blocks = 0;
            try {
                while (true) {
                    take(blocks % (2 * FILE / PIECE));
                    blocks++;
                }
            } catch (EOFException | SocketException ended) {
                return blocks;
            }
        }

        @Override
        public void close() throws IOException {
            peer.close();
        }
    }

    private enum Swap {
        LINK("share.link") {
            @Override
            void of(Path file, Path secret, Path aside) throws IOException {
                Files.move(file, aside);
                Files.createSymbolicLink(file, secret);
            }
        },
        FOLDER_LINK("share.link") {
            @Override
            void of(Path file, Path secret, Path aside) throws IOException {
                Path evil = twin(file, secret, aside);
                Files.move(file.getParent(), aside);
                Files.createSymbolicLink(file.getParent(), evil);
            }
        },
        HARD_LINK("share.changed") {
            @Override
            void of(Path file, Path secret, Path aside) throws IOException {
                Files.delete(file);
                Files.createLink(file, secret);
            }
        },
        OTHER_FOLDER("share.changed") {
            @Override
            void of(Path file, Path secret, Path aside) throws IOException {
                Path evil = twin(file, secret, aside);
                Files.move(file.getParent(), aside);
                Files.move(evil, file.getParent());
            }
        },
        FOLDER_ABOVE("share.outside") {
            @Override
            void of(Path file, Path secret, Path aside) throws IOException {
                Path above = file.getParent().getParent();
                Path evil = Files.createDirectories(aside.resolveSibling("evil-above"));
                Files.createDirectory(evil.resolve(file.getParent().getFileName()));
                Files.createLink(evil.resolve(file.getParent().getFileName()).resolve(file.getFileName()), secret);
                Files.move(above, aside);
                Files.createSymbolicLink(above, evil);
            }
        };

        private final String rule;

        Swap(String rule) {
            this.rule = rule;
        }

        abstract void of(Path file, Path secret, Path aside) throws IOException;

        /** A folder with the secret under both names. */
        private static Path twin(Path file, Path secret, Path aside) throws IOException {
            Path evil = Files.createDirectories(aside.resolveSibling("evil"));
            Files.createLink(evil.resolve(file.getFileName()), secret);
            Files.createLink(evil.resolve("file0001"), secret);
            return evil;
        }
    }

    @ParameterizedTest
    @EnumSource(Swap.class)
    void aSwapShutsTheGateForTheWholeTorrent(Swap swap) throws Exception {
        try (Taker taker = new Taker("127.0.0.2")) {
            taker.take(0); // the file is open now, and is kept open
            taker.take(11);
            swap.of(file, secret, temp.resolve("aside"));

            taker.takeAll();
        }

        assertShutOnce();
        // whichever is first: the read of a block, or the look that is taken now and then
        var told = events(engine, "share.gate").isEmpty() ? events(engine, "share.changed") : events(engine, "share.gate");
        assertThat(told).singleElement().satisfies(event -> assertThat(event.fact("rule")).isIn(swap.rule, "share.changed"));
    }

    /** The gate alone, without the look that is taken now and then. */
    @ParameterizedTest
    @EnumSource(Swap.class)
    void theGateAloneStopsASwap(Swap swap) throws Exception {
        engine.close();
        Files.writeString(file.resolveSibling("new"), "tells that the first look is over");
        engine = engines.lookingEvery(Duration.ofHours(1)).start("one");
        awaitEvent(engine, "share.new-file");
        try (Taker taker = new Taker("127.0.0.2")) {
            taker.take(0);
            swap.of(file, secret, temp.resolve("aside"));

            taker.takeAll();
        }

        awaitEvent(engine, "share.gate");
        assertThat(events(engine, "share.gate")).singleElement().satisfies(event -> assertThat(event.fact("rule")).isEqualTo(swap.rule));
        assertShutOnce();
    }

    private void assertShutOnce() {
        awaitState(engine, hash, TorrentState.TROUBLE);
        assertThat(events(engine).stream().filter(event -> event.severity() != Severity.INFO
                && !event.id().equals("share.new-file"))).hasSize(1);
        assertThat(engine.snapshot().shares().shares().get(0).trouble()).isNotEmpty();
        assertThat(engine.snapshot().connections()).isZero();
    }

    /** What was not made by a share may change: it is read again, and goes on if it is still what the torrent says. */
    @Test
    void existingDataThatWasTouchedIsReadAgainBeforeMoreOfItIsSent() throws Exception {
        TorrentFixture torrent = TorrentFixture.single(temp.resolve("other"), "film.bin", PIECE, FILE);
        engine = engines.seeding("two", torrent);
        hash = torrent.hash();
        content = torrent.content();
        try (Taker taker = new Taker("127.0.0.2")) {
            taker.take(0);
            Files.setLastModifiedTime(torrent.data(), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
            assertThatThrownBy(() -> {
                while (true) {
                    taker.take(1);
                }
            }).isInstanceOfAny(EOFException.class, SocketException.class);
        }

        awaitEvent(engine, "torrent.recovered");
        awaitState(engine, hash, TorrentState.SEEDING);
        assertThat(events(engine, "share.gate")).hasSize(1);
        assertThat(events(engine, "torrent.checked")).hasSize(2);
        try (Taker taker = new Taker("127.0.0.3")) {
            taker.take(5);
        }
    }

    @Test
    void stoppingEndsWhatIsUnderWay() throws Exception {
        try (Taker taker = new Taker("127.0.0.2")) {
            taker.take(0);
            CompletableFuture<Integer> taking = CompletableFuture.supplyAsync(() -> {
                try {
                    return taker.takeAll();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            done(engine.shares().stop(hash));

            assertThat(taking).succeedsWithin(SOON);
        }
        assertThat(engine.snapshot().connections()).isZero();
    }

    /** Ten seconds of swapping names as fast as it goes, while peers come again and again, and the user shares again and again. */
    @Test
    void whoeverSwapsAsFastAsHeCanGetsNothingElseSent() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        CompletableFuture<Integer> swapping = CompletableFuture.supplyAsync(() -> swap(end));
        long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        int shares = 0;
        try {
            while (System.nanoTime() < until) {
                try (Taker taker = new Taker("127.0.0." + (2 + shares % 50))) {
                    taker.takeAll();
                } catch (EOFException | SocketException shut) {
                    // the gate shut before it was let in
                }
                awaitState(engine, hash, TorrentState.TROUBLE);
                int events = events(engine, "share.gate").size() + events(engine, "share.changed").size();
                assertThat(events).as("one event for each time it was shared, not one for each swap").isLessThanOrEqualTo(shares + 1);
                done(engine.recheck(hash).orTimeout(20, TimeUnit.SECONDS).exceptionally(slow -> Outcome.done(hash)));
                shares++;
            }
        } finally {
            end.set(true);
            assertThat(swapping.join()).isGreaterThan(100);
        }
    }

    private int swap(AtomicBoolean end) {
        Path aside = temp.resolve("aside");
        Path other = temp.resolve("other");
        int swaps = 0;
        try {
            for (; !end.get(); swaps++) {
                Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
                if (swaps % 2 == 0) {
                    Files.createSymbolicLink(other, secret);
                } else {
                    Files.createLink(other, secret);
                }
                Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return swaps;
    }
}
