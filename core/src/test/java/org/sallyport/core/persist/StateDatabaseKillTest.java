package org.sallyport.core.persist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.Bytes;

/** Invariant I10: {@code kill -9} at any moment loses no torrent and nothing that was committed. */
class StateDatabaseKillTest {
    private static final int[] LINES_BEFORE_KILL = {1, 173, 1_100};

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void whatWasCommittedIsThereAfterKill() throws Exception {
        Path file = folder.resolve("state.db");
        for (int lines : LINES_BEFORE_KILL) {
            String[] last = runAndKill(file, lines).split(" ");
            int torrents = Integer.parseInt(last[0]);
            long step = Long.parseLong(last[1]);

            try (StateDatabase database = StateDatabase.open(file)) {
                assertThat(database.recovery()).isEqualTo(Recovery.NONE);
                assertThat(database.torrents()).extracting(SavedTorrent::metainfo).startsWith(
                        IntStream.range(0, torrents).mapToObj(i -> Samples.torrent(i).metainfo()).toArray(Bytes[]::new));
                SavedProgress progress = database.torrents().get(0).progress();
                assertThat(progress.downloadedBytes()).isGreaterThanOrEqualTo(step);
                assertThat(progress).isEqualTo(Samples.progress(0, progress.downloadedBytes()));
            }
        }
    }

    /** @return the last line the process printed before it was killed, at least the {@code lines}th */
    private String runAndKill(Path file, int lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), CommitLoop.class.getName(), file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String last = "";
            for (int i = 0; i < lines; i++) {
                String line = output.readLine();
                assertThat(line).as("the process ended by itself").isNotNull();
                last = line;
            }
            process.toHandle().destroyForcibly(); // through the handle: the process object would close the pipe, too
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return lastComplete(output, last);
        }
    }

    // the pipe still holds what was printed before the kill; a line cut off in the middle is not counted
    private static String lastComplete(BufferedReader output, String before) throws IOException {
        StringBuilder rest = new StringBuilder();
        char[] chunk = new char[8192];
        for (int read = output.read(chunk); read >= 0; read = output.read(chunk)) {
            rest.append(chunk, 0, read);
        }
        int end = rest.lastIndexOf("\n");
        return end < 0 ? before : rest.substring(rest.lastIndexOf("\n", end - 1) + 1, end);
    }
}
