package org.sallyport.app.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.SettingsFile;

/** {@code get} and {@code seed} where there is something already: an earlier run, settings, another instance. */
class ForegroundIT {
    @TempDir
    Path folder;

    private PackagedProgram sallyport;

    @BeforeEach
    void open() throws Exception {
        sallyport = new PackagedProgram(folder);
        Files.createDirectory(folder.resolve("album"));
        data("album/one.bin", 70_000);
        data("album/two.bin", 80_000);
        assertThat(sallyport.run("create", "album", "-o", "album.torrent").exit()).isZero();
    }

    @AfterEach
    void close() {
        sallyport.close();
    }

    private void data(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        Files.write(folder.resolve(name), content);
    }

    private static int port(PackagedProgram.Run run) throws IOException {
        String ready = run.out().stream().filter(l -> l.startsWith("{\"event\":\"ready\"")).findFirst().orElseThrow();
        return Integer.parseInt(ready.replaceAll("\\D+", ""));
    }

    @Test
    void anotherFolderOrOtherFilesThanBeforeAreRefused() throws Exception {
        assertThat(sallyport.run("--data", "d", "get", "album.torrent", "--to", "a", "--only", "one.bin", "--no-listen", "--timeout", "1")
                .exit()).isEqualTo(4);

        String before = folder.toRealPath().resolve("a").toString();

        PackagedProgram.Run elsewhere = sallyport.run("--data", "d", "--json", "get", "album.torrent", "--to", "b", "--only", "one.bin",
                "--no-listen", "--timeout", "1");
        PackagedProgram.Run others = sallyport.run("--data", "d", "--json", "get", "album.torrent", "--to", "a", "--only", "two.bin",
                "--no-listen", "--timeout", "1");
        PackagedProgram.Run same = sallyport.run("--data", "d", "--json", "get", "album.torrent", "--to", "a", "--only", "o*",
                "--no-listen", "--timeout", "1");

        assertThat(elsewhere.exit()).as(elsewhere.err()).isEqualTo(3);
        assertThat(elsewhere.out()).anyMatch(l -> l.contains("\"rule\":\"get.differs\"") && l.contains(before));
        assertThat(others.exit()).as(others.err()).isEqualTo(3);
        assertThat(others.out()).anyMatch(l -> l.contains("\"rule\":\"get.differs\""));
        assertThat(same.exit()).as(same.err()).isEqualTo(4);
    }

    @Test
    void whatWasDownloadedIsSharedFromTheSameLibrary() throws Exception {
        PackagedProgram.Run first = sallyport.start("--json", "seed", "album.torrent", "--from", ".").awaitLine("ready");
        PackagedProgram.Run get = sallyport.run("--data", "d", "get", "album.torrent", "--to", "a", "--no-listen", "--peer", "127.0.0.1:"
                + port(first), "--timeout", "40");
        assertThat(get.exit()).as(get.err()).isZero();

        PackagedProgram.Run seed = sallyport.start("--data", "d", "--json", "seed", "album.torrent", "--from", "a").awaitLine("ready");

        assertThat(port(seed)).isPositive();
        seed.terminate();
        assertThat(seed.exit()).isZero();
    }

    private Path ownSettings() {
        return folder.resolve(".local/share/sallyport/settings.json");
    }

    @Test
    void whoChoseToOpenNoPortHasNoneOpened() throws Exception {
        Files.createDirectories(ownSettings().getParent());
        SettingsFile.save(ownSettings(), Settings.DEFAULT.withReceiveOnly(true));

        PackagedProgram.Run seed = sallyport.start("--json", "seed", "album.torrent", "--from", ".").awaitLine("ready");

        assertThat(seed.out()).contains("{\"event\":\"ready\",\"port\":null}");
    }

    @Test
    void thePortThatTheRunningInstanceHoldsIsNotReplaced() throws Exception {
        PackagedProgram.Run daemon = sallyport.start("--json", "daemon").awaitLine("ready");
        assertThat(port(daemon)).isPositive();

        PackagedProgram.Run seed = sallyport.start("--json", "seed", "album.torrent", "--from", ".").awaitLine("ready");

        assertThat(seed.out()).contains("{\"event\":\"ready\",\"port\":null}");
        assertThat(seed.err()).contains("only receives");
    }
}
