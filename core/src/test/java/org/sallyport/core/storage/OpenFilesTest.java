package org.sallyport.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class OpenFilesTest {
    @TempDir
    Path folder;

    @Test
    void keepsAFileOpenBetweenUses() throws IOException {
        try (OpenFiles files = new OpenFiles(2)) {
            FileChannel first = files.use(path("a"), true, channel -> channel);
            FileChannel second = files.use(path("a"), true, channel -> channel);

            assertThat(second).isSameAs(first);
            assertThat(first.isOpen()).isTrue();
        }
    }

    @Test
    void closesTheFileUsedLongestAgoBeyondTheLimit() throws IOException {
        try (OpenFiles files = new OpenFiles(2)) {
            FileChannel a = files.use(path("a"), true, channel -> channel);
            FileChannel b = files.use(path("b"), true, channel -> channel);
            files.use(path("a"), true, channel -> channel);
            FileChannel c = files.use(path("c"), true, channel -> channel);

            assertThat(List.of(a.isOpen(), b.isOpen(), c.isOpen())).containsExactly(true, false, true);
        }
    }

    @Test
    void aFileInUseIsClosedOnlyWhenThatUseEnds() throws IOException {
        try (OpenFiles files = new OpenFiles(1)) {
            FileChannel a = files.use(path("a"), true, channel -> {
                files.use(path("b"), true, other -> other.write(ByteBuffer.wrap(new byte[3]), 0));
                assertThat(channel.isOpen()).as("pushed out by b, but in use").isTrue();
                assertThat(channel.write(ByteBuffer.wrap(new byte[5]), 0)).isEqualTo(5);
                return channel;
            });

            assertThat(a.isOpen()).isFalse();
            assertThat(path("a")).hasSize(5);
        }
    }

    @Test
    void aForgottenFileIsClosedAndOpenedAnew() throws IOException {
        try (OpenFiles files = new OpenFiles(4)) {
            FileChannel writing = files.use(path("a"), true, channel -> channel);
            FileChannel reading = files.use(path("a"), false, channel -> channel);

            files.forget(path("a"));

            assertThat(List.of(writing.isOpen(), reading.isOpen())).containsExactly(false, false);
            assertThat(files.use(path("a"), true, FileChannel::isOpen)).isTrue();
        }
    }

    @Test
    void aFileForgottenInUseStaysUsableUntilTheUseEnds() throws IOException {
        try (OpenFiles files = new OpenFiles(4)) {
            FileChannel old = files.use(path("a"), true, channel -> {
                files.forget(path("a"));
                Files.move(path("a"), path("moved"));
                channel.write(ByteBuffer.wrap(new byte[] {1}), 0);
                return channel;
            });

            assertThat(old.isOpen()).isFalse();
            assertThat(path("moved")).hasBinaryContent(new byte[] {1});
            assertThatThrownBy(() -> files.use(path("a"), false, FileChannel::size)).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void closingClosesEverything() throws IOException {
        OpenFiles files = new OpenFiles(4);
        FileChannel a = files.use(path("a"), true, channel -> channel);
        FileChannel b = files.use(path("b"), true, channel -> channel);

        files.close();

        assertThat(List.of(a.isOpen(), b.isOpen())).containsExactly(false, false);
    }

    @Test
    void readingNeverMakesAFile() throws IOException {
        try (OpenFiles files = new OpenFiles(4)) {
            assertThatThrownBy(() -> files.use(path("a"), false, FileChannel::size)).isInstanceOf(NoSuchFileException.class);
            assertThat(path("a")).doesNotExist();
        }
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Files.writeString(path("secret"), "secret");
        Files.createSymbolicLink(path("link"), path("secret"));
        Files.createSymbolicLink(path("dangling"), path("nowhere"));

        try (OpenFiles files = new OpenFiles(4)) {
            for (boolean writing : new boolean[] {true, false}) {
                assertThatThrownBy(() -> files.use(path("link"), writing, FileChannel::size)).hasMessageContaining("symbolic link");
                assertThatThrownBy(() -> files.use(path("dangling"), writing, FileChannel::size)).hasMessageContaining("symbolic link");
            }
        }
        assertThat(path("nowhere")).doesNotExist();
    }

    @Test
    void manyThreadsShareFewFiles() throws Exception {
        int threads = 4;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        try (OpenFiles files = new OpenFiles(2)) {
            List<Future<Integer>> runs = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int own = t;
                runs.add(executor.submit(() -> {
                    Random random = new Random(own);
                    start.await();
                    for (int i = 0; i < 2_000; i++) {
                        Path path = path("f" + random.nextInt(6));
                        files.use(path, true, channel -> channel.write(ByteBuffer.wrap(new byte[] {(byte) own}), own));
                        if (i % 50 == 0) {
                            files.forget(path);
                        }
                    }
                    return own;
                }));
            }
            start.countDown();
            for (Future<Integer> run : runs) {
                run.get(30, TimeUnit.SECONDS);
            }
        } finally {
            executor.shutdownNow();
        }

        assertThat(path("f0")).hasBinaryContent(new byte[] {0, 1, 2, 3});
    }

    @Test
    @Timeout(30)
    void twoNeverWriteToAFileAtOnceButWhoReadsOrSynchronisesGoesOn() throws Exception {
        AtomicBoolean entered = new AtomicBoolean();
        try (OpenFiles files = new OpenFiles(2)) {
            FutureTask<Integer> other = new FutureTask<>(() -> files.write(path("a"), channel -> {
                entered.set(true);
                return channel.write(ByteBuffer.wrap(new byte[3]), 0);
            }));
            Thread thread = new Thread(other, "writes to a, too");

            files.write(path("a"), channel -> {
                thread.start();
                while (thread.getState() != Thread.State.WAITING && !entered.get()) {
                    Thread.onSpinWait();
                }
                assertThat(entered).isFalse();
                for (boolean writing : new boolean[] {false, true}) {
                    long size = files.use(path("a"), writing, FileChannel::size);
                    assertThat(size).isZero();
                }
                files.write(path("b"), b -> b.write(ByteBuffer.wrap(new byte[5]), 0));
                return channel;
            });

            assertThat(other.get()).isEqualTo(3);
            assertThat(path("a")).hasSize(3);
            assertThat(path("b")).as("another file, written meanwhile").hasSize(5);
        }
    }

    private Path path(String name) {
        return folder.resolve(name);
    }
}
